import * as Y from 'yjs';
import { type Authored, authored } from './authors';
import { documentOf, textName } from './document';
import { pack, unpack } from './snapshots';

/** What is kept of a text's older part, and the rows of its log that come next. */
export type Unfolded = {
  state: Uint8Array | null;
  authors: Authored[];
  rows: { author: string | null; bytes: Uint8Array }[];
};
export type Folded = { state: Uint8Array; authors: Authored[] };

/** Word by word, with everything that is gone, and with what still waits for words that did not come. */
const same = (a: Y.Doc, b: Y.Doc) =>
  Y.equalSnapshots(Y.snapshot(a), Y.snapshot(b)) &&
  (a.store.pendingStructs === null) === (b.store.pendingStructs === null) &&
  (a.store.pendingDs === null) === (b.store.pendingDs === null) &&
  JSON.stringify(a.getText(textName).toDelta()) === JSON.stringify(b.getText(textName).toDelta());

/**
 * Makes one state of a state and the updates behind it, and says who brought what. Through a document that lets
 * deleted words go: merging the updates themselves takes far longer and keeps more (drafting.md 2.3).
 * @throws Error when what was made does not read back as what it was made from.
 */
export function fold({ state, authors, rows }: Unfolded): Folded {
  const doc = documentOf([...(state ? [unpack(state)] : []), ...rows.map(({ bytes }) => bytes)]);
  const made = pack(doc);
  const back = documentOf([unpack(made)]);
  if (!same(doc, back)) throw new Error('a fold that lost something');
  return { state: made, authors: authored(authors, rows) };
}
