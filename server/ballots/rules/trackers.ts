import { trackerWords } from '~/db/reference/tracker-words';

/** How many words a receipt has. */
export const trackerLength = 5;

/** A receipt as somebody typed it. `unknown`: the words that no receipt has, as she typed them. */
export type TypedTracker = { tracker: string | null; unknown: string[] };

/**
 * Reads a receipt from paper: forgiving of capitals, accents, commas, numbers of a list and breaks between lines.
 * `tracker` is null where these cannot be the five words of one.
 */
export function readTracker(typed: string): TypedTracker {
  const given = typed
    .normalize('NFC')
    .split(/[^\p{L}]+/u)
    .filter(Boolean);
  const plain = (word: string) => word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const unknown = given.filter((word) => !trackerWords.includes(plain(word)));
  const whole = unknown.length === 0 && given.length === trackerLength;
  return { tracker: whole ? given.map(plain).join(' ') : null, unknown };
}
