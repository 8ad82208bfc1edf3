import type { ArticleKey } from './articles';
import type { OrganizationKey } from './organizations';
import type { PersonKey } from './people';
import type { SpaceKey } from './spaces';

/** An amendment to the second version. Days before today. */
export interface DemoAmendment {
  readonly article: ArticleKey;
  readonly from:
    | { readonly base: OrganizationKey; readonly acta: string; readonly agreed: number }
    | { readonly table: SpaceKey };
  readonly by: PersonKey;
  readonly text: string;
  readonly why: string;
  readonly day: number;
  readonly backed: readonly {
    readonly base: OrganizationKey;
    readonly by: PersonKey;
    readonly day: number;
  }[];
  readonly rejected?: { readonly reason: string; readonly day: number };
}

export const amendments: readonly DemoAmendment[] = [
  {
    article: 'agua-segura',
    from: { base: 'flor-de-cuarzo', acta: 'Libro 4, folio 31', agreed: -11 },
    by: 'justina-quispe',
    text: 'Reservorio y análisis de agua publicados cada mes, en palabras que se entiendan.',
    why: 'Dos veces al año es tarde. Cuando sale el papel, ya hemos lavado medio año con esa agua.',
    day: -9,
    backed: [
      { base: 'manos-del-desmonte', by: 'nelida-huarca', day: -8 },
      { base: 'rio-claro', by: 'wilber-huaypa', day: -7 },
      { base: 'piedra-viva', by: 'gumercinda-copa', day: -5 },
    ],
    rejected: {
      reason:
        'El laboratorio más cercano demora tres semanas. Cada mes no se alcanza a cumplir en todas las provincias.',
      day: -6,
    },
  },
  {
    article: 'voz-y-turno',
    from: { base: 'piedra-viva', acta: 'Acta 12 de la asamblea', agreed: -8 },
    by: 'paulina-villca',
    text: 'En toda asamblea hablan por turno mujeres y hombres, y primero quien aún no habló. Los cargos duran un año y no se repiten seguidos.',
    why: 'Dos años es mucho cuando el cargo se porta mal.',
    day: -6,
    backed: [{ base: 'arena-mansa', by: 'candelaria-chambi', day: -3 }],
  },
  {
    article: 'voz-y-turno',
    from: { base: 'tres-vetas', acta: 'Libro 7, folio 9', agreed: -7 },
    by: 'hilario-anco',
    text: 'En toda asamblea hablan por turno mujeres y hombres, y primero quien aún no habló. Los cargos duran tres años y se pueden repetir una vez.',
    why: 'En dos años no se termina ni un trámite.',
    day: -5,
    backed: [],
  },
  {
    article: 'igual-pago',
    from: { table: 'mesa-trabajo' },
    by: 'flor-dominguez',
    text: 'El pago se anota a la vista y se entrega copia el mismo día.',
    why: 'Varias compañeras dijeron en la mesa que la copia llega cuando ya no se puede reclamar.',
    day: -2,
    backed: [],
  },
];

/** For or against an article of the second version. */
export interface DemoComment {
  readonly article: ArticleKey;
  readonly by: PersonKey;
  readonly side: 'for' | 'against';
  readonly words: string;
  /** In the name of which base, where she wanted that. */
  readonly base?: OrganizationKey;
  readonly day: number;
  readonly reported?: { readonly by: PersonKey; readonly reason: string };
  readonly hidden?: { readonly reason: string; readonly day: number };
}

export const comments: readonly DemoComment[] = [
  {
    article: 'agua-segura',
    by: 'sabina',
    side: 'for',
    words: 'Con el análisis colgado en la cancha sabemos si se puede lavar o no.',
    base: 'flor-de-cuarzo',
    day: -8,
  },
  {
    article: 'agua-segura',
    by: 'toribia-huarachi',
    side: 'for',
    words: 'En mi campamento nadie sabe qué trae el agua. Esto hace falta ya.',
    base: 'piedra-viva',
    day: -7,
  },
  {
    article: 'agua-segura',
    by: 'eusebio-ccencho',
    side: 'against',
    words: 'No dice quién paga el reservorio. Si lo pagamos nosotros, no alcanza.',
    day: -6,
  },
  {
    article: 'agua-segura',
    by: 'carla',
    side: 'for',
    words: 'La oficina ya toma muestras dos veces al año y puede publicarlas.',
    day: -5,
  },
  {
    article: 'voz-y-turno',
    by: 'mery',
    side: 'for',
    words: 'Así la que nunca habló habla primero.',
    base: 'arena-mansa',
    day: -7,
  },
  {
    article: 'voz-y-turno',
    by: 'segundo-cruzado',
    side: 'against',
    words: 'Cada base tiene su estatuto. El turno lo pone la asamblea.',
    base: 'cerro-unido',
    day: -6,
  },
  {
    article: 'voz-y-turno',
    by: 'porfirio-canaviri',
    side: 'against',
    words: 'Las que piden turno son siempre las mismas dos, y ya sabemos quiénes son.',
    day: -5,
    reported: { by: 'basilia-choquetopa', reason: 'Señala a dos compañeras de nuestra base.' },
    hidden: { reason: 'Señala a personas y no habla del artículo.', day: -4 },
  },
  {
    article: 'voz-y-turno',
    by: 'edgar-ramos',
    side: 'against',
    words: 'Con tanto turno no se termina nunca. Que hable quien sabe.',
    day: -2,
    reported: { by: 'luzmila-sinti', reason: 'Dice que las demás no sabemos.' },
  },
];
