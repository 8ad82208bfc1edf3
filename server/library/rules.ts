import type { LibraryItem } from '~/db/reference/library';

/** Without accents and case, as the concerns' search does it in the database. */
const plain = (words: string) => words.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Whether an item holds every word that is searched, in its title or its line, in either language. */
export function matches(item: LibraryItem, q: string): boolean {
  const words = plain(`${item.title} ${item.oneLiner.es} ${item.oneLiner.en}`);
  return plain(q)
    .split(/\s+/)
    .every((word) => words.includes(word));
}

/** Only what says where it was read and when it was last looked at may be shown. */
export const publishable = (item: LibraryItem) =>
  item.source.trim() !== '' && /^\d{4}-\d{2}/.test(item.checked);
