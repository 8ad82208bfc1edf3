import * as Y from 'yjs';
import type { Authored } from './authors';

/** Letters of one client as a message brings them: the clock of the first, and the one behind the last. */
export type Stretch = { client: number; from: number; to: number };

/** Whose client ids an update writes in, each once. What it only deletes is nobody's writing. */
export function stretchesOf(structs: readonly (Y.Item | Y.GC | Y.Skip)[]): Stretch[] {
  const found: Stretch[] = [];
  for (const struct of structs) {
    if (struct instanceof Y.Skip) continue;
    const { client, clock } = struct.id;
    const to = clock + struct.length;
    const last = found.at(-1);
    if (last?.client === client) last.to = Math.max(last.to, to);
    else found.push({ client, from: clock, to });
  }
  return found;
}

/**
 * Whose pen is whose at one text. Yjs takes the first letter that comes under a client's id and clock, and never
 * another: who writes ahead in somebody else's id makes what she writes next invisible, though it is in the log. So
 * an id belongs to who has written in it, or was here with it, first.
 * @param known what the log says, asked for only where an id was there before anybody came.
 */
export function startPens(known: () => Promise<Authored[]>) {
  const owners = new Map<number, Set<string | null>>();
  // Who said who she is before it was asked what the text has: our own page is told all of it without that.
  const early = new Map<number, string>();
  let there: Map<number, number> | null = null;
  const own = (client: number, person: string | null) => {
    if (!owners.get(client)?.add(person)) owners.set(client, new Set([person]));
  };

  /** Undefined where the log has to be asked. Nobody's is anybody's. */
  const may = (client: number, person: string): boolean | undefined =>
    !there
      ? undefined
      : owners.has(client)
        ? owners.get(client)!.has(person)
        : there.has(client)
          ? undefined
          : true;

  return {
    /** What the text had when the first one here was answered. */
    begin(vector: Uint8Array): void {
      if (there) return;
      there = Y.decodeStateVector(vector);
      for (const [client, person] of early) if (may(client, person)) own(client, person);
      early.clear();
    },
    /** Somebody is here with this id: hers, if it is nobody's yet. */
    claim(client: number, person: string): void {
      if (there) {
        if (may(client, person)) own(client, person);
      } else if (!early.has(client)) early.set(client, person);
    },
    /** Written elsewhere: whose it is stands in the log. */
    hear(update: Uint8Array): void {
      for (const { client, to } of stretchesOf(Y.decodeUpdate(update).structs)) there?.set(client, to);
    },
    /** Whether this person may write in all of these, undefined where the log has to be asked. */
    are(person: string, stretches: readonly Stretch[]): boolean | undefined {
      const each = stretches.map(({ client }) => may(client, person));
      return each.includes(false) ? false : each.includes(undefined) ? undefined : true;
    },
    /**
     * Learns from the log whose the ids are that it has.
     * @param durable the ids that were in it before: what is only on its way there is not nobody's.
     */
    async learn(durable: Iterable<number>): Promise<void> {
      for (const { client, author } of await known()) own(client, author);
      for (const client of durable) if (!owners.has(client)) own(client, null);
    },
  };
}
export type Pens = ReturnType<typeof startPens>;
