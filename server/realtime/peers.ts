import * as Y from 'yjs';
import type { Db } from '~/db/client';
import { logError } from '../log';
import { authorsOf } from './authors';
import type { Commits, Outcome } from './commits';
import { updateOf } from './document';
import type { Ground as TextGround } from './ground';
import { type Entry, read, textState } from './log';
import type { Message } from './others';
import { type Stretch, startPens } from './pens';
import { startPresence } from './presence';
import { markOf, placeIn, placeOf, updateFrame } from './protocol';
import { startReach } from './reach';
import type { Socket } from './socket';
import type { Packed, State, States } from './state';

// More than this in pieces, and the whole text is the shorter answer.
const piecesAtMost = 2000;
// What lies behind a hole is usually only early.
const holeMs = 300;

type Ground = {
  db: Db;
  commits: Commits;
  states: States;
  quietMs: number;
  empty: () => void;
  tell: (message: Message) => void;
  /** Whether an answer may bring what somebody else wrote: she may have lost it with the process, or with the database. */
  carries: () => boolean;
};

/** Those who have one text open: what one writes is told to the others at once and written down. */
export function gather(textId: string, { db, commits, states, quietMs, empty, tell, carries }: Ground) {
  const sockets = new Set<Socket>();
  const presence = startPresence(
    textId,
    () => sockets,
    (present) => tell({ kind: 'presence', textId, present }),
  );
  const reach = startReach(() => {
    telling ??= setTimeout(tellPlaces, quietMs);
  });
  const pens = startPens(() => authorsOf(db, textId));
  let telling: NodeJS.Timeout | null = null;
  let hole: NodeJS.Timeout | null = null;
  let behind = false;
  let reading: Promise<void> | null = null;

  function tellPlaces(): void {
    telling = null;
    const { now } = reach;
    if (now) for (const socket of sockets) socket.tellPlace(placeOf(now.seq, now.mark));
  }

  function relay(from: Socket | null, update: Uint8Array): void {
    const frame = updateFrame(update);
    for (const socket of sockets) if (socket !== from) socket.send(frame);
  }

  function relayElsewhere(update: Uint8Array): void {
    careful(() => pens.hear(update));
    relay(null, update);
  }

  async function readBehind(): Promise<void> {
    // What one's own commits are just writing has been told already.
    await commits.settled(textId);
    const { seq: from } = reach.now!;
    const { updates, seq, last } = (await textState(db, textId, undefined, from))!;
    if (seq === from) return;
    for (const part of updates) relayElsewhere(updateOf(part));
    reach.add(from + 1, { seq, mark: last ? markOf(last) : 0 });
  }

  /** Tells what stands in the log and has not been told here; who has not been told the text yet will be told all. */
  function catchUp(): void {
    behind = true;
    if (!reach.now || reading) return;
    behind = false;
    reading = readBehind()
      .catch((error) => logError('text caught up', error))
      .finally(() => {
        reading = null;
        if (behind && sockets.size > 0) catchUp();
      });
  }

  function know(from: number, updates: readonly Uint8Array[]): void {
    reach.add(from, { seq: from + updates.length - 1, mark: markOf(updates.at(-1)!) });
    if (!reach.waits) return;
    hole ??= setTimeout(() => {
      hole = null;
      if (reach.waits) catchUp();
    }, holeMs);
  }

  return {
    presence,
    pens,
    carries,
    catchUp,
    /** Up to which seq everybody here has been told everything; null while nobody has been told anything. */
    reached: () => reach.now?.seq ?? null,
    join(socket: Socket): void {
      sockets.add(socket);
      presence.greet(socket);
    },
    part(socket: Socket): void {
      if (!sockets.delete(socket)) return;
      presence.leave(socket);
      if (sockets.size > 0) return;
      for (const timer of [telling, hole]) if (timer) clearTimeout(timer);
      empty();
    },
    /** @returns false when too much waits to be written: then it is neither kept nor told. */
    accept(from: Socket, entry: Entry, settled: (outcome: Outcome) => void): boolean {
      if (!commits.add(textId, entry, settled)) return false;
      relay(from, entry.bytes);
      return true;
    },
    /** Resolves when what waits has been written; false when that takes too long. */
    drained: () =>
      commits.settled(textId).then(
        () => true,
        () => false,
      ),
    /** What was told here when it came has become durable, from this seq on. */
    written: know,
    /** Another process has written this down, from this seq on. */
    hear(from: number, updates: readonly Uint8Array[]): void {
      if (from + updates.length - 1 <= (reach.now?.seq ?? -1)) return;
      for (const part of updates) relayElsewhere(updateOf(part));
      know(from, updates);
    },
    /** All that a client with this state vector lacks; what was relayed before now is in it. */
    async missing(vector: Uint8Array): Promise<{ state: State; update: Uint8Array }> {
      await commits.settled(textId);
      const state = await states.of(textId);
      pens.begin(state.vector);
      reach.begin(state);
      if (behind) catchUp();
      const fresh = vector.length === 1 && vector[0] === 0;
      return { state, update: fresh ? state.update : Y.diffUpdate(state.update, vector) };
    },
    /** All of it, packed, for who holds nothing. */
    async whole(): Promise<Packed> {
      await commits.settled(textId);
      const packed = await states.packed(textId);
      reach.begin(packed);
      if (behind) catchUp();
      return packed;
    },
    /**
     * What a client lacks that has been told everything up to a place.
     * @param whole the history is not for her: she gets what has come of it, without the words that are gone again.
     * @returns null when that cannot be said of this log, or the whole text is shorter.
     */
    async since(place: number, whole: boolean): Promise<{ updates: Uint8Array[]; place: number } | null> {
      await commits.settled(textId);
      const state = await states.end(textId);
      reach.begin(state);
      if (behind) catchUp();
      const { seq, mark } = placeIn(place);
      // From the very beginning, the text is what has come of its log.
      if (seq === 0 || seq > state.seq || state.seq - seq > piecesAtMost) return null;
      const rows = await read(db, textId, state.seq, seq - 1);
      const known = rows.shift();
      if (known?.seq !== seq || markOf(known.bytes) !== mark || rows.length !== state.seq - seq) return null;
      const bytes = rows.reduce((sum, row) => sum + row.bytes.length, 0);
      if (rows.length > 0 && (whole || bytes > state.length)) return null;
      return { updates: rows.map((row) => row.bytes), place: placeOf(state.seq, state.mark) };
    },
    /** What the text has, for who has not asked for it. */
    async ground(): Promise<TextGround> {
      await commits.settled(textId);
      return Y.decodeStateVector((await states.of(textId)).vector);
    },
    /**
     * Whether letters come in somebody else's name that the text does not have: `stretches` are where they stand.
     * What the text has already is only said again, and changes nothing.
     */
    async foreign(person: string, stretches: readonly Stretch[]): Promise<boolean> {
      await commits.settled(textId);
      const { vector } = await states.of(textId);
      pens.begin(vector);
      const has = Y.decodeStateVector(vector);
      const fresh = stretches.filter(({ client, to }) => to > (has.get(client) ?? 0));
      if (pens.are(person, fresh) === undefined) await pens.learn(has.keys());
      return pens.are(person, fresh) === false;
    },
    async novel(update: Uint8Array): Promise<Uint8Array | null> {
      await commits.settled(textId);
      return states.novel(textId, update);
    },
  };
}
/** A log may hold what no document can take. */
function careful(work: () => void): void {
  try {
    work();
  } catch (error) {
    logError('text told', error);
  }
}
export type Peers = ReturnType<typeof gather>;
