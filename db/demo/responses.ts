import type { ArticleKey } from './articles';
import type { OfficeKey } from './offices';
import type { PersonKey } from './people';

export type ResponseKind = 'acogida' | 'acogida_con_cambios' | 'no_acogida' | 'en_estudio';

/** The official response of a fictional office to an article of version 1. */
export interface DemoResponse {
  readonly article: ArticleKey;
  readonly office: OfficeKey;
  readonly liaison: PersonKey;
  readonly kind: ResponseKind;
  readonly words: string;
  /** In days before today. */
  readonly day: number;
  /** With «en estudio»: the day until which, in days from today. */
  readonly until?: number;
  /** A later wording beside the first one, which stays. */
  readonly revision?: { readonly kind: ResponseKind; readonly words: string; readonly day: number };
}

/** An article sent to an office that has not answered within its term. */
export interface DemoSilence {
  readonly article: ArticleKey;
  readonly office: OfficeKey;
  /** The last day of the term, in days before today. */
  readonly deadline: number;
}

/** The day on which version 1 was sent to the offices, and the last day of their term. */
export const asked = -79;
export const deadline = -49;

export const responses: readonly DemoResponse[] = [
  {
    article: 'agua-segura',
    office: 'mineria-de-prueba',
    liaison: 'carla',
    kind: 'acogida',
    words:
      'La Dirección saluda el artículo y lo acoge. Los análisis de agua ya se hacen y pueden publicarse dos veces al año. El reservorio se coordinará con cada municipalidad.',
    day: -72,
  },
  {
    article: 'ventanilla-cercana',
    office: 'mineria-de-prueba',
    liaison: 'carla',
    kind: 'acogida_con_cambios',
    words:
      'La Dirección acoge el artículo. No en todas las provincias hay local propio. Se propone añadir la atención por celular y el nombre de la persona responsable.',
    day: -70,
  },
  {
    article: 'reconocimiento',
    office: 'mineria-de-prueba',
    liaison: 'carla',
    kind: 'acogida_con_cambios',
    words:
      'La Dirección comparte el sentido del artículo. Propone precisar que el padrón sea propio y que no dependa de terceros. Con ese cambio lo acoge y lo elevará a la instancia nacional.',
    day: -68,
  },
  {
    article: 'equipo-completo',
    office: 'trabajo-de-ejemplo',
    liaison: 'paola-reategui',
    kind: 'acogida',
    words:
      'La Inspección acoge el artículo en todos sus términos. Las tallas se incorporarán a la ficha de visita. Se agradece el aporte de las compañeras del desmonte.',
    day: -66,
  },
  {
    article: 'adios-al-mercurio',
    office: 'mineria-de-muestra',
    liaison: 'german-ibanez',
    kind: 'acogida_con_cambios',
    words:
      'La Dirección coincide en que la prohibición sola no basta. Sugiere que a la capacitación se sumen equipo compartido y crédito. Así redactado, el artículo se acoge.',
    day: -65,
  },
  {
    article: 'igual-pago',
    office: 'trabajo-de-ejemplo',
    liaison: 'paola-reategui',
    kind: 'acogida_con_cambios',
    words:
      'La Inspección acoge el artículo. Recomienda que, además de anotarse, el pago conste en una copia para cada persona. La copia permite comparar y reclamar.',
    day: -63,
  },
  {
    article: 'modelo-de-contrato',
    office: 'mineria-de-muestra',
    liaison: 'german-ibanez',
    kind: 'acogida',
    words:
      'La Dirección acoge la propuesta. Preparará un modelo junto con el foro y lo presentará en lectura pública. La traducción se encargará a personas de la zona.',
    day: -61,
  },
  {
    article: 'voz-y-turno',
    office: 'mineria-de-prueba',
    liaison: 'carla',
    kind: 'no_acogida',
    words:
      'La Dirección agradece la consulta. La vida interna de cada organización la deciden sus asociadas y asociados en su estatuto. El Estado no puede fijar turnos ni duración de cargos, por lo que el artículo no se acoge.',
    day: -60,
  },
  {
    article: 'banos-duchas-y-cuidado',
    office: 'trabajo-de-ejemplo',
    liaison: 'paola-reategui',
    kind: 'acogida_con_cambios',
    words:
      'La Inspección acoge el artículo. Propone sumar un espacio de cuidado infantil, pedido en varias visitas. La obra requiere coordinación con la municipalidad.',
    day: -58,
  },
  {
    article: 'balanza-a-la-vista',
    office: 'mineria-de-muestra',
    liaison: 'german-ibanez',
    kind: 'acogida_con_cambios',
    words:
      'La Dirección acoge el artículo con una precisión. Además de sellada, la balanza debe estar a la vista y el precio del día publicado. También conviene entregar la liquidación por escrito.',
    day: -57,
  },
  {
    article: 'descanso-y-jubilacion',
    office: 'trabajo-de-ejemplo',
    liaison: 'paola-reategui',
    kind: 'no_acogida',
    words:
      'La Inspección comparte la preocupación por el descanso y la maternidad. Cambiar el régimen de aportes necesita una ley y no está entre sus funciones. Por ello el artículo no se acoge en esta oficina.',
    day: -56,
    revision: {
      kind: 'acogida_con_cambios',
      words:
        'Revisado el artículo, la Inspección acoge lo referido al descanso semanal y a la maternidad. Los aportes quedan a cargo de quien dicta la ley. Se sugiere dirigir esa parte al Congreso.',
      day: -24,
    },
  },
  {
    article: 'acceso-al-desmonte',
    office: 'mineria-de-prueba',
    liaison: 'carla',
    kind: 'en_estudio',
    words:
      'La Dirección estudia si los días y las zonas pueden constar en el contrato de explotación. Se ha pedido opinión al área legal. Se responderá apenas concluya.',
    day: -54,
    until: -14,
    revision: {
      kind: 'acogida',
      words:
        'Concluida la consulta, la Dirección acoge el artículo. El contrato puede señalar días y zonas, si ambas partes firman. Nadie puede cobrar por el ingreso.',
      day: -19,
    },
  },
  {
    article: 'consulta-previa',
    office: 'mineria-de-muestra',
    liaison: 'german-ibanez',
    kind: 'en_estudio',
    words:
      'La Dirección reconoce la importancia del artículo. La consulta corresponde a varias entidades y se ha convocado a una reunión. Se informará del resultado al foro.',
    day: -51,
    until: 16,
  },
];

export const overdue: readonly DemoSilence[] = [
  { article: 'contrato-claro', office: 'mineria-de-prueba', deadline },
  { article: 'requisitos-a-medida', office: 'mineria-de-prueba', deadline },
  { article: 'sin-represalias', office: 'trabajo-de-ejemplo', deadline },
  { article: 'credito-al-alcance', office: 'mineria-de-muestra', deadline },
];
