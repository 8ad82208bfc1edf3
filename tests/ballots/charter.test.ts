import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Counts } from '~/server/ballots/rules';
import {
  charters,
  dimensionsOf,
  judge,
  nextRound,
  type Outcome,
  type Round,
  ruleOf,
  sentBack,
  templates,
} from '~/server/ballots/rules/charter';
import type { Tables } from '~/server/ballots/rules/conditions';

const c = (yes: number, no: number, abstain = 0): Counts => ({ yes, no, abstain });
const plus = (a: Counts, b: Counts) => c(a.yes + b.yes, a.no + b.no, a.abstain + b.abstain);
type Story = { women: Counts; others: Counts; regions: Counts[]; inside: Counts; roll?: [number, number] };

/** A ballot on whose roll stand 40 women and 60 others, told by its groups. */
function told({ women, others, regions, inside, roll: [w, o] = [40, 60] }: Story): Tables {
  const all = plus(women, others);
  const outside = c(all.yes - inside.yes, all.no - inside.no, all.abstain - inside.abstain);
  const group = (label: string, roll: number, counts: Counts) => ({ label, roll, counts });
  return {
    overall: group('', w + o, all),
    by: {
      women: [group('women', w, women), group('others', o, others)],
      region: regions.map((counts, i) => group(String(i), 20, counts)),
      cooperative: [group('inside', 30, inside), group('outside', w + o - 30, outside)],
    },
  };
}

const yesEverywhere = {
  women: c(25, 10),
  others: c(35, 20),
  regions: [c(12, 6), c(12, 6), c(12, 6)],
  inside: c(20, 9),
};
const stories: [string, Story, Record<Round, Outcome>][] = [
  ['all say yes', yesEverywhere, { first: 'aprobado', second_call: 'aprobado', second_vote: 'aprobado' }],
  [
    'the women say no',
    { ...yesEverywhere, women: c(14, 20), others: c(50, 5) },
    { first: 'vuelve', second_call: 'vuelve', second_vote: 'aprobado' },
  ],
  [
    'hardly any woman says yes',
    { ...yesEverywhere, women: c(10, 24), others: c(55, 2) },
    { first: 'vuelve', second_call: 'vuelve', second_vote: 'disenso' },
  ],
  [
    'one region of three says yes',
    { ...yesEverywhere, regions: [c(18, 0), c(9, 9), c(9, 9)] },
    { first: 'vuelve', second_call: 'vuelve', second_vote: 'aprobado' },
  ],
  [
    'two of three regions do',
    { ...yesEverywhere, regions: [c(12, 6), c(12, 6), c(6, 12)] },
    { first: 'aprobado', second_call: 'aprobado', second_vote: 'disenso' },
  ],
  [
    'cooperatives say no',
    { ...yesEverywhere, inside: c(10, 15) },
    { first: 'vuelve', second_call: 'vuelve', second_vote: 'aprobado' },
  ],
  [
    'more no than yes',
    { ...yesEverywhere, women: c(10, 25), others: c(20, 30) },
    { first: 'no_aprobado', second_call: 'no_aprobado', second_vote: 'disenso' },
  ],
  [
    'a third came, and a third of the women',
    { ...yesEverywhere, women: c(10, 4), others: c(18, 4) },
    { first: 'sin_quorum', second_call: 'aprobado', second_vote: 'sin_quorum' },
  ],
  [
    'nearly all came, but nine women',
    { ...yesEverywhere, women: c(9, 0), others: c(55, 0) },
    { first: 'sin_quorum', second_call: 'sin_quorum', second_vote: 'sin_quorum' },
  ],
  [
    'a region of nine papers is counted with all, and holds nothing up',
    { ...yesEverywhere, regions: [c(12, 6), c(12, 6), c(0, 9)] },
    { first: 'aprobado', second_call: 'aprobado', second_vote: 'aprobado' },
  ],
];

describe('the rule of the front', () => {
  for (const [story, given, outcomes] of stories)
    it.each(Object.entries(outcomes) as [Round, Outcome][])(
      `${story}: in the round «%s», %s`,
      (round, said) => {
        expect(judge(charters.frente, round, told(given))).toBe(said);
      },
    );
});

describe('the other rules to pick from', () => {
  it.each([
    ['mayoria', c(31, 30), 'aprobado'],
    ['mayoria', c(30, 30), 'no_aprobado'],
    ['mayoria', c(49, 0), 'sin_quorum'],
    ['dos_tercios', c(66, 34), 'no_aprobado'],
    ['dos_tercios', c(67, 33), 'aprobado'],
    ['con_mujeres', c(60, 20), 'vuelve'],
  ] as const)('%s of %o: %s', (name, all, said) => {
    const women = name === 'con_mujeres' ? c(10, 15) : c(0, 0);
    const others = c(all.yes - women.yes, all.no - women.no);
    expect(judge(charters[name], 'first', told({ women, others, regions: [], inside: c(0, 0) }))).toBe(said);
  });

  it('ask of the roll what they count, and nothing else', () => {
    expect(templates.map((name) => [name, dimensionsOf(charters[name])])).toEqual([
      ['mayoria', []],
      ['dos_tercios', []],
      ['con_mujeres', ['women']],
      ['asociaciones', []],
      ['frente', ['cooperative', 'region', 'women']],
    ]);
    expect(dimensionsOf(ruleOf('propia', { quorumPercent: 40, majorityPercent: 60 }))).toEqual([]);
  });
});

describe('every rule', () => {
  const side = fc.record({ yes: fc.nat(60), no: fc.nat(60), abstain: fc.nat(20) });
  const any = fc.record({
    template: fc.constantFrom(...templates),
    round: fc.constantFrom<Round>('first', 'second_call', 'second_vote'),
    women: side,
    others: side,
    regions: fc.array(side, { minLength: 1, maxLength: 6 }),
  });
  const inside = c(12, 6);

  it('never turns against a text because one more woman says yes to it', () => {
    fc.assert(
      fc.property(any, ({ template, round, ...given }) => {
        const story: Story = { ...given, inside, roll: [140, 140] };
        const more = { ...story, women: { ...given.women, yes: given.women.yes + 1 } };
        if (judge(charters[template], round, told(story)) === 'aprobado')
          expect(judge(charters[template], round, told(more))).toBe('aprobado');
      }),
    );
  });

  it('adopts nothing without more yes than no, and sends nothing back in a second vote', () => {
    fc.assert(
      fc.property(any, ({ template, round, ...given }) => {
        const outcome = judge(charters[template], round, told({ ...given, inside, roll: [140, 140] }));
        const all = plus(given.women, given.others);
        if (outcome === 'aprobado') expect(all.yes).toBeGreaterThan(all.no);
        if (round === 'second_vote') expect(['aprobado', 'disenso', 'sin_quorum']).toContain(outcome);
        else expect(outcome).not.toBe('disenso');
      }),
    );
  });
});

describe('what goes back to drafting', () => {
  const text = (article: string | null, verdict: Outcome) => ({ article, rival: false, verdict });
  const rival = (article: string | null, verdict: Outcome) => ({ article, rival: true, verdict });
  it.each([
    ['an article that a group sent back', [text('agua', 'vuelve'), text('salud', 'aprobado')], ['agua']],
    ['with its rival, where that fell too', [text('agua', 'vuelve'), rival('agua', 'no_aprobado')], ['agua']],
    ['not where its rival was adopted instead', [text('agua', 'vuelve'), rival('agua', 'aprobado')], []],
    ['but where another article’s was', [text('agua', 'vuelve'), rival('salud', 'aprobado')], ['agua']],
    ['not a rival by itself', [text('agua', 'aprobado'), rival('agua', 'vuelve')], []],
    ['not a new article that only an amendment wants', [rival(null, 'vuelve')], []],
    ['not the whole, which follows its articles', [text('agua', 'aprobado'), text(null, 'vuelve')], []],
  ] as const)('is %s', (_story, all, back) => {
    expect(sentBack(all).map(({ article }) => article)).toEqual(back);
    const next = back.length > 0 ? 'second_vote' : null;
    expect(nextRound(charters.frente, 'first', all)).toBe(next);
    expect(nextRound(charters.frente, 'second_vote', all)).toBeNull();
  });
});
