import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  backingNeeded,
  changesOf,
  fateOf,
  type Kind,
  merged,
  standsAsRival,
  together,
  touch,
} from '~/server/amendments/rules';

const water = 'Hay agua limpia en cada campamento. Su uso no se cobra. Se analiza cada año.';

describe('a rival in the vote', () => {
  it.each([
    [0, 3],
    [9, 3],
    [30, 3],
    [31, 4],
    [40, 4],
    [95, 10],
  ])('of %i accredited bases needs %i', (bases, needed) => {
    expect(backingNeeded(bases)).toBe(needed);
  });

  it.each([
    ['rejected', 3, true],
    ['rejected', 2, false],
    ['open', 3, true],
    ['open', 2, false],
    ['accepted', 9, false],
    ['withdrawn', 9, false],
    ['overtaken', 9, false],
  ] as const)('%s with %i bases: %s', (state, backings, stands) => {
    expect(standsAsRival({ state, backings }, 12)).toBe(stands);
  });
});

describe('amendments that touch the same words', () => {
  const replace = (id: string, text: string) => ({ id, kind: 'replace' as Kind, text });
  const limpia = replace('Flor', water.replace('limpia', 'segura'));
  const pura = replace('Vetas', water.replace('limpia', 'pura'));
  const cobra = replace('Río', water.replace('no se cobra', 'es libre'));
  const groups = (...all: { id: string; kind: Kind; text: string }[]) =>
    together(water, all).map((group) => group.map(({ id }) => id));

  it('stand together, the others alone', () => {
    expect(groups(limpia, cobra, pura)).toEqual([['Flor', 'Vetas'], ['Río']]);
  });
  it('are joined by who wants the whole article gone', () => {
    expect(groups(limpia, cobra, { id: 'Sin', kind: 'remove', text: '' })).toEqual([['Flor', 'Río', 'Sin']]);
  });
  it('are joined by a third one that touches both', () => {
    const both = replace('Ambas', water.replace('limpia', 'potable').replace('no se cobra', 'es gratuito'));
    expect(groups(limpia, cobra, both)).toEqual([['Flor', 'Río', 'Ambas']]);
  });
  it('that want a new article touch nothing', () => {
    expect(groups(limpia, { id: 'Nuevo', kind: 'add', text: 'Otro.' }, pura)).toEqual([
      ['Flor', 'Vetas'],
      ['Nuevo'],
    ]);
  });
  it('lose nobody, whatever the order', () => {
    const words = fc.array(fc.constantFrom('agua', 'oro', 'mina', 'sol'), { minLength: 1, maxLength: 8 });
    const kind = fc.constantFrom<Kind>('replace', 'add', 'remove');
    fc.assert(
      fc.property(words, fc.array(fc.record({ kind, words }), { maxLength: 8 }), (base, some) => {
        const all = some.map((one) => ({ kind: one.kind, text: one.words.join(' ') }));
        const found = together(base.join(' '), all);
        expect(new Set(found.flat())).toEqual(new Set(all));
        expect(found.flat()).toHaveLength(all.length);
        // Nobody in one group touches anybody in another.
        for (const [i, group] of found.entries())
          for (const other of found.slice(i + 1))
            for (const one of group)
              for (const two of other)
                for (const mine of changesOf(base.join(' '), one))
                  for (const theirs of changesOf(base.join(' '), two))
                    expect(touch(mine, theirs)).toBe(false);
      }),
      { numRuns: 200 },
    );
  });
});

describe('two changes of one text', () => {
  it('come together where they touch different words', () => {
    expect(
      merged(water, water.replace('cada año', 'dos veces al año'), water.replace('limpia', 'segura')),
    ).toBe('Hay agua segura en cada campamento. Su uso no se cobra. Se analiza dos veces al año.');
  });
  it('need a person where they touch the same words', () => {
    expect(merged(water, water.replace('limpia', 'pura'), water.replace('limpia', 'segura'))).toBeNull();
  });
  it('agree where both say the same', () => {
    const same = water.replace('limpia', 'segura');
    expect(merged(water, same, same)).toBe(same);
  });
  it('give the one, where the other changes nothing; and do not depend on who came first', () => {
    const words = fc
      .array(fc.constantFrom('agua', 'oro', 'mina', 'sol', 'pozo\n'), { maxLength: 12 })
      .map((list) => list.join(' '));
    fc.assert(
      fc.property(words, words, words, (base, one, other) => {
        expect(merged(base, one, base)).toBe(one);
        expect(merged(base, base, one)).toBe(one);
        expect(merged(base, one, other)).toBe(merged(base, other, one));
      }),
      { numRuns: 300 },
    );
  });
});

describe('when the next version is frozen', () => {
  const was = { title: 'Agua', text: water };
  const changed = { title: 'Agua', text: `${water} Y más.` };
  const renamed = { title: 'Agua segura', text: water };
  it.each([
    ['replace', 'open', was, was, 'carried'],
    ['replace', 'open', was, changed, 'overtaken'],
    ['replace', 'open', was, renamed, 'overtaken'],
    ['replace', 'open', was, null, 'overtaken'],
    ['remove', 'open', was, was, 'carried'],
    ['remove', 'open', was, null, 'overtaken'],
    ['add', 'open', null, null, 'carried'],
    ['replace', 'rejected', was, was, 'carried'],
    ['replace', 'rejected', was, changed, 'carried'],
    ['replace', 'rejected', was, null, 'stays'],
    ['add', 'rejected', null, null, 'carried'],
    ['replace', 'accepted', was, was, 'stays'],
    ['replace', 'withdrawn', was, was, 'stays'],
    ['replace', 'overtaken', was, was, 'stays'],
  ] as const)('%s, %s: %#', (kind, state, before, after, fate) => {
    expect(fateOf({ kind, state, rival: state === 'rejected' }, before, after)).toBe(fate);
  });
  it.each([
    ['replace', changed, 'carried'],
    ['replace', renamed, 'carried'],
    ['replace', null, 'overtaken'],
    ['remove', changed, 'carried'],
  ] as const)('an open one that enough bases stand behind, %s: %#', (kind, after, fate) => {
    expect(fateOf({ kind, state: 'open', rival: true }, was, after)).toBe(fate);
  });
});
