import canonicalize from 'canonicalize';
import type { AnyRule, Round } from './rules/charter';
import type { Plan } from './rules/plan';

export const choices = ['si', 'no', 'abstencion'] as const;
export type Choice = (typeof choices)[number];
export type Verdict = 'aprobado' | 'no_aprobado' | 'sin_quorum';

/** Whole hundredths: of the roll, and of yes and no together. Abstentions count for the quorum alone. */
export type DecisionRule = { quorumPercent: number; majorityPercent: number };
export type Counts = { yes: number; no: number; abstain: number };
/** Counts that are published, or none of them: beside an earlier result they would say how somebody voted. */
export type MaybeCounts = { [key in keyof Counts]: number | null };
export const untold: MaybeCounts = { yes: null, no: null, abstain: null };
export const isTold = <T extends MaybeCounts>(row: T): row is T & Counts => row.yes !== null;
export type State = 'prepared' | 'open' | 'closing' | 'closed';

/** The least time from opening to close; an urgent ballot has none. */
export const ordinaryHours = 72;

/** With fewer on the roll, sums and the list of who voted would tell what each of them chose. */
export const fewestVoters = 10;

/** Adds up papers, given one by one or in heaps of `n`. */
export function tally(papers: Iterable<{ choice: Choice; n?: number }>): Counts {
  const counts: Counts = { yes: 0, no: 0, abstain: 0 };
  const column = { si: 'yes', no: 'no', abstencion: 'abstain' } as const;
  for (const { choice, n = 1 } of papers) counts[column[choice]] += n;
  return counts;
}

export const sheets = ({ yes, no, abstain }: Counts): number => yes + no + abstain;

/** How many of the roll must take part. */
export const quorumNeeded = ({ quorumPercent }: DecisionRule, roll: number): number =>
  Math.ceil((roll * quorumPercent) / 100);

/** Enough of the roll took part; an empty roll decides nothing. */
export const quorumReached = (rule: DecisionRule, roll: number, counts: Counts): boolean =>
  roll > 0 && sheets(counts) * 100 >= rule.quorumPercent * roll;

/** At 50: more yes than no. Above: yes is at least that share of yes and no. Without a yes, nothing is adopted. */
export const majorityReached = ({ majorityPercent }: DecisionRule, { yes, no }: Counts): boolean =>
  majorityPercent <= 50 ? yes > no : yes > 0 && yes * 100 >= majorityPercent * (yes + no);

/** What the rule says of one question. Without quorum nothing has been decided, neither yes nor no. */
export function verdict(rule: DecisionRule, roll: number, counts: Counts): Verdict {
  if (!quorumReached(rule, roll, counts)) return 'sin_quorum';
  return majorityReached(rule, counts) ? 'aprobado' : 'no_aprobado';
}

/** Whether a sheet that arrives at this moment counts. */
export const takesSheets = (ballot: { state: State; closesAt: Date }, now: Date): boolean =>
  ballot.state === 'open' && now < ballot.closesAt;

/**
 * Why a ballot may not be opened at this moment, as a failure's code; null when it may.
 * An urgent one needs the word of a second person, any other one 72 hours.
 */
export function windowProblem(
  ballot: { urgent: boolean; confirmed: boolean; closesAt: Date },
  now: Date,
): 'ballots.past' | 'ballots.short' | 'ballots.unconfirmed' | null {
  if (ballot.closesAt <= now) return 'ballots.past';
  if (ballot.urgent) return ballot.confirmed ? null : 'ballots.unconfirmed';
  return ballot.closesAt.getTime() - now.getTime() < ordinaryHours * 3_600_000 ? 'ballots.short' : null;
}

/** Whether a sheet answers every question once, and nothing else. */
export function wholeSheet(questions: readonly string[], answers: readonly { question: string }[]): boolean {
  const answered = new Set(answers.map(({ question }) => question));
  return (
    answers.length === questions.length &&
    answered.size === questions.length &&
    questions.every((question) => answered.has(question))
  );
}

export type Manifest = {
  ballot: string;
  title: string;
  version: { number: number; sha256: string };
  scope: 'whole' | 'articles' | 'returned';
  /** In order of position, from 1; `article` null is the whole text. */
  questions: {
    position: number;
    article: number | null;
    sha256: string;
    /** A rejected amendment that stands beside the article, by what it wants. */
    rival?: { amendment: string; kind: string; sha256: string };
  }[];
  rule: AnyRule;
  roll: { count: number; sha256: string };
  opensAt: string;
  closesAt: string;
};

/** RFC 8785, on NFC text. What it promises of secrecy is part of it and cannot be left out. */
export const canonicalManifest = (
  manifest: Manifest,
  further?: {
    plan: Plan | null;
    round: Round;
    follows: { ballot: string; sha256: string } | null;
    /** The associations that have a seat, where the rule asks them apart. */
    chamber?: { seats: number; sha256: string };
    /** What one in ten of the voters asked for before the opening: articles by their numbers. */
    claims?: { separate: number[]; secret: number[] };
    /** Held in the room: how, who presides and which two count. */
    room?: { method: string; presides: string; counters: string[] };
    /** The votes on the same texts that were held before, beside whose results this one's at these positions will be read. */
    earlier?: { ballot: string; sha256: string; positions: number[] }[];
  },
): string =>
  canonicalize({
    format: further ? 'frente-unido/ballot/2' : 'frente-unido/ballot/1',
    ...manifest,
    ...further,
    title: manifest.title.normalize('NFC'),
    choices,
    dimensions: ['overall', ...(further?.plan?.dimensions ?? []).map(({ dimension }) => dimension)],
    secrecy: 'secret',
    counts: 'hidden until the close',
    votes: 'the last sheet of each person counts',
    ...(further?.room
      ? {
          secrecy: further.room.method === 'roll_call' ? 'by name' : 'before everybody',
          counts: 'counted in the room',
          votes: 'what two people counted alike',
        }
      : {}),
  })!;

/**
 * The roll as it is hashed into the manifest: sorted, so that no order of rows matters. Without anybody's groups: a hash
 * over them would tell them, to whoever tries one person after the other.
 */
export const canonicalRoll = (roll: readonly { personId: string; associationId: string }[]): string =>
  canonicalize(roll.map(({ associationId, personId }) => `${associationId}/${personId}`).sort())!;
