import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Choice,
  canonicalManifest,
  canonicalRoll,
  choices,
  majorityReached,
  quorumNeeded,
  quorumReached,
  sheets,
  takesSheets,
  tally,
  verdict,
  wholeSheet,
  windowProblem,
} from '~/server/ballots/rules';

const rule = (quorumPercent: number, majorityPercent: number) => ({ quorumPercent, majorityPercent });
const counts = (yes: number, no: number, abstain = 0) => ({ yes, no, abstain });

describe('the quorum', () => {
  it.each([
    [50, 10, counts(5, 0), true, 'half of ten is enough'],
    [50, 10, counts(4, 0), false, 'four of ten is not'],
    [50, 11, counts(5, 0), false, 'five of eleven is under half'],
    [50, 11, counts(6, 0), true, 'six of eleven is over it'],
    [50, 10, counts(0, 0, 5), true, 'abstentions make quorum'],
    [100, 3, counts(3, 0), true, 'everybody'],
    [100, 3, counts(2, 0), false, 'everybody but one'],
    [33, 100, counts(33, 0), true, 'a third, exactly'],
    [1, 1000, counts(9, 0), false, 'nine of a thousand is less than one in a hundred'],
    [50, 0, counts(0, 0), false, 'nobody decides nothing'],
  ])('%i %% of %i with %o: %s (%s)', (percent, roll, given, reached) => {
    expect(quorumReached(rule(percent, 50), roll, given)).toBe(reached);
  });

  it('is the least number of people that reaches it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 20_000 }), (percent, roll) => {
        const needed = quorumNeeded(rule(percent, 50), roll);
        expect(quorumReached(rule(percent, 50), roll, counts(needed, 0))).toBe(true);
        expect(quorumReached(rule(percent, 50), roll, counts(needed - 1, 0))).toBe(false);
      }),
    );
  });
});

describe('the majority', () => {
  it.each([
    [50, counts(6, 5), true, 'one more yes than no'],
    [50, counts(5, 5), false, 'a tie adopts nothing'],
    [50, counts(1, 0, 30), true, 'abstentions do not count against'],
    [50, counts(0, 0, 30), false, 'nobody said yes'],
    [60, counts(6, 4), true, 'exactly six of ten'],
    [60, counts(59, 41), false, 'just under'],
    [67, counts(2, 1), false, 'two of three is 66.7 %'],
    [66, counts(2, 1), true, 'and more than 66 %'],
    [100, counts(7, 0, 3), true, 'nobody against'],
    [100, counts(7, 1), false, 'one against'],
    [100, counts(0, 0, 3), false, 'all abstained'],
  ])('of %i %% with %o: %s (%s)', (percent, given, reached) => {
    expect(majorityReached(rule(1, percent), given)).toBe(reached);
  });
});

describe('the verdict', () => {
  it.each([
    [counts(20, 5, 5), 'aprobado'],
    [counts(10, 15, 5), 'no_aprobado'],
    [counts(20, 0, 0), 'sin_quorum'],
    [counts(0, 20, 0), 'sin_quorum'],
    [counts(0, 0, 30), 'no_aprobado'],
  ] as const)('of %o on a roll of sixty is %s', (given, said) => {
    expect(verdict(rule(50, 50), 60, given)).toBe(said);
  });

  const anyCounts = fc.record({
    yes: fc.integer({ min: 0, max: 500 }),
    no: fc.integer({ min: 0, max: 500 }),
    abstain: fc.integer({ min: 0, max: 500 }),
  });
  const anyRule = fc.record({
    quorumPercent: fc.integer({ min: 1, max: 100 }),
    majorityPercent: fc.integer({ min: 50, max: 100 }),
  });

  it('never turns against a text because one more person says yes to it', () => {
    fc.assert(
      fc.property(anyRule, anyCounts, fc.integer({ min: 1, max: 2000 }), (r, c, roll) => {
        if (verdict(r, roll, c) === 'aprobado')
          expect(verdict(r, roll, { ...c, yes: c.yes + 1 })).toBe('aprobado');
      }),
    );
  });

  it('never adopts a text that has no more yes than no, nor one that misses the quorum', () => {
    fc.assert(
      fc.property(anyRule, anyCounts, fc.integer({ min: 1, max: 2000 }), (r, c, roll) => {
        if (verdict(r, roll, c) !== 'aprobado') return;
        expect(c.yes).toBeGreaterThan(c.no);
        expect(sheets(c)).toBeGreaterThanOrEqual(quorumNeeded(r, roll));
      }),
    );
  });
});

describe('the tally', () => {
  it('adds each paper to its column, one by one or in heaps', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom<Choice>(...choices), { maxLength: 300 }), (papers) => {
        const one = tally(papers.map((choice) => ({ choice })));
        const heaps = tally(
          choices.map((choice) => ({ choice, n: papers.filter((paper) => paper === choice).length })),
        );
        expect(one).toEqual(heaps);
        expect(sheets(one)).toBe(papers.length);
        expect(one.no).toBe(papers.filter((paper) => paper === 'no').length);
      }),
    );
  });
});

describe('when a sheet counts', () => {
  const closesAt = new Date('2026-12-01T23:00:00Z');
  it.each([
    ['open', '2026-12-01T22:59:59.999Z', true],
    ['open', '2026-12-01T23:00:00Z', false],
    ['prepared', '2026-11-30T00:00:00Z', false],
    ['closing', '2026-11-30T00:00:00Z', false],
    ['closed', '2026-11-30T00:00:00Z', false],
  ] as const)('%s at %s: %s', (state, now, counts) => {
    expect(takesSheets({ state, closesAt }, new Date(now))).toBe(counts);
  });
});

describe('the time a ballot stays open (R-38)', () => {
  const now = new Date('2026-11-23T12:00:00Z');
  const inHours = (h: number) => new Date(now.getTime() + h * 3_600_000);
  it.each([
    [{ urgent: false, confirmed: false, closesAt: inHours(72) }, null],
    [{ urgent: false, confirmed: false, closesAt: inHours(71.99) }, 'ballots.short'],
    [{ urgent: false, confirmed: true, closesAt: inHours(2) }, 'ballots.short'],
    [{ urgent: true, confirmed: true, closesAt: inHours(2) }, null],
    [{ urgent: true, confirmed: false, closesAt: inHours(2) }, 'ballots.unconfirmed'],
    [{ urgent: true, confirmed: false, closesAt: inHours(100) }, 'ballots.unconfirmed'],
    [{ urgent: true, confirmed: true, closesAt: now }, 'ballots.past'],
    [{ urgent: false, confirmed: false, closesAt: inHours(-1) }, 'ballots.past'],
  ])('%o: %s', (ballot, problem) => {
    expect(windowProblem(ballot, now)).toBe(problem);
  });
});

describe('a whole sheet', () => {
  const sheet = (...questions: string[]) => questions.map((question) => ({ question }));
  it.each([
    [['a', 'b'], sheet('a', 'b'), true],
    [['a', 'b'], sheet('b', 'a'), true],
    [['a', 'b'], sheet('a'), false],
    [['a', 'b'], sheet('a', 'a'), false],
    [['a', 'b'], sheet('a', 'b', 'b'), false],
    [['a', 'b'], sheet('a', 'c'), false],
    [['a', 'b'], sheet('a', 'b', 'c'), false],
    [[], sheet(), true],
  ])('for %o, %o: %s', (questions, answers, whole) => {
    expect(wholeSheet(questions, answers)).toBe(whole);
  });
});

describe('what is frozen at the opening', () => {
  const manifest = {
    ballot: '7d4f9d50-4f0e-4d12-9a3c-0f5f1f6f2d11',
    title: 'Votacio\u0301n',
    version: { number: 2, sha256: 'ab' },
    scope: 'whole' as const,
    questions: [{ position: 1, article: null, sha256: 'ab' }],
    rule: rule(50, 60),
    roll: { count: 2, sha256: 'cd' },
    opensAt: '2026-11-23T12:00:00.000Z',
    closesAt: '2026-11-27T12:00:00.000Z',
  };
  it('is one canonical text: keys sorted, no spaces, NFC', () => {
    const text = canonicalManifest(manifest);
    expect(text).toContain('"title":"Votación"');
    expect(Object.keys(JSON.parse(text))).toEqual(Object.keys(JSON.parse(text)).sort());
    expect(text).toBe(JSON.stringify(JSON.parse(text)));
  });
  it('cannot leave out what it promises', () => {
    const promised = JSON.parse(canonicalManifest({ ...manifest, secrecy: 'open' } as typeof manifest));
    expect(promised).toMatchObject({ secrecy: 'secret', counts: 'hidden until the close' });
  });
  it('gives a roll the same text in whatever order it was read', () => {
    const [a, b] = [
      { personId: 'p1', associationId: 'x' },
      { personId: 'p2', associationId: 'a' },
    ];
    expect(canonicalRoll([a!, b!])).toBe(canonicalRoll([b!, a!]));
    expect(canonicalRoll([a!])).not.toBe(canonicalRoll([b!]));
  });
});
