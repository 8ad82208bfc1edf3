import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changesBetween, countAgainst, obstacle, plain, putBack, settled, still } from '~/server/acts/rules';
import { cut, cuts, joinedFields, joinedWords } from '~/server/document/rules/consolidation';
import { wordsIn } from '~/server/drafts/rules/texts';
import { areas, Desk, tries } from '../support/desk-model';

const drafts = [
  { id: 'd1', words: 'Agua limpia.\nSin cobro.\nCerca de cada campamento.', concerns: ['c1', 'c2', 'c3'] },
  { id: 'd2', words: 'Un baño.\nCon puerta.', concerns: ['c3', 'c4'] },
  { id: 'd3', words: 'La palabra de las pallaqueras.', concerns: ['c5', 'c6'] },
];
const provenance = (desk: Desk, id: string) => ({
  concerns: new Set(desk.tiedTo(id)),
  sources: new Set(
    [...desk.sources].filter((one) => one.startsWith(`${id}:`)).map((one) => one.slice(id.length)),
  ),
});

describe('ten thousand acts at a desk, in any order', () => {
  it('leave every concern in one state, every article with what its parts had, and undo to the byte', () => {
    const done = { acts: 0, undone: 0, refused: 0 };
    fc.assert(
      fc.property(fc.array(tries, { minLength: 120, maxLength: 120 }), (sequence) => {
        const desk = new Desk(drafts);
        let earlier = desk.bytes();
        for (const one of sequence) {
          const before = desk.bytes();
          const stands = desk.standing();
          const [a, b] = [stands[one.a % stands.length], stands[one.b % stands.length]];
          const parts = a && b ? [provenance(desk, a), provenance(desk, b)] : [];
          const last = desk.acts.at(-1);
          const act = desk.attempt(one);
          const after = desk.bytes();
          if (act === 'refused' || act === null) {
            done.refused++;
            expect(after).toBe(before);
            continue;
          }
          done.acts++;
          for (const [id, { state }] of desk.concerns) {
            expect(['recibida', 'en_debate', 'recogida', 'no_recogida']).toContain(state);
            expect([id, state === 'recogida']).toEqual([id, desk.held(id)]);
          }
          const stand = new Set(desk.standing());
          for (const tie of desk.ties) expect([tie, stand.has(tie.split(':')[0]!)]).toEqual([tie, true]);
          const all = areas.flatMap((area) => desk.orders.get(area)!);
          expect(new Set(all).size).toBe(all.length);
          if (one.kind === 'merge') {
            const now = provenance(desk, a!);
            expect(now.concerns).toEqual(new Set([...parts[0]!.concerns, ...parts[1]!.concerns]));
            expect(now.sources).toEqual(new Set([...parts[0]!.sources, ...parts[1]!.sources]));
          }
          if (one.kind === 'split') {
            const made = [...desk.articles.keys()].at(-1)!;
            const [head, tail] = [provenance(desk, a!), provenance(desk, made)];
            expect(new Set([...head.concerns, ...tail.concerns])).toEqual(parts[0]!.concerns);
            expect([head.sources, tail.sources]).toEqual([parts[0]!.sources, parts[0]!.sources]);
          }
          if (act.undoes && act.undoes === last?.id) {
            done.undone++;
            expect(after).toBe(earlier);
          }
          earlier = before;
        }
      }),
      { numRuns: 180, endOnFailure: true },
    );
    expect(done.acts).toBeGreaterThan(10_000);
    expect(done.undone).toBeGreaterThan(300);
  });
});

describe('what stands in the way of undoing', () => {
  const here = (order: string[], area = 'agua') => ({ area, order });
  const table: [string, Parameters<typeof obstacle>, unknown][] = [
    [
      'nothing',
      [
        [{ key: 'tie:a:c', before: null, after: true }],
        new Map([['tie:a:c', true]]),
        new Set(['a']),
        new Set(),
      ],
      null,
    ],
    [
      'a tie that is gone',
      [[{ key: 'tie:a:c', before: null, after: true }], new Map(), new Set(['a']), new Set()],
      { key: 'tie:a:c', why: 'changed' },
    ],
    [
      'an article that is gone',
      [[{ key: 'tie:a:c', before: true, after: null }], new Map(), new Set(), new Set()],
      { key: 'tie:a:c', why: 'gone' },
    ],
    [
      'nothing, where the same act brings the article back',
      [
        [
          { key: 'place:a', before: here(['a']), after: { retired: true, into: null, seq: null } },
          { key: 'tie:a:c', before: true, after: null },
        ],
        new Map([['place:a', { retired: true, into: null, seq: null }]]),
        new Set(),
        new Set(),
      ],
      null,
    ],
    [
      'nothing, where others came and went around it',
      [
        [{ key: 'place:a', before: here(['a', 'b']), after: here(['b', 'a']) }],
        new Map([['place:a', here(['z', 'a'])]]),
        new Set(['a']),
        new Set(),
      ],
      null,
    ],
    [
      'a move of its own behind that',
      [
        [{ key: 'place:a', before: here(['a', 'b']), after: here(['b', 'a']) }],
        new Map([['place:a', here(['b', 'a'])]]),
        new Set(['a']),
        new Set(['place:a']),
      ],
      { key: 'place:a', why: 'changed' },
    ],
  ];
  it.each(table)('is %s', (_name, given, expected) => {
    expect(obstacle(...given)).toEqual(expected);
  });

  it('are the acts behind it that are in effect; one that undid one of those cancels out', () => {
    const act = (number: number, undoes: number | null = null, undoneBy: number | null = null) => ({
      ...{
        id: `${number}`,
        number,
        undoes: undoes === null ? null : `${undoes}`,
        undoneBy: undoneBy === null ? null : `${undoneBy}`,
      },
    });
    const against = (...later: ReturnType<typeof act>[]) =>
      countAgainst(act(5), later).map(({ number }) => number);
    expect(against(act(4), act(6))).toEqual([6]);
    expect(against(act(6, null, 7), act(7, 6))).toEqual([]);
    expect(against(act(6, null, null), act(7, 6, 8), act(8, 7))).toEqual([6]);
    expect(against(act(6, 3))).toEqual([6]);
  });
});

describe('small things', () => {
  it('a place comes back behind the nearest that stood before it, else before the nearest behind', () => {
    expect(putBack(['a', 'b', 'd'], 'c', ['a', 'b', 'c', 'd'])).toEqual(['a', 'b', 'c', 'd']);
    expect(putBack(['a', 'd'], 'c', ['a', 'b', 'c', 'd'])).toEqual(['a', 'c', 'd']);
    expect(putBack(['x', 'd'], 'c', ['b', 'c', 'd'])).toEqual(['x', 'c', 'd']);
    expect(putBack(['x'], 'c', ['c'])).toEqual(['x', 'c']);
  });

  it('a concern that an article holds is taken up; one that none holds is not', () => {
    const aside = { state: 'no_recogida', reasonCode: 'repetida', reason: 'Ya está.' };
    const taken = { state: 'recogida', reasonCode: null, reason: null };
    expect(settled(aside, true)).toEqual(taken);
    expect(settled(aside, false)).toEqual(aside);
    expect(settled(taken, false)).toEqual({ ...taken, state: 'en_debate' });
  });

  it('equal images are the same whatever the order of their keys, and only what differs is kept', () => {
    expect(plain({ a: 1, b: [2] })).toBe(plain({ b: [2], a: 1 }));
    expect(still('fields:a', { x: 1, y: 2 }, { y: 2, x: 1 })).toBe(true);
    expect(
      changesBetween(
        new Map([
          ['a', 1],
          ['b', 2],
        ]),
        new Map([
          ['b', 2],
          ['c', 3],
        ]),
      ),
    ).toEqual([
      { key: 'a', before: 1, after: null },
      { key: 'c', before: null, after: 3 },
    ]);
  });

  it('a text in two is the same text, and joined again says the same', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-zñ ]{0,12}$/), { minLength: 1, maxLength: 8 }),
        fc.nat(9),
        (lines, at) => {
          const text = lines.join('\n');
          const two = cut([{ insert: text }], at);
          // What the page offers can always be done; before an empty line it can be, too, and is not offered.
          if (cuts(text).some(({ line }) => line === at)) expect(two).not.toBeNull();
          if (two) expect(`${wordsIn(two[0])}\n${wordsIn(two[1])}`).toBe(text);
        },
      ),
    );
    expect(
      cut([{ insert: 'uno' }, { insert: '\n', attributes: { block: 'bullet' } }, { insert: 'dos' }], 1),
    ).toEqual([[{ insert: 'uno' }, { insert: '\n', attributes: { block: 'bullet' } }], [{ insert: 'dos' }]]);
    expect(wordsIn(joinedWords([{ insert: 'a' }], [{ insert: 'b' }], 'second'))).toBe('b\na');
  });

  it('joined fields lose nothing and say nothing twice', () => {
    const bare = {
      title: '',
      summary: '',
      areas: [],
      law: '',
      reality: '',
      addressees: [],
      library: [],
      genderCheck: '',
      genderWaived: false,
      territory: false,
    };
    const a = { ...bare, law: 'Ley 1.', areas: ['agua'], genderCheck: 'No toca.', genderWaived: true };
    const b = {
      ...bare,
      law: 'Ley 1.\nLey 2.',
      areas: ['salud', 'agua'],
      genderCheck: 'Cargan el agua.',
      summary: 'Corto.',
    };
    expect(joinedFields(a, b, 'Los dos')).toMatchObject({
      title: 'Los dos',
      law: 'Ley 1.\nLey 2.',
      areas: ['agua', 'salud'],
      genderCheck: 'No toca.\nCargan el agua.',
      genderWaived: false,
      summary: 'Corto.',
    });
    expect(joinedFields(a, bare, '').genderWaived).toBe(true);
  });
});
