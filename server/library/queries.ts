import { type LibraryItem, library } from '~/db/reference/library';
import { query } from '../act';
import * as policy from './policy';
import { matches, publishable } from './rules';
import * as schema from './schema';

const items: readonly LibraryItem[] = library;

/** The items that say where they were read, as searched. */
export const list = query({
  action: 'library.list',
  rule: policy.read,
  input: schema.search,
  load: async (_db, { q, country, kind }) =>
    items.filter(
      (item) =>
        publishable(item) &&
        (!country || item.country === country) &&
        (!kind || item.kind === kind) &&
        (!q || matches(item, q)),
    ),
  present: (found) => ({ items: found }),
});

export const item = query({
  action: 'library.item',
  rule: policy.read,
  input: schema.bySlug,
  load: async (_db, { slug }) => items.find((one) => one.slug === slug && publishable(one)) ?? null,
  present: (found) => found,
});
