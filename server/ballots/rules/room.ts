import { type Choice, type Counts, type DecisionRule, tally, verdict } from '../rules';
import {
  type AnyRule,
  asksChamber,
  dimensionsOf,
  isCharter,
  judge,
  type Outcome,
  type Round,
} from './charter';

/** How a vote is held: in secret, or in the room before everybody. */
export const methods = ['secret', 'hands', 'consensus', 'roll_call'] as const;
export type Method = (typeof methods)[number];

/** What somebody who counts writes down: hands, those who object, or each one's answer; who is not named is not here. */
export type RoomEntry =
  | ({ present: number } & Counts)
  | { present: number; objections: number }
  | { answers: Record<string, Choice> };
export type Entered = { attempt: number; counter: string; entry: RoomEntry };

/** A rule that counts groups or associations apart cannot be held where everybody sees each hand. */
export const heldInRoom = (rule: AnyRule): boolean => dimensionsOf(rule).length === 0 && !asksChamber(rule);

/** What is wrong with one person's count, as a failure's code; null when it may be written down. */
export function entryProblem(
  entry: RoomEntry,
  { roll, objections }: { roll: ReadonlySet<string>; objections: number },
): 'room_sum' | 'room_present' | 'room_objections' | 'room_roll' | null {
  if ('answers' in entry)
    return Object.keys(entry.answers).every((person) => roll.has(person)) ? null : 'room_roll';
  if (entry.present > roll.size) return 'room_present';
  if ('objections' in entry) {
    if (entry.objections > entry.present) return 'room_sum';
    return entry.objections === objections ? null : 'room_objections';
  }
  return entry.yes + entry.no + entry.abstain === entry.present ? null : 'room_sum';
}

const written = (entry: RoomEntry): string =>
  JSON.stringify(
    'answers' in entry
      ? Object.entries(entry.answers).sort(([a], [b]) => (a < b ? -1 : 1))
      : Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1)),
  );

export type Standing =
  | { state: 'counting'; attempt: number; entered: string[] }
  | { state: 'differs'; attempt: number; last: Entered[] }
  | { state: 'stands'; entry: RoomEntry };

/**
 * Where a question stands: two people must have written the same in the same turn. A difference shows both and
 * begins another turn; nobody's number is taken over the other's.
 */
export function standing(entries: readonly Entered[]): Standing {
  const last = Math.max(0, ...entries.map(({ attempt }) => attempt));
  const now = entries.filter(({ attempt }) => attempt === last);
  if (now.length < 2) {
    const before = entries.filter(({ attempt }) => attempt === last - 1);
    if (now.length === 0 || before.length === 0)
      return { state: 'counting', attempt: Math.max(1, last), entered: now.map(({ counter }) => counter) };
    return { state: 'counting', attempt: last, entered: now.map(({ counter }) => counter) };
  }
  const [one, two] = now as [Entered, Entered];
  if (one.counter !== two.counter && written(one.entry) === written(two.entry))
    return { state: 'stands', entry: one.entry };
  return { state: 'differs', attempt: last + 1, last: [one, two] };
}

/** What an agreed count says in yes, no and abstentions. In a consensus, who does not object goes along. */
export function countsOf(entry: RoomEntry): Counts {
  if ('answers' in entry) return tally(Object.values(entry.answers).map((choice) => ({ choice })));
  if ('objections' in entry)
    return { yes: entry.present - entry.objections, no: entry.objections, abstain: 0 };
  return { yes: entry.yes, no: entry.no, abstain: entry.abstain };
}

/** What the rule says of it. In a consensus a quorum is enough, and one objection ends it. */
export function roomVerdict(
  { rule, method, round }: { rule: AnyRule; method: Method; round: Round },
  roll: number,
  counts: Counts,
): Outcome {
  const said = isCharter(rule)
    ? judge(rule, round, { overall: { label: '', roll, counts }, by: {} })
    : verdict(rule satisfies DecisionRule, roll, counts);
  if (method !== 'consensus' || said === 'sin_quorum') return said;
  return counts.no === 0 && counts.yes > 0 ? 'aprobado' : 'no_aprobado';
}
