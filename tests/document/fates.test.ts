import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  counted,
  difference,
  type Fate,
  fates,
  folded,
  kindOf,
  lettersOf,
  readable,
  type Standing,
} from '~/server/document/rules/comparison';

const standing = (articleId: string, number: number, over: Partial<Standing> = {}): Standing => ({
  articleId,
  number,
  area: 'agua',
  title: articleId,
  words: articleId,
  areas: 'agua',
  letters: 10,
  ...over,
});
const list = (...ids: string[]) => ids.map((id, i) => standing(id, i + 1));
const told = (all: Fate[]) => all.map((fate) => [fate.id, kindOf(fate)]);

// Any two versions: articles in any order, in two chapters, with one of two wordings.
const version = fc.uniqueArray(
  fc.record({
    id: fc.constantFrom(...'abcdefghij'),
    area: fc.constantFrom('agua', 'salud'),
    words: fc.constantFrom('así', 'de otro modo'),
  }),
  { selector: ({ id }) => id },
);
const standings = (given: { id: string; area: string; words: string }[]) =>
  given.map(({ id, ...rest }, i) => standing(id, i + 1, rest));

describe('what became of the articles', () => {
  it('goes by who an article is, not by its number', () => {
    expect(told(fates(list('mercurio', 'agua'), list('desmonte', 'mercurio', 'agua')))).toEqual([
      ['desmonte', 'new'],
      ['mercurio', 'renumbered'],
      ['agua', 'renumbered'],
    ]);
  });

  it('tells the one that moved from those that it pushed on', () => {
    const all = fates(list('a', 'b', 'c', 'd'), list('d', 'a', 'b', 'c'));
    expect(told(all)).toEqual([
      ['d', 'moved'],
      ['a', 'renumbered'],
      ['b', 'renumbered'],
      ['c', 'renumbered'],
    ]);
  });

  it('says of an article in another chapter that it moved, also where its number stays', () => {
    const after = [standing('a', 1, { area: 'salud' })];
    expect(fates(list('a'), after)).toMatchObject([{ chapter: true, place: false, changed: false }]);
    expect(told(fates(list('a'), after))).toEqual([['a', 'moved']]);
  });

  it('takes areas that it got with another chapter for its place, and others for what it says', () => {
    const areas = 'agua salud';
    expect(told(fates(list('a'), [standing('a', 1, { areas })]))).toEqual([['a', 'changed']]);
    expect(told(fates(list('a'), [standing('a', 1, { areas, area: 'salud' })]))).toEqual([['a', 'moved']]);
  });

  it('shows what was retired behind the article that it followed', () => {
    expect(told(fates(list('x', 'a', 'y', 'b'), list('a', 'b')))).toEqual([
      ['x', 'retired'],
      ['a', 'renumbered'],
      ['y', 'retired'],
      ['b', 'renumbered'],
    ]);
  });

  it('names every article of either version once, the later one in its order, and counts them all', () => {
    fc.assert(
      fc.property(version, version, (one, two) => {
        const all = fates(standings(one), standings(two));
        const ids = [...new Set([...one, ...two].map(({ id }) => id))];
        expect(all.map(({ id }) => id).sort()).toEqual(ids.sort());
        expect(all.filter(({ after }) => after).map(({ id }) => id)).toEqual(two.map(({ id }) => id));
        const counts = counted(all);
        expect(Object.values(counts).reduce((sum, n) => sum + n, 0)).toBe(ids.length);
        const back = counted(fates(standings(two), standings(one)));
        expect([back.new, back.retired, back.changed]).toEqual([counts.retired, counts.new, counts.changed]);
        // Who has not moved keeps the order, and one more could not.
        const steady = all.filter(({ before, after, place }) => before && after && !place);
        const was = steady.map(({ before }) => before!.number);
        expect(was).toEqual([...was].sort((a, b) => a - b));
      }),
    );
  });

  it('moves as few as may be', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...'abcdefg'], { minLength: 7 }), (order) => {
        const all = fates(list(...'abcdefg'), list(...order));
        const stay = all.filter(({ place }) => !place).length;
        // The longest rising run, looked for by trying them all.
        const subsets = [...Array(2 ** order.length).keys()].map((bits) =>
          order.filter((_, i) => bits & (1 << i)),
        );
        const longest = subsets
          .filter((run) => run.join('') === [...run].sort().join(''))
          .reduce((most, run) => Math.max(most, run.length), 0);
        expect(stay).toBe(longest);
      }),
    );
  });

  it('of a version and itself is nothing, in one line', () => {
    fc.assert(
      fc.property(version, (one) => {
        const all = fates(standings(one), standings(one));
        expect(counted(all)).toMatchObject({ same: one.length });
        expect(folded(all)).toEqual(
          one.length === 0 ? [] : [{ run: { kind: 'same', first: 1, last: one.length, was: 1 } }],
        );
      }),
    );
  });

  it('folds neighbours that were pushed on together, and loses none', () => {
    fc.assert(
      fc.property(version, version, (one, two) => {
        const all = fates(standings(one), standings(two));
        const unfolded = folded(all).flatMap((block) =>
          'fate' in block
            ? [[block.fate.before?.number ?? null, block.fate.after?.number ?? null]]
            : Array.from({ length: block.run.last - block.run.first + 1 }, (_, i) => [
                block.run.was + i,
                block.run.first + i,
              ]),
        );
        expect(unfolded).toEqual(
          all.map(({ before, after }) => [before?.number ?? null, after?.number ?? null]),
        );
      }),
    );
  });
});

const article = {
  title: 'Agua limpia',
  summary: '',
  text: 'El agua no se cobra.\nHay un punto cerca de cada campamento.',
  law: '',
  reality: '',
  genderCheck: 'Ellas cargan el agua.',
  genderWaived: false,
  territory: false,
  areas: ['agua'],
  addressees: ['ana'],
  library: [],
  concernIds: ['1'],
};

describe('what changed in an article', () => {
  it('counts whole words that came and went', () => {
    const after = { ...article, text: article.text.replace('no se cobra', 'es gratuita para todas') };
    expect(difference(article, after)).toMatchObject({
      words: { in: 4, out: 3 },
      fields: ['text'],
      listed: [],
      marked: [],
    });
  });

  it('sees signs without counting them as words', () => {
    const found = difference(article, { ...article, text: article.text.replace('cobra.', 'cobra;') });
    expect(found).toMatchObject({ words: { in: 0, out: 0 }, fields: ['text'] });
  });

  it('names lists by what came and went, marks and concerns', () => {
    const after = { ...article, addressees: ['minem'], territory: true, concernIds: ['2', '3', '1'] };
    expect(difference(article, after)).toEqual({
      words: { in: 0, out: 0 },
      fields: [],
      written: [],
      listed: [{ field: 'addressees', in: ['minem'], out: ['ana'] }],
      marked: ['territory'],
      concerns: { in: 2, out: 0 },
    });
  });

  it('finds nothing where lists stand in another order', () => {
    const two = { ...article, areas: ['agua', 'salud'] };
    expect(difference(two, { ...two, areas: ['salud', 'agua'] }).listed).toEqual([]);
  });

  it('can be read in small parts: of what came and went not one letter is lost', () => {
    const words = fc.array(fc.constantFrom('agua', 'mineral', 'X'.repeat(2500), '🙂'.repeat(1100), '\n'), {
      maxLength: 400,
    });
    fc.assert(
      fc.property(words, words, (one, two) => {
        const found = difference({ ...article, text: one.join(' ') }, { ...article, text: two.join(' ') });
        for (const { rows } of found.written) {
          const shown = readable(rows);
          const said = (all: typeof rows, kind: string) =>
            all
              .flatMap((row) => (row.kind === 'line' ? row.pieces : []))
              .filter((piece) => piece.kind === kind)
              .map(({ text }) => text)
              .join('');
          expect(said(shown, 'in')).toBe(said(rows, 'in'));
          expect(said(shown, 'out')).toBe(said(rows, 'out'));
          for (const row of shown) {
            expect(lettersOf(row)).toBeLessThanOrEqual(4001);
            if (row.kind === 'line')
              for (const { text } of row.pieces) expect(text).not.toMatch(/\p{Surrogate}/u);
          }
        }
      }),
      { numRuns: 40 },
    );
  });
});
