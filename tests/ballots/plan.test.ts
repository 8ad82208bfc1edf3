import { describe, expect, it } from 'vitest';
import type { Counts } from '~/server/ballots/rules';
import { charters } from '~/server/ballots/rules/charter';
import type { Tables } from '~/server/ballots/rules/conditions';
import { exposesNobody, tellSafely } from '~/server/ballots/rules/exposure';
import { type Plan, type PlanProblem, planOf, planProblem, type Stratum } from '~/server/ballots/rules/plan';
import { type Level, tell, tellsOfGroups } from '~/server/ballots/rules/publication';
import type { Kin } from '~/server/ballots/rules/worlds';
import { tryPlans } from '../support/plan-trial';
import { derived, plainTen } from '../support/plans';

const charter = charters.frente;
const people = (n: number, over: Partial<Stratum>): Stratum[] =>
  Array.from({ length: n }, () => ({
    woman: false,
    cooperative: false,
    country: 'PE',
    department: '21',
    ...over,
  }));

describe('the plan that follows from a roll', () => {
  const regions = (roll: Stratum[]) =>
    planOf(charter, roll)!
      .dimensions.find(({ dimension }) => dimension === 'region')!
      .groups.map(({ label, roll: n }) => [label, n]);

  it('merges small departments with the next on the way, and the last with the one before', () => {
    const at = (department: string, n: number) => people(n, { department });
    expect(regions([...at('21', 12), ...at('04', 3), ...at('17', 4), ...at('13', 15)])).toEqual([
      ['13', 15],
      ['17+04+21', 19],
    ]);
    expect(regions([...at('13', 11), ...at('BO-P', 4)])).toEqual([['13+BO-P', 15]]);
    expect(regions([...at('21', 30), ...at('XX', 10)])).toEqual([
      ['21', 30],
      ['XX', 10],
    ]);
  });

  it('is the same in whatever order the roll was read', () => {
    const roll = [...people(12, { woman: true }), ...people(20, { department: '04', cooperative: true })];
    expect(planOf(charter, [...roll].reverse())).toEqual(planOf(charter, roll));
  });
});

describe('a plan from which a vote can be derived is refused', () => {
  const roll = [
    ...people(12, { woman: true }),
    ...people(15, { department: '04', cooperative: true }),
    ...people(5, { department: '13' }),
  ];
  const good = planOf(charter, roll)!;
  const bent = (change: (plan: Plan) => void) => {
    const plan = structuredClone(good);
    change(plan);
    return plan;
  };
  const dimension = (plan: Plan, name: string) => plan.dimensions.find((one) => one.dimension === name)!;
  const cases: [string, Plan, PlanProblem | null][] = [
    ['as it follows from the roll', good, null],
    [
      'a region of five stands by itself',
      bent((plan) => {
        const [first] = dimension(plan, 'region').groups;
        dimension(plan, 'region').groups[0] = { ...first!, holds: ['13'], roll: 5 };
        dimension(plan, 'region').groups.push({ label: '04', holds: ['04'], roll: 15 });
      }),
      'small_group',
    ],
    [
      'counts of regions beside those of women',
      bent((plan) => {
        dimension(plan, 'region').publish = 'counts';
      }),
      'two_counted',
    ],
    [
      'women by region',
      bent((plan) => {
        plan.dimensions.push({ ...dimension(plan, 'women'), dimension: 'women×region' });
      }),
      'crossed',
    ],
    [
      'the same people in two groups of one table',
      bent((plan) => {
        dimension(plan, 'region').groups.push({ label: '04', holds: ['04'], roll: 15 });
      }),
      'unplaced',
    ],
    [
      'a group that says it is larger than it is',
      bent((plan) => {
        dimension(plan, 'women').groups[0]!.roll = 13;
      }),
      'unplaced',
    ],
    [
      'no room next to unanimity',
      bent((plan) => {
        plan.margin = 0;
      }),
      'too_near',
    ],
    [
      'more than the rule counts',
      bent((plan) => {
        plan.dimensions.pop();
      }),
      'not_the_rule',
    ],
  ];
  it.each(cases)('%s', (_story, plan, problem) => {
    expect(planProblem(plan, charter, roll)).toBe(problem);
  });

  it('and so is a roll with nine women, or nine others', () => {
    for (const [women, others] of [
      [9, 30],
      [30, 9],
    ] as const) {
      const small = [...people(women, { woman: true }), ...people(others, {})];
      expect(planProblem(planOf(charter, small)!, charter, small)).toBe('small_group');
    }
  });
});

// Twenty voters: ten women and ten others, ten inside cooperatives and ten outside, in two regions of ten.
const roll: Stratum[] = [true, false].flatMap((woman) =>
  [true, false].flatMap((cooperative) =>
    people(5, { woman, cooperative, department: cooperative ? '21' : '13' }),
  ),
);
const plan = planOf(charter, roll)!;
const placesOf = (woman: boolean, inside: boolean) =>
  plan.dimensions.map(({ dimension, groups }) => {
    const label = {
      women: woman ? 'women' : 'others',
      cooperative: inside ? 'inside' : 'outside',
      region: inside ? '21' : '13',
    };
    return groups.findIndex((group) => group.label === label[dimension as 'women']);
  });
const kin: Kin[] = [true, false].flatMap((woman) =>
  [true, false].map((inside) => ({ places: placesOf(woman, inside), n: 5 })),
);
type Row = [number, number, number];
function tablesOf(world: readonly Row[]): Tables {
  const sum = (rows: readonly Row[]): Counts => ({
    yes: rows.reduce((n, row) => n + row[0], 0),
    no: rows.reduce((n, row) => n + row[1], 0),
    abstain: rows.reduce((n, row) => n + row[2], 0),
  });
  const by = plan.dimensions.map(({ dimension, groups }, d) => [
    dimension,
    groups.map(({ label, roll: n }, g) => ({
      label,
      roll: n,
      counts: sum(world.filter((_, k) => kin[k]!.places[d] === g)),
    })),
  ]);
  return { overall: { label: '', roll: 20, counts: sum(world) }, by: Object.fromEntries(by) };
}

describe('what is told of a result', () => {
  // The ten of Puno all said yes, of the ten of La Libertad half: fifteen yes, and La Libertad not in favour.
  const forced: Row[] = [
    [5, 0, 0],
    [2, 3, 0],
    [5, 0, 0],
    [3, 2, 0],
  ];

  it('the story that plain rules miss: a region’s no, beside the sum, says that the other was unanimous', () => {
    const tables = tablesOf(forced);
    const whole = tell(charter, 'first', plan, tables, 'no_counts');
    expect(derived(plan, kin, tables.overall.counts, whole)).toBe(10);
    expect(
      exposesNobody({
        charter,
        round: 'first',
        plan,
        overall: tables.overall.counts,
        kin,
        told: whole,
        level: 'no_counts',
      }),
    ).toBe(false);
    const told = tellSafely({ charter, round: 'first', plan, kin }, tables);
    expect(['no_groups', 'no_findings']).toContain(told.level);
    expect(derived(plan, kin, tables.overall.counts, told)).toBe(0);
    expect(derived(plan, kin, tables.overall.counts, plainTen(tables, told))).toBeGreaterThan(0);
  });

  it('no count of a group that is unanimous, or three votes from it', () => {
    for (const yes of [10, 9, 8, 7]) {
      const [a, b] = [Math.ceil(yes / 2), Math.floor(yes / 2)];
      const women: Row[] = [
        [a, 5 - a, 0],
        [b, 5 - b, 0],
        [3, 2, 0],
        [2, 3, 0],
      ];
      expect(tell(charter, 'first', plan, tablesOf(women), 'whole').women).toEqual({ told: 'band' });
    }
    const six: Row[] = [
      [3, 2, 0],
      [3, 2, 0],
      [3, 2, 0],
      [2, 3, 0],
    ];
    expect(tell(charter, 'first', plan, tablesOf(six), 'whole').women).toEqual({
      told: 'yes',
      yes: 6,
      cast: 10,
    });
  });

  it('by going through every world there is: whoever is told of, could have voted otherwise', () => {
    // All ways in which five people can answer.
    const rows: Row[] = [];
    for (let yes = 0; yes <= 5; yes++)
      for (let no = 0; yes + no <= 5; no++) rows.push([yes, no, 5 - yes - no]);
    const results: Row[][] = [
      forced,
      [
        [5, 0, 0],
        [4, 1, 0],
        [1, 4, 0],
        [2, 3, 0],
      ],
      [
        [0, 5, 0],
        [0, 5, 0],
        [5, 0, 0],
        [5, 0, 0],
      ],
      [
        [3, 2, 0],
        [3, 1, 1],
        [5, 0, 0],
        [0, 5, 0],
      ],
    ];
    for (const world of results) {
      const tables = tablesOf(world);
      const { level, ...told } = tellSafely({ charter, round: 'first', plan, kin }, tables);
      const sums = [0, 1, 2].map((c) => world.reduce((n, row) => n + row[c]!, 0));
      const said = JSON.stringify(told);
      // For each kind and answer, whether all of the kind gave it in every world that agrees.
      const forcedTo = kin.map(() => [true, true, true]);
      let agreeing = 0;
      for (const a of rows)
        for (const b of rows)
          for (const c of rows) {
            const d = [0, 1, 2].map((i) => sums[i]! - a[i]! - b[i]! - c[i]!) as Row;
            if (d.some((n) => n < 0)) continue;
            const other = [a, b, c, d];
            if (JSON.stringify(tell(charter, 'first', plan, tablesOf(other), level as Level)) !== said)
              continue;
            agreeing += 1;
            for (const [k, row] of other.entries())
              for (const i of [0, 1, 2]) forcedTo[k]![i] &&= row[i] === 5;
          }
      expect(agreeing).toBeGreaterThan(1);
      expect(forcedTo.flat()).not.toContain(true);
    }
  });
});

it('of the results of forty random forums no vote can be derived, where plain k = 10 gives votes away', () => {
  const trial = tryPlans(40, 7_000);
  expect(trial.articles).toBeGreaterThan(200);
  expect(trial.derived).toBe(0);
  expect(trial.derivedPlain).toBeGreaterThan(0);
  // Voted again, beside the first vote: nothing follows from both, where it would if each was looked at by itself.
  expect(trial.again.articles).toBeGreaterThan(50);
  expect([trial.again.derived, trial.again.derivedCareless > 0]).toEqual([0, true]);
  // Most of what can be told is told.
  expect(trial.levels.whole / trial.articles).toBeGreaterThan(0.8);
}, 60_000);

describe('whether a result speaks of how a group voted', () => {
  const { con_mujeres, mayoria } = charters;
  const silent = {
    ...con_mujeres,
    quorum: con_mujeres.quorum.map((one) => ({ ...one, abstentions: false })),
  };
  it.each([
    ['all that its plan allows', con_mujeres, 'whole', 'aprobado', true],
    ['no groups, but what the rule found', con_mujeres, 'no_groups', 'no_aprobado', true],
    ['the bare answer of a rule that asks the women', con_mujeres, 'no_findings', 'aprobado', true],
    ['the bare answer, without quorum', con_mujeres, 'no_findings', 'sin_quorum', false],
    ['not even numbers, without quorum', con_mujeres, 'no_sums', 'sin_quorum', false],
    ['without quorum, where who abstains is not there', silent, 'no_findings', 'sin_quorum', true],
    ['the bare answer of a rule that asks everybody alone', mayoria, 'no_findings', 'no_aprobado', false],
  ] as const)('%s', (_name, charter, level, outcome, speaks) => {
    const told = { outcome, findings: { quorum: [], overall: [], groups: [] }, women: null, groups: null };
    expect(tellsOfGroups(charter, 'first', { ...told, level })).toBe(speaks);
  });
});
