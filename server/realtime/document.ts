import * as Y from 'yjs';
import { logError } from '../log';
import { mayCarry } from './attributes';
import { type Stretch, stretchesOf } from './pens';

/** The one root type of a document: a flat Y.Text under this name (drafting.md 4.10). */
export const textName = 'text';

/** What a client sent cannot be taken. */
export class Malformed extends Error {}

/** What a document is made of: an update, or what puts itself in, as a snapshot does. */
export type Part = Uint8Array | { applyTo(doc: Y.Doc): void };

/**
 * A temporary document that holds these parts, whatever their order. An update that Yjs cannot take is passed over.
 * @throws Error when a snapshot cannot be read: a text without it would be another text.
 */
export function documentOf(parts: Iterable<Part>): Y.Doc {
  const doc = new Y.Doc();
  const all: Uint8Array[] = [];
  for (const part of parts)
    if (part instanceof Uint8Array) all.push(part);
    else part.applyTo(doc);
  for (let i = 0; i < all.length; i += together)
    careful(() => {
      doc.transact(() => {
        for (const update of all.slice(i, i + together)) careful(() => Y.applyUpdate(doc, update));
      });
    });
  return doc;
}

/** A part as an update like any other, to be sent on. */
export function updateOf(part: Part): Uint8Array {
  if (part instanceof Uint8Array) return part;
  const doc = documentOf([part]);
  const update = Y.encodeStateAsUpdate(doc);
  doc.destroy();
  return update;
}

// Yjs tidies up after each transaction: many updates in one take less than half the time, all of them in one more.
const together = 500;

function careful(work: () => void): void {
  try {
    work();
  } catch (error) {
    logError('update in a log', error);
  }
}

// No embeds: the plain field counts letters, and an embed is none.
const kept = new Set<unknown>([Y.ContentString, Y.ContentDeleted, Y.ContentFormat]);

// Yjs takes it for granted that a client's own earlier items are there: one that stands beside a later item of
// the same client would throw in every document that it reaches, for ever.
const ahead = (item: Y.Item, beside: Y.ID | null) =>
  beside !== null && beside.client === item.id.client && beside.clock >= item.id.clock;

/**
 * Whether an update is of the kind a flat text is made of: no nested types, no other roots, no hidden maps, and no
 * looks but those that are shown.
 * @returns in which clients' ids it writes.
 * @throws Malformed, or an Error of Yjs where it cannot be read at all.
 */
export function checkUpdate(bytes: Uint8Array): Stretch[] {
  const { structs, ds } = Y.decodeUpdate(bytes);
  // A deletion of nothing is read, and can never be written again by who has to keep it for later.
  for (const deletions of ds.clients.values())
    if (deletions.some(({ len }) => len < 1)) throw new Malformed('deletes nothing');
  for (const struct of structs) {
    if (!(struct instanceof Y.Item)) continue;
    const { content } = struct;
    if (!kept.has(content.constructor)) throw new Malformed('not a flat text');
    if (content instanceof Y.ContentFormat && !mayCarry(content.key, content.value))
      throw new Malformed('not how a text may look');
    const parent: unknown = struct.parent;
    if ((parent !== null && parent !== textName) || struct.parentSub !== null)
      throw new Malformed('not this text');
    if (ahead(struct, struct.origin) || ahead(struct, struct.rightOrigin)) throw new Malformed('knotted');
  }
  return stretchesOf(structs);
}
