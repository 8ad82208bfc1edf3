import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { type Connection, connect } from '~/app/_editor/connection';
import type { Db } from '~/db/client';
import { sessions } from '~/db/schema/people';
import { sealSession } from '~/server/session';

// Clients of the sync server, for tests as well as for soaks (which run without a test runner).

const ends: (() => unknown)[] = [];
/** Something to be ended by `endAll`. */
export const atEnd = (end: () => unknown) => void ends.push(end);
/** Ends what was opened, the newest first. */
export async function endAll(): Promise<void> {
  for (const end of ends.splice(0).reverse()) await end();
}

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Waits until something holds; throws with its words when it does not within `ms`. */
export async function until(what: string, holds: () => unknown, ms = 5000): Promise<void> {
  const end = Date.now() + ms;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`not within ${ms} ms: ${what}`);
    await pause(5);
  }
}

/** A signed-in phone of this person. */
export async function signIn(db: Db, personId: string): Promise<{ cookie: string; sessionId: string }> {
  const day = 24 * 3600 * 1000;
  const [row] = await db
    .insert(sessions)
    .values({ personId, device: 'prueba', seenOn: '2026-01-31', expiresAt: new Date(Date.now() + day) })
    .returning({ id: sessions.id });
  const sealed = await sealSession(row!.id, personId);
  return { cookie: `${sealed.name}=${sealed.value}`, sessionId: row!.id };
}

/** Where a forum's sockets are, and the origin its pages come from. */
export type Place = { url: string; origin: string };

export const placeAt = (port: number): Place => ({
  url: `ws://127.0.0.1:${port}/yjs`,
  origin: `http://127.0.0.1:${port}`,
});

export const socketOf = (cookie: string | null, origin: string) =>
  class extends WebSocket {
    constructor(url: string, protocols?: string[]) {
      super(url, protocols ?? [], { headers: { origin, ...(cookie ? { cookie } : {}) } });
    }
  } as unknown as typeof globalThis.WebSocket;

/** A client as anybody would write it: y-websocket, and nothing of ours. */
export function plainClient(place: Place, room: string, cookie: string | null) {
  const doc = new Y.Doc();
  const closes: number[] = [];
  const provider = new WebsocketProvider(place.url, room, doc, {
    disableBc: true,
    WebSocketPolyfill: socketOf(cookie, place.origin),
    maxBackoffTime: 200,
  });
  provider.on('connection-close', (event) => event && closes.push(event.code));
  atEnd(() => {
    provider.destroy();
    doc.destroy();
  });
  const text = doc.getText('text');
  return {
    doc,
    provider,
    text,
    closes,
    write: (words: string) => text.insert(text.length, words),
    synced: () => until('synced', () => provider.synced),
    reads: (words: string) => until(`reads «${words}»`, () => text.toString() === words),
  };
}
export type PlainClient = ReturnType<typeof plainClient>;

/** The client of our own pages. */
export function ourClient(place: Place, room: string, cookie: string | null): Connection {
  const connection = connect({ url: place.url, room, socket: socketOf(cookie, place.origin) });
  connection.provider.maxBackoffTime = 200;
  atEnd(() => connection.destroy());
  return connection;
}

let addresses = 0;
function nextAddress(): string {
  addresses++;
  return [addresses >> 16, addresses >> 8, addresses].map((part) => part & 255).join('.');
}

/** A bare socket, for frames that no honest client would send. */
export function rawSocket(place: Place, room: string, cookie: string | null, origin = place.origin) {
  // From another address each, where a proxy's word is believed: the long trials open more than one address may.
  const headers = { origin, 'x-forwarded-for': `10.${nextAddress()}`, ...(cookie ? { cookie } : {}) };
  const ws = new WebSocket(`${place.url}/${room}`, { headers });
  const frames: Uint8Array[] = [];
  const end = new Promise<{ code: number; reason: string }>((resolve) => {
    ws.on('close', (code, reason) => resolve({ code, reason: reason.toString() }));
  });
  ws.on('error', () => {});
  ws.on('message', (data: Buffer) => frames.push(data));
  atEnd(() => ws.terminate());
  return {
    ws,
    frames,
    end,
    /** Resolves when the server has let it in: it says first what may be done. */
    admitted: () => until('admitted', () => frames.length > 0),
  };
}
