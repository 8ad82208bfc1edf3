import * as Y from 'yjs';

/** Own words that somebody else’s edit took away, as they stood beside each other. */
export type Lost = { id: string; words: string };

type Part = { client: number; clock: number; words: string };
type Piece = Lost & { parts: Part[] };

const nameOf = ({ client, clock }: { client: number; clock: number }) => `${client}:${clock}`;
const skippedAtMost = 1000;

/** How often words stand in a text. */
function count(text: string, words: string): number {
  let n = 0;
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + words.length)) n++;
  return n;
}

/**
 * Watches over one's own words. What somebody else’s edit takes away lies in the tray until it is put back or let
 * go of; what the same edit puts in elsewhere has only been moved. Single letters are somebody's correction.
 * @param own whose items are one's own; @param foreign whether a change came from others.
 */
export function watchOver(
  text: Y.Text,
  own: (client: number) => boolean,
  foreign: (transaction: Y.Transaction) => boolean,
) {
  const parts = new Map<string, Part>();
  // How often the words of a piece stood in the text when it was lost: they may come back by another way.
  const stood = new Map<string, number>();
  let pieces: Piece[] = [];

  /** The part that stood right behind this one, with nothing between that is still there. */
  function next({ client, clock, words }: Part): Part | undefined {
    const doc = text.doc!;
    let id = { client, clock: clock + words.length };
    let item: Y.Item | Y.GC | null = Y.getItem(doc.store, Y.createID(client, id.clock - 1));
    for (let skipped = 0; item instanceof Y.Item && skipped < skippedAtMost; skipped++) {
      if (
        id.client !== item.id.client ||
        id.clock >= item.id.clock + item.length ||
        id.clock < item.id.clock
      ) {
        item = item.right;
        if (!item || (!item.deleted && item.countable)) return undefined;
        id = { client: item.id.client, clock: item.id.clock };
      }
      const found = parts.get(nameOf(id));
      if (found) return found;
      // Within a run of what is gone a part may begin anywhere.
      id = { client: id.client, clock: id.clock + 1 };
      const inside = [...parts.values()].find(
        (one) =>
          one.client === item!.id.client &&
          one.clock >= id.clock &&
          one.clock < item!.id.clock + item!.length,
      );
      if (inside) return inside;
      id = { client: item.id.client, clock: item.id.clock + item.length };
    }
    return undefined;
  }

  function group(): void {
    const behind = new Map<Part, Part>();
    for (const part of parts.values()) {
      const found = next(part);
      if (found && found !== part) behind.set(part, found);
    }
    const second = new Set(behind.values());
    const now = text.toString();
    pieces = [...parts.values()]
      .filter((part) => !second.has(part))
      .map((part) => {
        const all = [part];
        for (let more = behind.get(part); more && !all.includes(more); more = behind.get(more))
          all.push(more);
        return { id: nameOf(part), words: all.map(({ words }) => words).join(''), parts: all };
      });
    for (const { words } of pieces) {
      const said = words.trim();
      if (said && !stood.has(said)) stood.set(said, count(now, said) + 1);
    }
  }

  const watch = ({ delta, transaction }: Y.YTextEvent) => {
    if (!foreign(transaction)) return;
    let put = '';
    for (const { insert } of delta) if (typeof insert === 'string') put += insert;
    const before = parts.size;
    Y.iterateDeletedStructs(transaction, transaction.deleteSet, (item) => {
      if (!(item instanceof Y.Item) || !(item.content instanceof Y.ContentString)) return;
      if (!own(item.id.client) || item.parent !== text) return;
      const words = item.content.str;
      if (!put.includes(words)) parts.set(nameOf(item.id), { ...item.id, words });
    });
    if (parts.size !== before) group();
  };
  text.observe(watch);

  function letGo(id: string): void {
    for (const part of pieces.find((piece) => piece.id === id)?.parts ?? []) parts.delete(nameOf(part));
    pieces = pieces.filter((piece) => piece.id !== id);
  }

  return {
    /** What lies in the tray now. */
    list(): Lost[] {
      if (pieces.length === 0) return [];
      const now = text.toString();
      return pieces
        .filter(({ words }) => {
          const said = words.trim();
          return /[\p{L}\p{N}]{2}/u.test(said) && count(now, said) < (stood.get(said) ?? 1);
        })
        .map(({ id, words }) => ({ id, words }));
    },
    letGo,
    /** Where a piece stood, in letters of the text as it is now; for putting it back. Lets go of it. */
    take(id: string): { at: number; words: string } | null {
      const piece = pieces.find((one) => one.id === id);
      if (!piece) return null;
      const [first] = piece.parts;
      const place = Y.createRelativePositionFromJSON({
        item: { client: first!.client, clock: first!.clock },
      });
      const at = Y.createAbsolutePositionFromRelativePosition(place, text.doc!)?.index ?? text.length;
      letGo(id);
      return { at, words: piece.words };
    },
    release: () => text.unobserve(watch),
  };
}
export type Tray = ReturnType<typeof watchOver>;
