import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach } from 'vitest';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { type Connection, connect } from '~/app/_editor/connection';
import type { Db } from '~/db/client';
import { sessions } from '~/db/schema/people';
import { startRealtime } from '~/server/realtime/server';
import { liveTexts } from '~/server/root';
import { sealSession } from '~/server/session';

type Options = Parameters<typeof startRealtime>[2];
type Ends = () => unknown;

const ends: Ends[] = [];
/** Ends what a test has opened, the newest first. */
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** Waits until something holds; fails the test with its words when it does not within `ms`. */
export async function until(what: string, holds: () => unknown, ms = 5000): Promise<void> {
  const end = Date.now() + ms;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`not within ${ms} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
export const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A signed-in phone of this person. */
export async function signIn(db: Db, personId: string): Promise<{ cookie: string; sessionId: string }> {
  const day = 24 * 3600 * 1000;
  const [row] = await db
    .insert(sessions)
    .values({ personId, device: 'prueba', seenOn: 'hoy', expiresAt: new Date(Date.now() + day) })
    .returning({ id: sessions.id });
  const sealed = await sealSession(row!.id, personId);
  return { cookie: `${sealed.name}=${sealed.value}`, sessionId: row!.id };
}

/** The real sync server behind a real HTTP server, without the pages. */
export async function openForum(db: Db, options?: Options) {
  let realtime = startRealtime(db, liveTexts, options);
  const server = createServer();
  server.on('upgrade', (req, stream, head) => {
    if (realtime.takes(req)) realtime.upgrade(req, stream, head);
    else stream.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  ends.push(async () => {
    await realtime.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return {
    url: `ws://127.0.0.1:${port}/yjs`,
    origin: `http://127.0.0.1:${port}`,
    get realtime() {
      return realtime;
    },
    /** As a new start of the process would: everybody is sent away and finds another server. */
    async restart() {
      await realtime.close();
      realtime = startRealtime(db, liveTexts, options);
    },
  };
}
export type Forum = Awaited<ReturnType<typeof openForum>>;
type Place = Pick<Forum, 'url' | 'origin'>;

const socketOf = (cookie: string | null, origin: string) =>
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
  ends.push(() => {
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

/** The client of our own pages. */
export function ourClient(place: Place, room: string, cookie: string | null): Connection {
  const connection = connect({ url: place.url, room, socket: socketOf(cookie, place.origin) });
  connection.provider.maxBackoffTime = 200;
  ends.push(() => connection.destroy());
  return connection;
}

/** A bare socket, for frames that no honest client would send. */
export function rawSocket(place: Place, room: string, cookie: string | null, origin = place.origin) {
  const headers = { origin, ...(cookie ? { cookie } : {}) };
  const ws = new WebSocket(`${place.url}/${room}`, { headers });
  const frames: Uint8Array[] = [];
  const end = new Promise<{ code: number; reason: string }>((resolve) => {
    ws.on('close', (code, reason) => resolve({ code, reason: reason.toString() }));
  });
  ws.on('error', () => {});
  ws.on('message', (data: Buffer) => frames.push(data));
  ends.push(() => ws.terminate());
  return { ws, frames, end, open: () => until('open', () => ws.readyState === WebSocket.OPEN) };
}
