import type { ConcernKey } from './concerns';
import type { PersonKey } from './people';

/** Concerns that the committee has set side by side. All days are counted from today. */
export interface DemoGroup {
  readonly title: string;
  /** The first one leads it. */
  readonly concerns: readonly ConcernKey[];
  readonly by: PersonKey;
  readonly day: number;
  /** Who walked in it for a time, and when that ended. */
  readonly left?: readonly { readonly concern: ConcernKey; readonly day: number }[];
}

export const groups: readonly DemoGroup[] = [
  {
    title: 'Que el peso se vea',
    concerns: [
      'balanza-detras',
      'humedad-a-ojo',
      'ensaye-de-tres-jornales',
      'balanza-en-cada-anexo',
      'sellar-la-balanza',
    ],
    by: 'irma-choquehuanca',
    day: -110,
    left: [{ concern: 'leer-la-balanza', day: -95 }],
  },
  {
    title: 'Agua limpia para tomar y lavar',
    concerns: ['piel-partida', 'cisterna-cara', 'agua-para-tomar', 'manguera-congelada', 'agua-de-lluvia'],
    by: 'benita-ccasani',
    day: -95,
  },
  {
    title: 'Nuestro nombre en el padrón',
    concerns: [
      'padron-de-nosotras',
      'tres-hermanas',
      'firmo-por-mi-hermano',
      'pocas-y-lejos',
      'el-censo-y-nosotras',
    ],
    by: 'irma-choquehuanca',
    day: -120,
  },
  {
    title: 'Sacar oro sin mercurio',
    concerns: ['mesa-con-pura-agua', 'retorta-prestada', 'oro-sin-mercurio'],
    by: 'zenobio-ttito',
    day: -90,
  },
  {
    title: 'Cuentas y pagos por escrito',
    concerns: ['pago-de-palabra', 'rayas-en-la-libreta', 'un-dia-de-cachorreo'],
    by: 'benita-ccasani',
    day: -105,
  },
  {
    title: 'Asambleas a buena hora',
    concerns: ['hora-de-reunion', 'en-hora-de-cocina', 'hasta-muy-tarde', 'dos-horas-y-un-tema'],
    by: 'irma-choquehuanca',
    day: -100,
  },
];

/** Looked alike to the forum, and are not: two schools, one of dust and one of distance. */
export const unlikes: readonly { one: ConcernKey; other: ConcernKey; by: PersonKey; day: number }[] = [
  { one: 'polvo-en-los-salones', other: 'escuela-a-dos-horas', by: 'zenobio-ttito', day: -60 },
];

/** Asked to be looked at again: one waits, one has its answer. */
export interface DemoAppeal {
  readonly concern: ConcernKey;
  readonly words: string;
  readonly by: PersonKey;
  readonly day: number;
  readonly decided?: {
    readonly state: 'refused';
    readonly answer: string;
    readonly by: PersonKey;
    readonly day: number;
  };
}

export const appeals: readonly DemoAppeal[] = [
  {
    concern: 'desmonte-solo-mujeres',
    words: 'No queremos sacar a nadie. Pedimos que la cancha baja quede para las que pallaqueamos con hijos.',
    by: 'elena-choquevillca',
    day: -92,
    decided: {
      state: 'refused',
      answer:
        'Lo vimos con la mesa. Lo de la cancha baja ya está: ellas eligen primero la zona. Cerrar todo el desmonte no tuvo acuerdo. Si tu base trae otra propuesta, entra como planteamiento nuevo.',
      by: 'remedios-arancibia',
      day: -83,
    },
  },
  {
    concern: 'balanza-en-cada-anexo',
    words:
      'No pido ver la balanza del comprador. Pido una nuestra, en cada anexo, para pesar antes de ir a vender.',
    by: 'gloria-donayre',
    day: -6,
  },
];
