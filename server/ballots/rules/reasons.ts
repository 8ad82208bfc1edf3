import { type AnyRule, asked, isCharter, type Round } from './charter';
import type { Condition } from './conditions';
import type { Plan } from './plan';
import type { Told } from './publication';

/** A group of the plan; null stands for everybody on the roll. */
export type Asked = { dimension: string; label: string } | null;

/** With fewer of a base on the roll, its name would be as good as a person's. */
export const fewestOfBase = 3;
/** So many reasons of one base, or of a group without a base's name, stand beside an article. */
export const mostReasons = 5;

function groupsOf(condition: Condition, told: Told): Asked[] {
  if (condition.kind === 'majority' && condition.of !== 'overall') return [condition.of];
  if (condition.kind !== 'share' && condition.kind !== 'every') return [];
  return (told.groups ?? [])
    .filter(({ dimension, favour }) => dimension === condition.dimension && favour === false)
    .map(({ dimension, label }) => ({ dimension, label }));
}

/**
 * Whose reasons are asked for, of an article that went back: the groups whose no the published verdict tells.
 * It reads nothing but what was published; where that does not say whose no it was, nobody is asked as a group.
 */
export function askedForReasons(rule: AnyRule, round: Round, told: Told | null): Asked[] {
  if (!isCharter(rule) || told?.outcome !== 'vuelve') return [];
  const found: Asked[] = [];
  for (const [i, condition] of asked(rule, round).groups.entries())
    if (told.findings.groups[i] === false) found.push(...groupsOf(condition, told));
  const once = found.filter(
    (one, i) =>
      found.findIndex((other) => other?.dimension === one?.dimension && other?.label === one?.label) === i,
  );
  return once.length > 0 ? once : [null];
}

/** Those of the groups asked to which somebody belongs, by her places on the roll. What she voted is not asked. */
export const herGroups = (
  groups: readonly Asked[],
  plan: Plan | null,
  places: readonly number[] | null,
): Asked[] =>
  groups.filter((group) => {
    if (group === null) return true;
    const at = plan?.dimensions.findIndex(({ dimension }) => dimension === group.dimension) ?? -1;
    return at >= 0 && plan!.dimensions[at]!.groups[places?.[at] ?? -1]?.label === group.label;
  });

/**
 * Whether a reason may carry the name of the writer's base. Never that of a woman who let herself be counted as one:
 * the name would tell that somebody of this base did.
 */
export const maySignAsBase = (group: Asked, ofHerBase: number): boolean =>
  group?.dimension !== 'women' && ofHerBase >= fewestOfBase;

/** Until the end of the last day, Lima's. */
export const takesReasons = (until: string | null, today: string, taken: boolean): boolean =>
  until !== null && !taken && today <= until;
