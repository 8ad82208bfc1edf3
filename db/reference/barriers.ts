import type { Bilingual } from './areas';

/** What stands in the way, as one word that can be counted. */
export interface Barrier {
  readonly slug: string;
  readonly title: Bilingual;
  /** One short sentence, for the form. */
  readonly gist: Bilingual;
}

export const barriers = [
  {
    slug: 'titularidad',
    title: { es: 'Titularidad', en: 'Mining rights' },
    gist: {
      es: 'Otro tiene el derecho y falta su permiso.',
      en: 'Someone else holds the right and has not agreed.',
    },
  },
  {
    slug: 'superposicion',
    title: { es: 'Superposición', en: 'Overlap' },
    gist: {
      es: 'Dos derechos caen sobre el mismo lugar.',
      en: 'Two rights fall on the same place.',
    },
  },
  {
    slug: 'costo',
    title: { es: 'Costo', en: 'Cost' },
    gist: { es: 'Cuesta más de lo que se puede pagar.', en: 'It costs more than one can pay.' },
  },
  {
    slug: 'tramite',
    title: { es: 'Trámite', en: 'Paperwork' },
    gist: { es: 'Piden muchos papeles o demoran mucho.', en: 'Too many papers, or too long a wait.' },
  },
  {
    slug: 'distancia',
    title: { es: 'Distancia', en: 'Distance' },
    gist: { es: 'Queda lejos o no hay señal.', en: 'It is far away or there is no signal.' },
  },
  {
    slug: 'otro',
    title: { es: 'Otro', en: 'Other' },
    gist: { es: 'Es otra cosa; lo explico con mis palabras.', en: 'Something else; I explain in my words.' },
  },
] as const satisfies readonly Barrier[];

export type BarrierSlug = (typeof barriers)[number]['slug'];
