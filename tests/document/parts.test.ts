import { describe, expect, it } from 'vitest';
import { isArea, partOf, together } from '~/app/(publico)/documento/parts';

describe('a chapter that is too long for one page', () => {
  const all = Array.from({ length: together * 2 + 1 }, (_, i) => i + 1);
  it.each([
    [undefined, 1, together],
    ['2', 2, together],
    ['3', 3, 1],
    ['9', 3, 1],
    ['0', 1, together],
    ['-1', 1, together],
    ['dos', 1, together],
    [['2', '3'], 1, together],
    ['99999999999999999999', 1, together],
  ])('asked for part %j shows part %i with %i articles', (asked, part, n) => {
    const shown = partOf(all, asked);
    expect([shown.part, shown.parts, shown.items.length]).toEqual([part, 3, n]);
  });
  it('shows each article in exactly one part', () => {
    expect(['1', '2', '3'].flatMap((part) => partOf(all, part).items)).toEqual(all);
  });
  it('with nothing in it is one part', () => {
    expect(partOf([], '4')).toEqual({ items: [], part: 1, parts: 1 });
  });
  it('is one of the areas of the document', () => {
    expect([isArea('agua'), isArea('oro'), isArea(['agua']), isArea(undefined)]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});
