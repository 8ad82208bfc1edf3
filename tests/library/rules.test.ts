import { describe, expect, it } from 'vitest';
import { type LibraryItem, library } from '~/db/reference/library';
import { matches, publishable } from '~/server/library/rules';

const items: readonly LibraryItem[] = library;
const law = items.find((one) => one.slug === 'ley-27651')!;

describe('the library', () => {
  it('shows only what says where it was read and when it was checked', () => {
    expect(items.filter(publishable)).toHaveLength(items.length);
    expect(publishable({ ...law, source: ' ' })).toBe(false);
    expect(publishable({ ...law, checked: '' })).toBe(false);
  });

  it('ships no Bolivian help number that nobody has confirmed', () => {
    const help = items.filter((one) => one.country === 'BO' && one.kind === 'ayuda');
    expect(help.length).toBeGreaterThan(0);
    for (const one of help) expect(`${one.title} ${one.oneLiner.es}`).not.toMatch(/\d{3}/);
  });

  it.each([
    ['mineria', true],
    ['MINERÍA artesanal', true],
    ['27651', true],
    ['cooperativa', false],
  ])('finds Ley 27651 by «%s»: %s', (q, found) => expect(matches(law, q)).toBe(found));
});
