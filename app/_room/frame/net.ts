import { Malformed, readAll } from '~/server/rooms/rules/bytes';
import { frameLengths } from '~/server/rooms/rules/sizes';
import { type Kept, readReply } from '~/server/rooms/rules/wire';
import type { AskServer, Session } from '../session';

/** What was asked did not get there, or its answer did not get here: nobody knows which. */
export class NoNetwork extends Error {}

const patienceMs = 30_000;

/** One question through the rooms' door: no cookie, no referrer, and nothing in the address. @throws NoNetwork */
export const ask: AskServer = async (body) => {
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(), patienceMs);
  try {
    const answer = await fetch('/api/box', {
      method: 'POST',
      body: body as Uint8Array<ArrayBuffer>,
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal: over.signal,
    });
    if (!answer.ok) throw new NoNetwork();
    return new Uint8Array(await answer.arrayBuffer());
  } catch {
    throw new NoNetwork();
  } finally {
    clearTimeout(timer);
  }
};

/** `closed`: her key leads nowhere any more. `away`: there is no network; it is tried again by itself. */
export type Line = 'open' | 'away' | 'closed';
const firstWaitMs = 1000;
const longestWaitMs = 30_000;

const readTold = (bytes: Uint8Array): Kept =>
  readAll(bytes, (reader) => {
    reader.u8();
    return { seq: reader.u32(), epoch: reader.u32(), bytes: reader.bytes(frameLengths.at(-1)!) };
  });

/**
 * Hears a room for as long as it is open: catches up, stays at the socket, and comes back by itself after whatever
 * ended it, each time a little later. @returns how to stop
 */
export function listen(session: Session, told: (line: Line) => void): { stop(): void; again(): void } {
  let socket: WebSocket | null = null;
  let wait = firstWaitMs;
  let timer = 0;
  let stopped = false;

  const later = () => {
    if (stopped) return;
    clearTimeout(timer);
    // Not all phones at once, when the forum comes back.
    timer = window.setTimeout(() => void begin(), wait * (0.5 + Math.random()));
    wait = Math.min(wait * 2, longestWaitMs);
  };
  function hear(data: ArrayBuffer): void {
    const bytes = new Uint8Array(data);
    try {
      if (bytes[0] === 2) session.take(readTold(bytes));
      else {
        const reply = readReply(bytes);
        // The key was changed in between: the door tells how to go on, and what comes is asked for anew.
        if ('note' in reply) return void socket?.close();
        for (const kept of reply.page.frames) session.take(kept);
      }
      told('open');
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
    }
  }
  async function begin(): Promise<void> {
    try {
      const inside = await session.catchUp();
      if (stopped) return;
      told(inside ? 'open' : 'closed');
      if (!inside) return;
    } catch {
      if (!stopped) told('away');
      return later();
    }
    const ws = new WebSocket(new URL('/box', location.href).href.replace(/^http/, 'ws'));
    socket = ws;
    ws.binaryType = 'arraybuffer';
    ws.onopen = () => {
      wait = firstWaitMs;
      ws.send(session.reading() as Uint8Array<ArrayBuffer>);
    };
    ws.onmessage = ({ data }) => {
      if (!stopped && socket === ws) hear(data as ArrayBuffer);
    };
    ws.onclose = ({ code }) => {
      if (stopped || socket !== ws) return;
      socket = null;
      // The key was changed: what follows is asked for at once.
      if (code === 4403) void begin();
      else later();
    };
  }
  const close = () => {
    clearTimeout(timer);
    const ws = socket;
    socket = null;
    ws?.close();
  };
  void begin();
  return {
    stop() {
      stopped = true;
      close();
    },
    again() {
      close();
      wait = firstWaitMs;
      void begin();
    },
  };
}
