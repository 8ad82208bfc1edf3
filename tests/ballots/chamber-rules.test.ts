import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalSeats, type Lent, mostProxies, proxyProblem } from '~/server/ballots/rules/chamber';
import { asksChamber, charters, dimensionsOf, judge } from '~/server/ballots/rules/charter';
import type { Tables } from '~/server/ballots/rules/conditions';

const people = (yes: number, no: number): Tables['overall'] => ({
  label: '',
  roll: 40,
  counts: { yes, no, abstain: 0 },
});
const tables = (yes: number, no: number, chamber: [number, number, number, number]): Tables => ({
  overall: people(yes, no),
  by: {},
  chamber: { seats: chamber[3], counts: { yes: chamber[0], no: chamber[1], abstain: chamber[2] } },
});

describe('one association, one vote', () => {
  it.each([
    ['people and associations for it', 'first', tables(25, 10, [6, 3, 0, 12]), 'aprobado'],
    ['the associations against it: it goes back once', 'first', tables(25, 10, [3, 6, 0, 12]), 'vuelve'],
    ['as many for as against: not more', 'first', tables(25, 10, [4, 4, 0, 12]), 'vuelve'],
    ['fewer than half spoke: they hold nothing up', 'first', tables(25, 10, [0, 5, 0, 12]), 'aprobado'],
    ['nobody has a seat', 'first', tables(25, 10, [0, 0, 0, 0]), 'aprobado'],
    ['abstentions count as having spoken', 'first', tables(25, 10, [1, 2, 3, 12]), 'vuelve'],
    ['the people against it', 'first', tables(10, 25, [9, 0, 0, 12]), 'no_aprobado'],
    ['the second time 40 % is enough', 'second_vote', tables(25, 10, [4, 6, 0, 12]), 'aprobado'],
    ['and less is dissent', 'second_vote', tables(25, 10, [3, 6, 0, 12]), 'disenso'],
  ] as const)('%s', (_case, round, given, outcome) => {
    expect(judge(charters.asociaciones, round, given)).toBe(outcome);
  });
  it('is no dimension of anybody’s paper', () => {
    expect(dimensionsOf(charters.asociaciones)).toEqual([]);
    expect([asksChamber(charters.asociaciones), asksChamber(charters.frente)]).toEqual([true, false]);
  });
  it('seats are hashed in one order', () => {
    const [a, b] = [
      { associationId: 'a', name: 'Tres Vetas' },
      { associationId: 'b', name: 'Flor de Cuarzo' },
    ];
    expect(canonicalSeats([a, b])).toBe(canonicalSeats([b, a]));
  });
});

const seats = new Set(['Flor', 'Vetas', 'Porvenir', 'Puna', 'Sur', 'Norte', 'Este']);
describe('a proxy', () => {
  it.each([
    ['to another base', [], { giver: 'Flor', holder: 'Vetas' }, null],
    ['to itself', [], { giver: 'Flor', holder: 'Flor' }, 'proxy_self'],
    ['to a base without a seat', [], { giver: 'Flor', holder: 'Luna' }, 'proxy_seat'],
    ['a second one', [['Flor', 'Vetas']], { giver: 'Flor', holder: 'Puna' }, 'proxy_given'],
    ['given on', [['Flor', 'Vetas']], { giver: 'Vetas', holder: 'Puna' }, 'proxy_chain'],
    ['to one that gave hers', [['Flor', 'Vetas']], { giver: 'Puna', holder: 'Flor' }, 'proxy_chain'],
    ['in a circle', [['Flor', 'Vetas']], { giver: 'Vetas', holder: 'Flor' }, 'proxy_chain'],
    [
      'a sixth',
      ['Flor', 'Porvenir', 'Puna', 'Sur', 'Norte'].map((giver) => [giver, 'Vetas']),
      { giver: 'Este', holder: 'Vetas' },
      'proxy_cap',
    ],
  ] as [string, [string, string][], Lent, string | null][])('%s', (_case, standing, asked, problem) => {
    const there = standing.map(([giver, holder]) => ({ giver, holder }));
    expect(proxyProblem(there, seats, asked)).toBe(problem);
  });

  it('whatever is asked in whatever order: one from each, five to each, no chain, no circle', () => {
    const base = fc.constantFrom(...seats, 'Luna');
    const ask = fc.record({ giver: base, holder: base, revoke: fc.boolean() });
    fc.assert(
      fc.property(fc.array(ask, { maxLength: 60 }), (asks) => {
        let standing: Lent[] = [];
        for (const { revoke, ...one } of asks) {
          if (revoke) standing = standing.filter(({ giver }) => giver !== one.giver);
          else if (proxyProblem(standing, seats, one) === null) standing.push(one);
          const givers = standing.map(({ giver }) => giver);
          const holders = standing.map(({ holder }) => holder);
          expect(new Set(givers).size).toBe(givers.length);
          expect(givers.filter((giver) => holders.includes(giver))).toEqual([]);
          for (const holder of holders)
            expect(holders.filter((other) => other === holder).length).toBeLessThanOrEqual(mostProxies);
        }
      }),
    );
  });
});
