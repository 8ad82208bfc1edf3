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
