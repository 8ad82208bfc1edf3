import type { Heard, Session } from '../session';
import { releasesOf } from './acts';
import { readReleaseWord } from './messages';

/**
 * What of hers hangs on a text that its author has taken back: the text itself, that she agreed to it, a cover she signed.
 * It serves nobody any more, and says what was to be said outside. That it was taken back stays: it names the text by a
 * number alone, and without it a phone that has heard the rest would go on with it.
 */
export function remainsOf(session: Session): Heard[] {
  const gone = new Set(releasesOf(session).flatMap(({ withdrawn, name }) => (withdrawn ? [name] : [])));
  if (gone.size === 0) return [];
  return session.heard.filter(({ kind, by, body }) => {
    if (kind !== 'words' || by !== session.me || body.length === 0) return false;
    const word = readReleaseWord(body[0]!, body.subarray(1));
    return word !== null && word.type !== 'withdrawn' && gone.has(word.name);
  });
}
