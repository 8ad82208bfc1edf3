import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { changes, editUpdate, firstUpdate, plainText } from '~/server/drafts/rules';

const apply = (from: string, to: string) =>
  changes(from, to).reduceRight(
    (text, { at, remove, insert }) => text.slice(0, at) + insert + text.slice(at + remove),
    from,
  );

describe('the text of a log', () => {
  it('is what was put in first, accents, emoji and line ends included', () => {
    const words = 'Artículo de las pallaqueras ⛏️\n\nQueremos un registro propio.\n';
    expect(plainText([firstUpdate(words)])).toBe(words);
  });

  it('is empty for an empty log, and the same in any order of the updates', () => {
    expect(plainText([])).toBe('');
    const first = firstUpdate('uno');
    const second = editUpdate([first], 'uno dos')!;
    expect(plainText([second, first, second])).toBe('uno dos');
  });
});

describe('changes between two texts', () => {
  it('leads from any text to any other', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (from, to) => {
        expect(apply(from, to)).toBe(to);
      }),
    );
  });

  it('never cuts a word or a sign of two units in half', () => {
    expect(changes('a 😀 b', 'a 😁 b')).toEqual([{ at: 2, remove: 2, insert: '😁' }]);
    expect(changes('agua1 limpia', 'agua2 limpia')).toEqual([{ at: 0, remove: 5, insert: 'agua2' }]);
  });

  it('touches only the words that differ', () => {
    expect(changes('uno dos tres\ncuatro', 'uno dos y tres\ncuatro')).toEqual([
      { at: 8, remove: 0, insert: 'y ' },
    ]);
    expect(changes('la casa', 'la casas')).toEqual([{ at: 3, remove: 4, insert: 'casas' }]);
  });

  it('takes a bounded time for two long texts with nothing in common', () => {
    const text = (seed: number) =>
      Array.from({ length: 20_000 }, (_, i) => `${(i * seed) % 99_991}`).join(' ');
    const started = performance.now();
    expect(apply(text(31), text(77))).toBe(text(77));
    expect(changes(`al inicio ${text(31)} al fin`, `al inicio ${text(77)} al fin`)[0]?.at).toBeGreaterThan(9);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe('an edit by form', () => {
  it('is nothing when nothing differs', () => {
    expect(editUpdate([firstUpdate('igual')], 'igual')).toBeNull();
  });

  it('keeps what Rosa wrote while Julia had the form open', () => {
    const base = [firstUpdate('Pedimos agua limpia.\nPedimos registro.\n')];
    const rosa = editUpdate(base, 'Pedimos agua limpia y segura.\nPedimos registro.\n')!;
    const julia = editUpdate(base, 'Pedimos agua limpia.\nPedimos registro propio para mujeres.\n')!;
    expect(plainText([...base, rosa, julia])).toBe(
      'Pedimos agua limpia y segura.\nPedimos registro propio para mujeres.\n',
    );
  });

  it('keeps what was written inside a line that the form deleted', () => {
    const base = [firstUpdate('primera\nsegunda\n')];
    const rosa = editUpdate(base, 'primera\nsegunda URGENTE\n')!;
    const julia = editUpdate(base, 'primera\n')!;
    expect(plainText([...base, rosa, julia])).toContain('URGENTE');
  });

  it('comes out the same for everybody, whatever order it arrives in', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (first, a, b) => {
        const base = [firstUpdate(first)];
        const edits = [editUpdate(base, a), editUpdate(base, b)].filter((u) => u !== null);
        const there = plainText([...base, ...edits]);
        expect(plainText([...base, ...edits.toReversed()])).toBe(there);
        expect(plainText([Y.mergeUpdates([...base, ...edits])])).toBe(there);
      }),
    );
  });
});
