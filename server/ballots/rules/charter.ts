import { dayAfter, limaDay } from '../../day';
import { type DecisionRule, fewestVoters } from '../rules';
import { type Condition, holds, type Quorum, quorumHolds, type Tables } from './conditions';

/** The first vote on a text; the second call after one without quorum; the second vote on what a group sent back. */
export const rounds = ['first', 'second_call', 'second_vote'] as const;
export type Round = (typeof rounds)[number];

export type Outcome = 'aprobado' | 'no_aprobado' | 'sin_quorum' | 'vuelve' | 'disenso';

/** A rule that looks at groups, whole and as data: it is frozen in the manifest of each ballot held by it. */
export type Charter = {
  template: string;
  /** With fewer papers a group is not counted by itself. */
  least: number;
  quorum: readonly Quorum[];
  /** In a second call this is the quorum of everybody and of each group; it opens for at least so many days. */
  secondCall: { percent: number; days: number } | null;
  /** Without these the text is not adopted. */
  overall: readonly Condition[];
  /** Adopted by all, yet without one of these: it goes back once, where `second` says what the second vote asks. */
  groups: readonly Condition[];
  second: { overall: readonly Condition[]; groups: readonly Condition[] } | null;
  /** For so many days after the close the group that said no may write why; until then there is no second vote. */
  reasons?: { days: number };
};
export type AnyRule = DecisionRule | Charter;

export const isCharter = (rule: AnyRule): rule is Charter => 'template' in rule;

/** What the roll must say of each person for this rule; a rule of two numbers asks nothing. */
export function dimensionsOf(rule: AnyRule): string[] {
  if (!isCharter(rule)) return [];
  const found = new Set<string>();
  const look = (condition: Condition): void => {
    if (condition.kind === 'any') for (const list of condition.of) list.forEach(look);
    else if (condition.kind === 'chamber') return;
    else if (condition.kind !== 'majority') found.add(condition.dimension);
    else if (condition.of !== 'overall') found.add(condition.of.dimension);
  };
  const { overall, groups, second } = rule;
  for (const list of [overall, groups, second?.overall ?? [], second?.groups ?? []]) list.forEach(look);
  for (const { of } of rule.quorum) if (of !== 'overall') found.add(of.dimension);
  return [...found].sort();
}

/** Whether a rule, in this round or a later one, asks the associations apart. */
export const asksChamber = (rule: AnyRule): boolean =>
  isCharter(rule) && [...rule.groups, ...(rule.second?.groups ?? [])].some(({ kind }) => kind === 'chamber');

/** What is asked in this round: in a second call less presence, in a second vote more agreement. */
export function asked(charter: Charter, round: Round) {
  const { quorum, secondCall, overall, groups, second } = charter;
  return {
    quorum:
      round === 'second_call' && secondCall
        ? quorum.map((one) => ({ ...one, percent: secondCall.percent }))
        : quorum,
    ...(round === 'second_vote' && second ? second : { overall, groups }),
  };
}

/** Each thing that was asked, in order, and whether it held. */
export type Findings = { quorum: boolean[]; overall: boolean[]; groups: boolean[] };
const all = (held: readonly boolean[]) => held.every(Boolean);

/** What was found follows from the tables; @see outcomeOf for what follows from it. */
export function find(charter: Charter, round: Round, tables: Tables): Findings {
  const { quorum, overall, groups } = asked(charter, round);
  const { least } = charter;
  return {
    quorum: quorum.map((one) => quorumHolds(one, tables, least)),
    overall: overall.map((one) => holds(one, tables, least)),
    groups: groups.map((one) => holds(one, tables, least)),
  };
}

/** Without quorum nothing is decided. A group's no sends a text back once; the second time, both texts stand. */
export function outcomeOf(charter: Charter, round: Round, { quorum, overall, groups }: Findings): Outcome {
  if (!all(quorum)) return 'sin_quorum';
  if (all(overall) && all(groups)) return 'aprobado';
  if (round === 'second_vote') return 'disenso';
  return all(overall) && charter.second ? 'vuelve' : 'no_aprobado';
}

export const judge = (charter: Charter, round: Round, tables: Tables): Outcome =>
  outcomeOf(charter, round, find(charter, round, tables));

/** What a closed ballot said of one question. `article`: which one it is about, null of the whole text or a new article. */
export type Told = { article: string | number | null; rival: boolean; verdict: Outcome };

/**
 * The articles that go back to drafting: a group sent them back as they were frozen, and no text that stood beside one
 * was adopted in its place. The whole follows its articles, and a rival that fell stays no.
 */
export function sentBack<T extends Told>(told: readonly T[]): T[] {
  const adopted = new Set(
    told.flatMap((one) => (one.rival && one.verdict === 'aprobado' ? [one.article] : [])),
  );
  return told.filter(
    ({ article, rival, verdict }) =>
      verdict === 'vuelve' && article !== null && !rival && !adopted.has(article),
  );
}

/** What comes after a closed ballot, by its rule; null where it has been settled. */
export function nextRound(rule: AnyRule, round: Round, told: readonly Told[]): Round | null {
  if (!isCharter(rule) || told.length === 0 || round === 'second_vote') return null;
  if (told.every(({ verdict }) => verdict === 'sin_quorum'))
    return round === 'first' && rule.secondCall ? 'second_call' : null;
  return rule.second && sentBack(told).length > 0 ? 'second_vote' : null;
}

/** The last day on which a group may write its reasons; null where nothing of this ballot goes back. */
export const reasonsUntil = (rule: AnyRule, closedAt: Date): string | null =>
  isCharter(rule) && rule.second ? dayAfter(limaDay(closedAt), rule.reasons?.days ?? 0) : null;

/** How many days a ballot of this round must stay open, where it would close before; null where it may. */
export function tooSoon(rule: AnyRule, round: Round, closesAt: Date, now: Date): number | null {
  const days = round === 'second_call' && isCharter(rule) ? (rule.secondCall?.days ?? 3) : 3;
  return closesAt.getTime() - now.getTime() < days * 86_400_000 ? days : null;
}

const everybody = (percent: number): Condition => ({ kind: 'majority', of: 'overall', percent });
const women = { dimension: 'women', label: 'women' } as const;
const half = (of: Quorum['of']): Quorum => ({ of, percent: 50, abstentions: true });
const base = { least: fewestVoters, secondCall: { percent: 33, days: 7 }, second: null };

/** The rules that an assembly picks from; each is told in plain words by the catalogue. */
export const charters = {
  mayoria: {
    ...base,
    template: 'mayoria',
    quorum: [half('overall')],
    overall: [everybody(50)],
    groups: [],
  },
  dos_tercios: {
    ...base,
    template: 'dos_tercios',
    quorum: [half('overall')],
    overall: [everybody(67)],
    groups: [],
  },
  con_mujeres: {
    ...base,
    template: 'con_mujeres',
    quorum: [half('overall'), half(women)],
    overall: [everybody(50)],
    groups: [{ kind: 'majority', of: women, percent: 50 }],
    reasons: { days: 14 },
    second: { overall: [everybody(60)], groups: [{ kind: 'every', dimension: 'women', percent: 40 }] },
  },
  asociaciones: {
    ...base,
    template: 'asociaciones',
    quorum: [half('overall')],
    overall: [everybody(50)],
    groups: [{ kind: 'chamber', percent: 50, quorum: 50 }],
    reasons: { days: 14 },
    second: { overall: [everybody(60)], groups: [{ kind: 'chamber', percent: 40, quorum: 50 }] },
  },
  frente: {
    ...base,
    template: 'frente',
    quorum: [half('overall'), half(women)],
    overall: [everybody(50)],
    groups: [
      { kind: 'majority', of: women, percent: 50 },
      { kind: 'share', dimension: 'region', percent: 50, share: 55 },
      { kind: 'every', dimension: 'cooperative', percent: 50 },
    ],
    reasons: { days: 14 },
    second: {
      overall: [everybody(60)],
      groups: ['women', 'region', 'cooperative'].map((dimension) => ({
        kind: 'every',
        dimension,
        percent: 40,
      })),
    },
  },
} as const satisfies Record<string, Charter>;
export type Template = keyof typeof charters;
export const templates = Object.keys(charters) as Template[];

/** The rule that was picked: a charter, or two numbers of the assembly's own. */
export const ruleOf = (picked: Template | 'propia', own: DecisionRule): AnyRule =>
  picked === 'propia'
    ? { quorumPercent: own.quorumPercent, majorityPercent: own.majorityPercent }
    : charters[picked];
