import * as Y from 'yjs';

/** What a text has: of each client, the clock that its next letter will have. */
export type Ground = Map<number, number>;

/**
 * Whether a text has everything that an update stands on; if so, what it brings is there from now on. Yjs would keep
 * the rest waiting for ever: durable in the log, and in no text.
 */
export function standsOn(ground: Ground, update: Uint8Array): boolean {
  const { structs, ds } = Y.decodeUpdate(update);
  const after = new Map(ground);
  const end = (client: number) => after.get(client) ?? 0;
  for (const struct of structs) {
    const { client, clock } = struct.id;
    if (struct instanceof Y.Skip || clock > end(client)) return false;
    after.set(client, Math.max(end(client), clock + struct.length));
  }
  const there = (id: Y.ID | null) => id === null || id.clock < end(id.client);
  const standing = structs.every(
    (struct) => !(struct instanceof Y.Item) || (there(struct.origin) && there(struct.rightOrigin)),
  );
  const gone = [...ds.clients].every(([client, spans]) =>
    spans.every(({ clock, len }) => clock + len <= end(client)),
  );
  if (!standing || !gone) return false;
  for (const [client, clock] of after) ground.set(client, clock);
  return true;
}
