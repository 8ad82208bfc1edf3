import type { Counts } from '../rules';
import { asked, type Charter, type Findings, find, type Outcome, outcomeOf, type Round } from './charter';
import { type Condition, cast, counted, favours, type Tables } from './conditions';
import type { Plan } from './plan';

/**
 * What is told of the groups in one question, besides everybody's counts: what the rule found, how the women voted
 * as far as it names nobody, and of each larger region and of cooperatives only whether they were in favour.
 */
export type Told = {
  outcome: Outcome;
  /** Of groups null where even that would show how somebody voted: then the outcome alone stands. */
  findings: Omit<Findings, 'groups'> & { groups: (boolean | null)[] };
  women:
    | { told: 'counts'; counts: Counts }
    | { told: 'yes'; yes: number; cast: number }
    | { told: 'band' }
    | null;
  groups: { dimension: string; label: string; favour: boolean | null }[] | null;
};

/** From all that the plan allows to the least that the rule itself says: what cannot stand is left out. */
export const levels = ['whole', 'no_counts', 'no_groups', 'no_findings'] as const;
/** `no_sums`: not even everybody's counts, where beside an earlier result they would name somebody. */
export type Level = (typeof levels)[number] | 'no_sums';
/** Of no group even whether it was in favour. */
export const hidesFindings = (level: Level): boolean => level === 'no_findings' || level === 'no_sums';

/**
 * Whether anything that was told of a question speaks of how a group voted. The bare answer does where the rule asks groups: an
 * adopted text had each of them in favour. Without quorum nothing was asked of them; who came stands on the roll, but not who
 * came and abstained.
 */
export function tellsOfGroups(charter: Charter, round: Round, told: Told & { level: Level }): boolean {
  const { quorum, overall, groups } = asked(charter, round);
  return (
    !hidesFindings(told.level) ||
    quorum.some(({ of, abstentions }) => of !== 'overall' && !abstentions) ||
    overall.some(ofGroup) ||
    (told.outcome !== 'sin_quorum' && groups.some(ofGroup))
  );
}

/** A condition that looks at more than everybody together, and at more than the associations, which speak by name. */
const ofGroup = (condition: Condition): boolean =>
  condition.kind === 'any'
    ? condition.of.some((list) => list.some(ofGroup))
    : condition.kind !== 'chamber' && !(condition.kind === 'majority' && condition.of === 'overall');

const apart = (n: number, of: number, margin: number) => n > margin && n < of - margin;
const wide = (counts: Counts, margin: number) =>
  Object.values(counts).every((n) => apart(n, cast(counts), margin));

/** Counts where no answer is near none or all, of women and of everybody else; else the yes alone; else a band. */
function toldOfWomen(tables: Tables, plan: Plan, level: Level): Told['women'] {
  const [women, others] = ['women', 'others'].map((label) =>
    tables.by.women?.find((group) => group.label === label),
  );
  if (!women || !others) return null;
  const sides = [women.counts, others.counts];
  if (level !== 'whole' || sides.some((counts) => cast(counts) < plan.least)) return { told: 'band' };
  if (sides.every((counts) => wide(counts, plan.margin))) return { told: 'counts', counts: women.counts };
  return sides.every((counts) => apart(counts.yes, cast(counts), plan.margin))
    ? { told: 'yes', yes: women.counts.yes, cast: cast(women.counts) }
    : { told: 'band' };
}

/** Nothing of groups; the associations' answer is told by name all the same. */
const ofEverybody = <T extends Told['findings']>(charter: Charter, round: Round, findings: T) => ({
  ...findings,
  groups: asked(charter, round).groups.map(({ kind }, i) =>
    kind === 'chamber' ? findings.groups[i]! : null,
  ),
});

/** What a level tells of these tables; the same for everybody, by the plan that was frozen. */
export function tell(charter: Charter, round: Round, plan: Plan, tables: Tables, level: Level): Told {
  const groups = plan.dimensions
    .filter(({ publish }) => publish === 'verdict')
    .flatMap(({ dimension }) => {
      const large = new Set(counted(tables, dimension, plan.least));
      return (tables.by[dimension] ?? []).map((group) => ({
        dimension,
        label: group.label,
        favour: large.has(group) ? favours(group.counts, 50) : null,
      }));
    });
  const findings = find(charter, round, tables);
  return {
    outcome: outcomeOf(charter, round, findings),
    findings: hidesFindings(level) ? ofEverybody(charter, round, findings) : findings,
    women: toldOfWomen(tables, plan, level),
    groups: level === 'no_groups' || hidesFindings(level) ? null : groups,
  };
}
