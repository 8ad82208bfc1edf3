import type { DraftKey } from './drafts';
import type { PersonKey } from './people';

/** Other words for a line of a draft; the line is named by its first words. */
export interface DemoSuggestion {
  readonly draft: DraftKey;
  readonly line: string;
  readonly words: string;
  readonly reason: string;
  readonly by: PersonKey;
  readonly day: number;
  /** What became of it; left out where it still waits. */
  readonly decided?: {
    readonly state: 'accepted' | 'rejected';
    readonly by: PersonKey;
    readonly answer?: string;
  };
}

export const suggestions: readonly DemoSuggestion[] = [
  {
    draft: 'tramites-y-contratos',
    line: 'Quién puede mediar',
    words: 'Quién puede mediar, y quién le paga, para que no sea el titular.',
    reason: 'Si le paga el titular, nadie le va a creer.',
    by: 'elvira',
    day: -4,
  },
  {
    draft: 'tramites-y-contratos',
    line: 'Aviso antes de suspender',
    words: 'Aviso por escrito treinta días antes de suspender un registro.',
    reason: 'En Secocha nos enteramos cuando ya estaba suspendido.',
    by: 'sabina',
    day: -3,
  },
  {
    draft: 'tramites-y-contratos',
    line: 'Una ley que dure',
    words: 'Una ley que dure más de un año, y plazos que no se mueven en diciembre.',
    reason: '',
    by: 'nieves',
    day: -5,
    decided: { state: 'accepted', by: 'rufino' },
  },
  {
    draft: 'tramites-y-contratos',
    line: 'Un expediente para varias',
    words: 'Un expediente para varias bases, sin ingeniero.',
    reason: 'El ingeniero cuesta mucho.',
    by: 'sabina',
    day: -5,
    decided: {
      state: 'rejected',
      by: 'rufino',
      answer: 'La norma pide una firma. Por eso pedimos uno solo para varias.',
    },
  },
  {
    draft: 'oficio-de-pallaquera',
    line: 'Un día de la pallaquera',
    words: 'Un día de la pallaquera y de la palliri, con feria y comida.',
    reason: 'En Bolivia decimos palliri.',
    by: 'nieves',
    day: -2,
  },
  {
    draft: 'agua-mercurio-y-salud',
    line: 'Horas del río',
    words: 'Horas del río para las barranquilleras, escritas en la pizarra de cada base.',
    reason: 'Cuando no está escrito, cada quien dice otra hora.',
    by: 'mery',
    day: -2,
  },
];

/** Something said about words of a draft; the line is named by its first words. */
export interface DemoComment {
  readonly draft: DraftKey;
  readonly line: string;
  /** Words of that line; left out, it is about the whole of it. */
  readonly quote?: string;
  readonly words: string;
  readonly by: PersonKey;
  readonly day: number;
  readonly answers?: readonly { readonly words: string; readonly by: PersonKey; readonly day: number }[];
  readonly resolved?: { readonly by: PersonKey; readonly day: number };
}

export const comments: readonly DemoComment[] = [
  {
    draft: 'tramites-y-contratos',
    line: 'Los trámites se hacen',
    quote: 'por celular',
    words: 'Arriba no hay señal. Que valga también el papel.',
    by: 'sabina',
    day: -7,
    answers: [{ words: 'De acuerdo. Lo ponemos en la ventanilla de la provincia.', by: 'rufino', day: -6 }],
  },
  {
    draft: 'tramites-y-contratos',
    line: 'Toda negociación',
    quote: 'el mismo día',
    words: '¿Y si la reunión acaba de noche?',
    by: 'mery',
    day: -9,
    answers: [{ words: 'Se saca foto al acta antes de irse.', by: 'fortunato-palomino', day: -8 }],
    resolved: { by: 'rufino', day: -8 },
  },
  {
    draft: 'oficio-de-pallaquera',
    line: 'Quien no lee lleva',
    words: 'Así se hace desde siempre. Bien dicho.',
    by: 'nieves',
    day: -3,
  },
];

/** States of drafts that were kept under a name: as it was when the version of the document was made, or at last. */
export interface DemoVersion {
  readonly draft: DraftKey;
  readonly name: string;
  readonly at: 1 | 2 | 'last';
  readonly by: PersonKey;
  readonly day: number;
}

export const draftVersions: readonly DemoVersion[] = [
  { draft: 'tramites-y-contratos', name: 'Antes de las asambleas', at: 1, by: 'rufino', day: -100 },
  { draft: 'tramites-y-contratos', name: 'Con lo que dijeron las bases', at: 2, by: 'rufino', day: -20 },
  { draft: 'oficio-de-pallaquera', name: 'Primera lectura', at: 1, by: 'elvira', day: -100 },
  { draft: 'agua-mercurio-y-salud', name: 'Primera lectura', at: 1, by: 'rosalia-condori', day: -100 },
];
