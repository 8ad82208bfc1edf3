import * as Y from 'yjs';

/** Letters of one client that stand one after another in its numbering: Yjs item ids, `length` in UTF-16 units. */
export type Span = { client: number; clock: number; length: number };

/** The letters (and marks) that an update brings. What it only deletes brings nothing. */
export function broughtBy(update: Uint8Array): Span[] {
  const spans: Span[] = [];
  for (const struct of Y.decodeUpdate(update).structs) {
    if (struct instanceof Y.Skip) continue;
    const { client, clock } = struct.id;
    const last = spans.at(-1);
    if (last && last.client === client && last.clock + last.length === clock) last.length += struct.length;
    else spans.push({ client, clock, length: struct.length });
  }
  return spans;
}
