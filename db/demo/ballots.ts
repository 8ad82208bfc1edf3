import type { Template } from '~/server/ballots/rules/charter';
import type { ArticleKey } from './articles';
import type { OrganizationKey } from './organizations';
import { type PersonKey, people } from './people';

export interface Counts {
  readonly yes: number;
  readonly no: number;
  readonly abstain: number;
}

/** The rules fixed before opening, as the voters read them and as hundredths of the roll and of the votes cast. */
export interface DemoRules {
  readonly quorum: { readonly words: string; readonly percent: number };
  readonly majority: { readonly words: string; readonly percent: number };
}

export interface DemoBallot {
  readonly key: string;
  readonly title: string;
  readonly version: 1 | 2;
  /** Two numbers of the assembly's own, or one of the rules to pick. */
  readonly rule: DemoRules | Template;
  /** In days from today: negative before, positive after. */
  readonly opened: number;
  readonly closes: number;
  /** The delegates entitled when it opened. */
  readonly roll: readonly PersonKey[];
  /** Those of the roll who have voted; what each chose stands nowhere. */
  readonly voted: readonly PersonKey[];
}

/** A ballot that is over, with its counts alone. */
export interface FinishedBallot extends DemoBallot {
  readonly rule: DemoRules;
  readonly results: readonly ({ readonly article: ArticleKey } & Counts)[];
  readonly whole: Counts;
}

const rules: DemoRules = {
  quorum: { words: 'Vale si vota al menos la mitad del padrón.', percent: 50 },
  majority: { words: 'Se aprueba si más de la mitad de los votos dice sí.', percent: 50 },
};

const delegates = people
  .filter((person) => person.roles.association?.includes('delegate'))
  .map((person) => person.key);
const without = (roll: readonly PersonKey[], away: readonly PersonKey[]) =>
  roll.filter((key) => !away.includes(key));

/** These two were accredited after the first ballot. */
export const accreditedLater: readonly PersonKey[] = ['santos-polo', 'juan-de-dios-taipe'];
const firstRoll = without(delegates, accreditedLater);

export const finishedBallot: FinishedBallot = {
  key: 'votacion-primera-version',
  title: 'Votación de la primera versión',
  version: 1,
  rule: rules,
  opened: -90,
  closes: -80,
  roll: firstRoll,
  voted: without(firstRoll, [
    'lidia-calsina',
    'edgar-ramos',
    'gregorio-calizaya',
    'toribia-huarachi',
    'moises-uchuya',
  ]),
  results: [
    { article: 'reconocimiento', yes: 32, no: 0, abstain: 1 },
    { article: 'constancia-de-trabajo', yes: 30, no: 1, abstain: 2 },
    { article: 'acceso-al-desmonte', yes: 26, no: 5, abstain: 2 },
    { article: 'requisitos-a-medida', yes: 31, no: 1, abstain: 1 },
    { article: 'derechos-superpuestos', yes: 19, no: 10, abstain: 4 },
    { article: 'ventanilla-cercana', yes: 32, no: 0, abstain: 1 },
    { article: 'modelo-de-contrato', yes: 29, no: 2, abstain: 2 },
    { article: 'contrato-claro', yes: 28, no: 3, abstain: 2 },
    { article: 'credito-al-alcance', yes: 27, no: 4, abstain: 2 },
    { article: 'adios-al-mercurio', yes: 25, no: 5, abstain: 3 },
    { article: 'relaves-bien-guardados', yes: 23, no: 6, abstain: 4 },
    { article: 'agua-que-vuelve', yes: 26, no: 4, abstain: 3 },
    { article: 'agua-segura', yes: 31, no: 1, abstain: 1 },
    { article: 'equipo-completo', yes: 30, no: 2, abstain: 1 },
    { article: 'parar-ante-el-peligro', yes: 29, no: 3, abstain: 1 },
    { article: 'igual-pago', yes: 28, no: 3, abstain: 2 },
    { article: 'descanso-y-jubilacion', yes: 27, no: 3, abstain: 3 },
    { article: 'balanza-a-la-vista', yes: 29, no: 2, abstain: 2 },
    { article: 'robo-de-mineral', yes: 30, no: 1, abstain: 2 },
    { article: 'control-de-salud', yes: 31, no: 1, abstain: 1 },
    { article: 'banos-duchas-y-cuidado', yes: 27, no: 4, abstain: 2 },
    { article: 'escuela-cerca', yes: 31, no: 1, abstain: 1 },
    { article: 'ayuda-en-reserva', yes: 30, no: 1, abstain: 2 },
    { article: 'sin-represalias', yes: 27, no: 4, abstain: 2 },
    { article: 'voz-y-turno', yes: 13, no: 16, abstain: 4 },
    { article: 'consulta-previa', yes: 24, no: 5, abstain: 4 },
  ],
  whole: { yes: 29, no: 2, abstain: 2 },
};

/** The associations were asked by name whether the first version is theirs; each by its delegate. */
export const chamberBallot: DemoBallot & {
  readonly whole: Counts;
  readonly said: { readonly no: readonly OrganizationKey[]; readonly abstencion: readonly OrganizationKey[] };
  readonly silent: readonly OrganizationKey[];
} = {
  key: 'votacion-de-las-asociaciones',
  title: 'Las asociaciones, sobre la primera versión',
  version: 1,
  rule: 'asociaciones',
  opened: -75,
  closes: -70,
  roll: firstRoll,
  voted: without(finishedBallot.voted, ['wilber-huaypa']),
  whole: { yes: 25, no: 5, abstain: 2 },
  said: { no: ['quince-de-junio', 'veta-serena'], abstencion: ['piedra-viva'] },
  silent: ['arena-y-sol'],
};

/** Hands raised in the room, before the secret vote: two people wrote the same numbers. */
export const handBallot = {
  title: 'Mano alzada: la primera versión va a voto secreto',
  version: 1,
  day: -91,
  roll: firstRoll,
  counters: ['elvira', 'rufino'],
  count: { present: 31, yes: 28, no: 2, abstain: 1 },
} as const satisfies { counters: readonly PersonKey[] } & Record<string, unknown>;

/** Announced and not opened yet: one in ten may still ask for something. */
export const announcedBallot = { title: 'Votación del texto completo', prepared: -6, closes: 16 };

/** The people one meets first in the demo have not voted yet, so that a visitor can. */
export const openBallot: DemoBallot = {
  key: 'votacion-segunda-version',
  title: 'Votación de la segunda versión',
  version: 2,
  // By the first ballot the women were not counted apart; they asked for it.
  rule: 'frente',
  opened: -4,
  closes: 6,
  roll: delegates,
  voted: [
    'justina-quispe',
    'nelida-huarca',
    'primitiva-cutipa',
    'hilario-anco',
    'aquilina-huaman',
    'nilda-cconislla',
    'wilber-huaypa',
    'santos-polo',
    'severino-colque',
    'basilia-choquetopa',
    'paulina-villca',
    'gumercinda-copa',
    'candelaria-chambi',
    'ascencio-mollo',
    'vilma-huillca',
    'yeny-chipa',
    'gloria-donayre',
  ],
};

/** The assisted booth of the open ballot: who stands by it, of two bases, and the code for a tablet, of one use. */
export const boothOfDemo = {
  code: 'CASE-TADE-DEM0',
  standBy: ['yolanda-ccama', 'hilario-anco'],
} as const satisfies { code: string; standBy: readonly [PersonKey, PersonKey] };
