import * as Y from 'yjs';
import { documentOf, type Part, textName } from '../realtime/document';
import { type Change, changes } from './rules/changes';
import { put } from './rules/edits';
import { deltaOf, textOf, type Words, wordsIn } from './rules/texts';

export { type Change, changes };

/** The words of a text, from the updates of its log (any order, repeated or not). */
export const plainText = (updates: readonly Part[]): string =>
  documentOf(updates).getText(textName).toString();

/** The update that makes an empty document hold this text. */
export function firstUpdate(text: string): Uint8Array {
  const doc = new Y.Doc();
  doc.getText(textName).insert(0, text);
  return Y.encodeStateAsUpdate(doc);
}

/**
 * The update that turns the text of these updates into `newText`. Merged into a document that has moved on
 * since, it takes away and adds only what differs here: what others wrote meanwhile stays.
 * @returns null when nothing differs.
 */
export function editUpdate(updates: readonly Part[], newText: string): Uint8Array | null {
  const doc = documentOf(updates);
  const text = doc.getText(textName);
  const wanted = changes(text.toString(), newText);
  if (wanted.length === 0) return null;
  let made: Uint8Array | null = null;
  doc.once('update', (update: Uint8Array) => {
    made = update;
  });
  doc.transact(() => {
    for (const { at, remove, insert } of wanted.reverse()) put(text, at, remove, insert);
  });
  return made;
}

/**
 * The first update of another text that says these words out of the text of these updates, and looks as they do there.
 */
export function copyUpdate(updates: readonly Part[], words: string): Uint8Array {
  const edit = editUpdate(updates, words);
  const doc = new Y.Doc();
  doc.getText(textName).applyDelta(deltaOf(textOf(edit ? [...updates, edit] : updates)));
  return Y.encodeStateAsUpdate(doc);
}

/** The first update of a text that says these words and looks like this. */
export function writtenUpdate(words: Words): Uint8Array {
  const doc = new Y.Doc();
  doc.getText(textName).applyDelta(words);
  return Y.encodeStateAsUpdate(doc);
}

const look = (attributes: Record<string, unknown> | undefined, key: string) => attributes?.[key] ?? null;

/** Gives each letter of a text the looks that it has in `words`, which says the same letters. */
function dress(text: Y.Text, words: Words): void {
  const seen = text.toDelta() as Words;
  const ends = (stretches: Words) => {
    let at = 0;
    return stretches.map(({ insert, attributes }) => {
      at += insert.length;
      return { end: at, attributes };
    });
  };
  const [has, wants] = [ends(seen), ends(words)];
  let [i, j, from] = [0, 0, 0];
  while (i < has.length && j < wants.length) {
    const [now, then] = [has[i]!, wants[j]!];
    const end = Math.min(now.end, then.end);
    const keys = new Set([...Object.keys(now.attributes ?? {}), ...Object.keys(then.attributes ?? {})]);
    const changed = [...keys].filter(
      (key) => JSON.stringify(look(now.attributes, key)) !== JSON.stringify(look(then.attributes, key)),
    );
    if (changed.length > 0)
      text.format(
        from,
        end - from,
        Object.fromEntries(changed.map((key) => [key, look(then.attributes, key)])),
      );
    from = end;
    if (now.end === end) i++;
    if (then.end === end) j++;
  }
}

/**
 * The update that turns the text of these updates into these words with these looks, as an edit: only what differs is
 * taken away or added, so that what comes later from elsewhere still finds its place.
 * @returns null when nothing differs.
 */
export function becomeUpdate(updates: readonly Part[], words: Words): Uint8Array | null {
  const doc = documentOf(updates);
  const text = doc.getText(textName);
  let made: Uint8Array | null = null;
  doc.once('update', (update: Uint8Array) => {
    made = update;
  });
  doc.transact(() => {
    for (const { at, remove, insert } of changes(text.toString(), wordsIn(words)).reverse()) {
      if (remove > 0) text.delete(at, remove);
      if (insert) text.insert(at, insert, {});
    }
    dress(text, words);
  });
  return made;
}
