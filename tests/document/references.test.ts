import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holds } from '~/server/document/rules';
import { aknOf } from '~/server/document/rules/akn';
import { letterOf, linesOf, sayLine } from '~/server/document/rules/points';
import {
  looseIn,
  meaning,
  meantBy,
  namedIn,
  type PlaceOf,
  settled,
  spoken,
  tied,
  token,
  untied,
} from '~/server/document/rules/references';
import { said, treeOf } from '~/server/document/rules/tree';
import { emiliasVersion, hostile } from '../support/leaves';

const water = '3f1c9a52-7a5e-4f0e-9a62-0d0c5b0f1a11';
const clinic = '3f1c9a52-7a5e-4f0e-9a62-0d0c5b0f1a22';
const gone = '3f1c9a52-7a5e-4f0e-9a62-0d0c5b0f1a33';
const places =
  (numbers: Record<string, number>): PlaceOf =>
  (id) =>
    numbers[id] ? { id, number: numbers[id]! } : null;
const articleOf = (number: number) => ({ 1: water, 2: clinic })[number];

describe('what Emilia types', () => {
  it('is tied to the article that bears the number, and comes back as its number of that day', () => {
    const kept = tied('Como en el [artículo 2] y el [Art. 1].', articleOf);
    expect(kept).toBe(`Como en el ${token(clinic)} y el ${token(water)}.`);
    expect(untied(kept, places({ [water]: 3, [clinic]: 1 }))).toBe(
      'Como en el [artículo 1] y el [artículo 3].',
    );
  });

  it('stays as it is where nobody bears the number, and where the article is gone', () => {
    expect(tied('Ver [artículo 9].', articleOf)).toBe('Ver [artículo 9].');
    expect(looseIn('Ver [artículo 9] y [articulo 9].')).toEqual([9]);
    expect(untied(`Ver ${token(gone)}.`, places({}))).toBe(`Ver ${token(gone)}.`);
  });

  it('is the same with an accent in two pieces, and leaves other brackets alone', () => {
    expect(tied('[artículo 1]'.normalize('NFD'), articleOf)).toBe(token(water));
    expect(tied('artículo 1, [1], [artículo uno], [[artículo]]', articleOf)).toBe(
      'artículo 1, [1], [artículo uno], [[artículo]]',
    );
  });

  it('means what it meant on her screen', () => {
    const names = meaning([{ id: water, number: 7 }]);
    expect(tied('[artículo 7] [artículo 1]', meantBy(names))).toBe(`${token(water)} [artículo 1]`);
    expect(meantBy('')(7)).toBeUndefined();
  });

  it('comes back the same whatever stands around it and however articles are numbered', () => {
    const ids = [water, clinic, gone];
    const numbering = fc.shuffledSubarray([1, 2, 3], { minLength: 3 });
    const text = fc
      .array(fc.oneof(hostile, fc.constantFrom(...ids.map(token))), { maxLength: 8 })
      .map((parts) => parts.join(' ').normalize('NFC'))
      .filter((words) => looseIn(words).length === 0);
    fc.assert(
      fc.property(text, numbering, (kept, order) => {
        const placeOf = places(Object.fromEntries(ids.map((id, i) => [id, order[i]!])));
        const names = ids.map((id, i) => ({ id, number: order[i]! }));
        expect(tied(untied(kept, placeOf), meantBy(meaning(names)))).toBe(kept);
      }),
    );
  });
});

describe('a text that is frozen', () => {
  const text = `Como el ${token(clinic)}.\n- Uno.\n- Según el ${token(water)}, dos 👩🏽‍🏭 y el ${token(clinic)}.`;
  const read = settled(text, places({ [water]: 12, [clinic]: 3 }), '[…]');

  it('says the numbers of that moment, and where which article is named', () => {
    expect(read.text).toBe(
      'Como el artículo 3.\n- Uno.\n- Según el artículo 12, dos 👩🏽‍🏭 y el artículo 3.',
    );
    expect(read.references.map(({ article, number }) => [article, number])).toEqual([
      [clinic, 3],
      [water, 12],
      [clinic, 3],
    ]);
    for (const { at, number } of read.references)
      expect([...read.text].slice(at, at + spoken(number).length).join('')).toBe(spoken(number));
    expect(read.broken).toEqual([]);
  });

  it('leads to where an article went', () => {
    const into: PlaceOf = (id) => (id === gone ? { id: water, number: 1 } : null);
    expect(settled(token(gone), into, '').references).toEqual([{ article: water, number: 1, at: 0 }]);
  });

  it('tells of what is gone and of what nobody tied', () => {
    const { broken, text: words } = settled(`${token(gone)} [artículo 4]`, places({}), '[…]');
    expect(broken).toEqual([{ id: gone }, { number: 4 }]);
    expect(words).toBe('[…] […]');
    expect(namedIn(`${token(gone)} ${token(gone)}`)).toEqual([gone]);
  });

  it('carries them in the canonical text, whose seal holds', () => {
    const { canonical, sha256, articles } = emiliasVersion({ text: read.text, references: read.references });
    expect(holds(canonical, sha256)).toBe(true);
    expect(articles[0]!.references).toEqual(read.references);
    const other = emiliasVersion({ text: read.text, references: read.references.slice(1) });
    expect(other.articles[0]!.sha256).not.toBe(articles[0]!.sha256);
  });

  it('has the seal that it had before there were references, where it names none', () => {
    const { sha256, articles } = emiliasVersion({
      text: 'Uno, como dice el artículo 2.\n- Dos.\n- Tres.',
      references: [],
    });
    // Made with the rules of before.
    expect(sha256).toBe('414429534ffdd52d7c4ef03026d5366637c67404c9220f54a79af72e38bbf1ab');
    expect(articles[0]!.sha256).toBe('3f498d68a53454ebe66e614782af4999b1e1877bc0289ef8e2de9f538f2b6112');
  });
});

describe('points', () => {
  it('are lettered through the whole article, with the letters of Spanish', () => {
    expect(linesOf('Habrá:\n- agua;\n • luz.\nY también:\n- posta.').map(sayLine)).toEqual([
      'Habrá:',
      'a) agua;',
      'b) luz.',
      'Y también:',
      'c) posta.',
    ]);
    expect([0, 13, 14, 26, 27, 53, 54].map(letterOf)).toEqual(['a', 'n', 'ñ', 'z', 'aa', 'az', 'ba']);
  });

  it('are no words that only begin with a dash', () => {
    expect(linesOf('-5 grados\n-\n- \n--- \n1 - 2').map(sayLine)).toEqual([
      '-5 grados',
      '-',
      '-',
      '---',
      '1 - 2',
    ]);
  });

  it('may begin with an article that they name', () => {
    const { text, references } = settled(`- ${token(water)} manda.`, places({ [water]: 1 }), '');
    expect(linesOf(text, references)).toEqual([
      { letter: 'a)', runs: [{ words: 'artículo 1', to: { id: water, number: 1 } }, { words: ' manda.' }] },
    ]);
  });

  it('say the same words with references as without, whatever they are', () => {
    const ids = [water, clinic];
    const any = fc
      .array(fc.oneof(hostile, fc.constantFrom(...ids.map(token)), fc.constant('\n- ')), { maxLength: 10 })
      .map((parts) => parts.join(' '));
    fc.assert(
      fc.property(any, (kept) => {
        const { text, references } = settled(kept, places({ [water]: 1, [clinic]: 22 }), '');
        expect(linesOf(text, references).map(sayLine)).toEqual(linesOf(text).map(sayLine));
        const named = linesOf(text, references).flatMap(({ runs }) => runs.flatMap(({ to }) => to ?? []));
        expect(named.map(({ id }) => id)).toEqual(references.map(({ article }) => article));
      }),
    );
  });

  it('are told apart from a place that a published file only claims', () => {
    expect(linesOf('Uno dos tres', [{ article: water, number: 1, at: 4 }])).toEqual([
      { letter: null, runs: [{ words: 'Uno dos tres' }] },
    ]);
  });
});

describe('the forms in which it leaves', () => {
  const { text, references } = settled(
    `Vale:\n- el agua;\n- el ${token(clinic)}.`,
    places({ [clinic]: 2 }),
    '',
  );
  const { canonical, sha256 } = emiliasVersion({ text, references });
  const tree = treeOf(canonical, sha256);
  it('say the letters and lead to the article', () => {
    expect(said(tree.chapters[0]!.articles[0]!, 'text')).toEqual([
      'Vale:',
      'a) el agua;',
      'b) el artículo 2.',
    ]);
    const xml = aknOf(tree);
    expect(xml).toContain('<num>b)</num>');
    expect(xml).toContain('el <ref href="#art_2">artículo 2</ref>.');
  });
});
