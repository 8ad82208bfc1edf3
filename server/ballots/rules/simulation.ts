import { isTold, type MaybeCounts } from '../rules';
import { type AnyRule, asked, type Charter, isCharter, type Outcome, outcomeOf, type Round } from './charter';
import { holds, quorumHolds, type Tables } from './conditions';
import type { Told } from './publication';

/** A result as everybody can read it: nothing of the box is in it that was not published. */
export type Readable = {
  rule: AnyRule;
  round: Round;
  entitled: number;
  question: MaybeCounts & { told: Pick<Told, 'findings'> | null };
};

/** What was found then of exactly this; null where that rule did not ask it, or where it was not told. */
function foundThen<T>(wanted: T, list: readonly T[], found: readonly (boolean | null)[]): boolean | null {
  const at = list.findIndex((one) => JSON.stringify(one) === JSON.stringify(wanted));
  return at < 0 ? null : (found[at] ?? null);
}

/**
 * What another rule would have said of a published result, as a first vote; null where it hangs on groups that were
 * not counted apart, or not told of. It never guesses.
 */
export function wouldSay(charter: Charter, { rule, round, entitled, question }: Readable): Outcome | null {
  if (!isTold(question)) return null;
  const { yes, no, abstain, told } = question;
  const all: Tables = { overall: { label: '', roll: entitled, counts: { yes, no, abstain } }, by: {} };
  const then = isCharter(rule) && told ? { ...asked(rule, round), findings: told.findings } : null;
  const quorum = charter.quorum.map((one) =>
    one.of === 'overall'
      ? quorumHolds(one, all, charter.least)
      : then && foundThen(one, then.quorum, then.findings.quorum),
  );
  const overall = charter.overall.map((one) => holds(one, all, charter.least));
  const groups = charter.groups.map((one) => then && foundThen(one, then.groups, then.findings.groups));
  const outcomes = new Set(
    [true, false].flatMap((q) =>
      [true, false].map((g) =>
        outcomeOf(charter, 'first', {
          quorum: quorum.map((one) => one ?? q),
          overall,
          groups: groups.map((one) => one ?? g),
        }),
      ),
    ),
  );
  return outcomes.size === 1 ? [...outcomes][0]! : null;
}
