import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Db, Tx } from '~/db/client';
import { logError } from '~/server/log';
import { answer, erase, invite, knock, lay, send } from './commands/frames';
import { compact, type Done, found, obey, succeed } from './commands/orders';
import { deposit, hold } from './commands/releases';
import { buy, checked, pay } from './commands/tokens';
import { pageOf, partAt, placeAt, type Room, read, roomsAmong } from './queries';
import { Malformed, Writer } from './rules/bytes';
import { type Tokens, writePublicKeys } from './rules/tokens';
import { type Ask, type Kept, readAsk, writeDone, writeNote } from './rules/wire';

const bodyAtMost = 160 * 1024;
const queuedAtMost = 4 * 1024 * 1024;
const closedRefused = 4403;
const perAddress = 40;
const waitForFirstMs = 10_000;
/** What one socket may have asked for and not been answered yet. */
const waitingAtMost = 200;

/** How often it is looked whether another process of the forum has done something in a room that is open here. */
const lookEveryMs = 2000;

/** `epoch`: of the key she came with; she is told nothing of any other. `frozen`: as the room was when she came. */
type Seat = { ws: WebSocket; epoch: number; frozen: boolean; queue: Kept[] | null; last: number };
const frameMessage = ({ seq, epoch, bytes }: Kept) =>
  new Writer().u8(2).u32(seq).u32(epoch).bytes(bytes).done();

/**
 * The rooms’ blind server: `/api/box` for questions, `/box` for who stays. No cookie is read, nothing is logged but
 * faults, and everything that is not done is answered alike.
 */
export function startRooms(
  db: Db,
  secret: Buffer,
  addressOf: (req: IncomingMessage) => string,
  /** Whether an address asks for more than its share; here nobody is known by more than that. */
  tooMany: (address: string) => Promise<boolean>,
  tokens: Tokens,
) {
  const wss = new WebSocketServer({ noServer: true, clientTracking: false, maxPayload: bodyAtMost });
  const seats = new Map<string, Set<Seat>>();
  const addresses = new Map<string, number>();
  const all = new Set<WebSocket>();

  function give(room: string, seat: Seat, kept: Kept): void {
    // The key was changed by another process of the forum: here nobody has been sent away yet.
    if (kept.epoch !== seat.epoch) refuse(seat.ws);
    else if (seat.queue) seat.queue.push(kept);
    // Something came between, through another process: it is told before this, in its order.
    else if (kept.seq > seat.last + 1) void fill(room, seat);
    else if (kept.seq > seat.last) hand(seat, kept);
  }
  function hand(seat: Seat, kept: Kept): void {
    seat.last = kept.seq;
    if (seat.ws.bufferedAmount > queuedAtMost) seat.ws.close(4500);
    else seat.ws.send(frameMessage(kept));
  }

  /** Tells a seat all that it has not heard, as the room stands now. */
  async function fill(id: string, seat: Seat): Promise<void> {
    seat.queue = [];
    try {
      for (let more = true; more; ) {
        const [room] = await roomsAmong(db, [id]);
        if (seat.ws.readyState !== seat.ws.OPEN) return;
        if (!room || isOver(room, seat)) return refuse(seat.ws);
        const page = await pageOf(db, room, seat.last);
        more = page.more;
        // Told under one key alone: what another has begun meanwhile is asked for anew.
        if (page.frames.some(({ epoch }) => epoch > seat.epoch)) return refuse(seat.ws);
        for (const kept of page.frames) hand(seat, kept);
        if (!more) seat.last = Math.max(seat.last, page.last);
      }
      const waiting = seat.queue;
      seat.queue = null;
      for (const kept of waiting) give(id, seat, kept);
    } catch (error) {
      logError('box', error);
      seat.ws.close(4500);
    }
  }
  const isOver = (room: Room, seat: Seat) => room.epoch !== seat.epoch || (room.frozen && !seat.frozen);

  /** What other processes have done: keys changed, rooms paused or destroyed, frames kept. */
  async function lookAround(): Promise<void> {
    const ids = [...seats.keys()];
    if (ids.length === 0) return;
    const there = new Map((await roomsAmong(db, ids)).map((room) => [room.id, room]));
    for (const id of ids) {
      const room = there.get(id);
      for (const seat of seats.get(id) ?? []) {
        if (!room || isOver(room, seat)) refuse(seat.ws);
        else if (!seat.queue && room.lastSeq > seat.last) void fill(id, seat);
      }
    }
  }
  let looking = false;
  const looks = setInterval(() => {
    if (looking) return;
    looking = true;
    lookAround()
      .catch((error) => logError('box', error))
      .finally(() => {
        looking = false;
      });
  }, lookEveryMs);
  looks.unref();

  function pass({ room, kept, cut }: Done): void {
    const here = seats.get(room) ?? [];
    if (cut) {
      // First nobody is there any more, then they are told: not one frame goes between.
      seats.delete(room);
      for (const { ws } of here) refuse(ws);
    } else if (kept) for (const seat of here) give(room, seat, kept);
  }

  /**
   * What is not done is rolled back: a commit waits for the disk where a row was locked, and by that wait a frozen room
   * could be told from none.
   */
  async function attempt<T>(work: (tx: Tx) => Promise<T>): Promise<T | null> {
    const undone = new Error('undone');
    try {
      return await db.transaction(async (tx) => {
        const done = await work(tx);
        if (!done) throw undone;
        return done;
      });
    } catch (error) {
      if (error === undone) return null;
      throw error;
    }
  }
  async function act(work: (tx: Tx) => Promise<Done | null>): Promise<Uint8Array> {
    const done = await attempt(work);
    if (done) pass(done);
    return writeDone(done ? (done.kept?.seq ?? 1) : 0);
  }
  const plain = async (work: (tx: Tx) => Promise<boolean>) => writeDone((await attempt(work)) ? 1 : 0);

  async function perform(ask: Ask): Promise<Uint8Array> {
    switch (ask.op) {
      case 'read':
        return (await read(db, secret, ask)).reply;
      case 'ask':
        return placeAt(db, secret, ask.id);
      case 'found': {
        const token = await checked(tokens, ask.token, 'gate');
        return act((tx) => found(tx, ask, token));
      }
      case 'send':
      case 'tell':
        return act(async (tx) => {
          const sent = await send(tx, ask);
          return sent && { room: sent.room.id, kept: sent.kept, cut: false };
        });
      case 'order':
        return act((tx) => obey(tx, ask));
      case 'succeed':
        return act((tx) => succeed(tx, ask));
      case 'compact':
        return act((tx) => compact(tx, ask));
      case 'erase':
        await db.transaction((tx) => erase(tx, ask));
        // Also where there was nothing: what this token erases is not there any more, and more it does not say.
        return writeDone(1);
      case 'invite':
        return plain((tx) => invite(tx, ask));
      case 'knock':
        return plain((tx) => knock(tx, ask));
      case 'answer':
        return plain((tx) => answer(tx, ask));
      case 'keys':
        return writePublicKeys(await tokens.keys());
      case 'pay': {
        const token = await checked(tokens, ask.token, 'gate');
        return plain((tx) => pay(tx, ask, token));
      }
      case 'buy':
        return (await buy(db, tokens, ask)) ?? writeDone(0);
      case 'hold': {
        const token = await tokens.check(ask.token);
        return plain((tx) => hold(tx, ask, token));
      }
      case 'deposit': {
        const token = await checked(tokens, ask.token, 'release');
        const gate = await checked(tokens, ask.gate, 'gate');
        return writeDone((await attempt((tx) => deposit(tx, ask, token, gate))) ?? 0);
      }
      case 'lay':
        return plain((tx) => lay(tx, ask));
      case 'fetch':
        return partAt(db, ask.access, ask.id);
    }
  }

  /** Whatever it was: what cannot be read, and what fails, is answered as what is not done. */
  async function reply(body: Uint8Array): Promise<Uint8Array> {
    try {
      return await perform(readAsk(body));
    } catch (error) {
      if (!(error instanceof Malformed)) logError('box', error);
      return writeDone(0);
    }
  }

  function refuse(ws: WebSocket): void {
    ws.close(closedRefused);
    setTimeout(() => ws.terminate(), 500).unref();
  }

  async function admit(ws: WebSocket, first: Uint8Array): Promise<Seat | null> {
    const ask = readAsk(first);
    if (ask.op !== 'read') throw new Malformed();
    let seat: Seat | null = null;
    for (let after = ask.after; ; ) {
      // Asked anew for each page: a key that has been changed in between opens nothing more.
      const { reply: bytes, room, page } = await read(db, secret, { ...ask, after });
      if (ws.readyState !== ws.OPEN || (seat && !seats.get(room?.id ?? '')?.has(seat))) return null;
      ws.send(bytes);
      if (!room || !page) return null;
      if (!seat) {
        seat = { ws, epoch: room.epoch, frozen: room.frozen, queue: [], last: 0 };
        const here = seats.get(room.id) ?? new Set();
        seats.set(room.id, here.add(seat));
        const mine = seat;
        ws.once('close', () => {
          here.delete(mine);
          if (here.size === 0 && seats.get(room.id) === here) seats.delete(room.id);
        });
        continueFrom(page.frames);
        // Read once more, now that nothing can be missed.
        continue;
      }
      continueFrom(page.frames);
      if (page.more) continue;
      const waiting = seat.queue ?? [];
      seat.queue = null;
      seat.last = after;
      for (const kept of waiting) give(room.id, seat, kept);
      return seat;

      function continueFrom(frames: Kept[]): void {
        after = frames.at(-1)?.seq ?? after;
      }
    }
  }

  function serve(ws: WebSocket, address: string): void {
    let work: Promise<unknown> = Promise.resolve();
    let waiting = 0;
    let first = true;
    const late = setTimeout(() => ws.terminate(), waitForFirstMs);
    ws.on('error', () => ws.terminate());
    ws.on('close', () => clearTimeout(late));
    ws.on('message', (data: Buffer) => {
      clearTimeout(late);
      const opening = first;
      first = false;
      if (++waiting > waitingAtMost) return ws.terminate();
      work = work
        .then(async () => {
          if (await tooMany(address)) return ws.terminate();
          if (ws.readyState !== ws.OPEN) return;
          if (!opening) ws.send(await reply(data));
          else if (!(await admit(ws, data))) refuse(ws);
        })
        .catch(async (error) => {
          if (!(error instanceof Malformed)) logError('box', error);
          const nobody = { access: new Uint8Array(32), after: 0, proof: [], prev: '00'.repeat(32) };
          if (opening) ws.send(writeNote((await read(db, secret, nobody)).reply.subarray(1)));
          refuse(ws);
        })
        .catch(() => ws.terminate())
        .finally(() => void waiting--);
    });
  }

  return {
    takes: (req: IncomingMessage) => req.url === '/box',
    upgrade(req: IncomingMessage, stream: Duplex, head: Buffer): void {
      const address = addressOf(req);
      const held = addresses.get(address) ?? 0;
      if (held >= perAddress) return void stream.destroy();
      wss.handleUpgrade(req, stream, head, (ws) => {
        ws.binaryType = 'nodebuffer';
        addresses.set(address, (addresses.get(address) ?? 0) + 1);
        all.add(ws);
        ws.once('close', () => {
          all.delete(ws);
          const left = (addresses.get(address) ?? 1) - 1;
          if (left > 0) addresses.set(address, left);
          else addresses.delete(address);
        });
        serve(ws, address);
      });
    },
    /** One question, one answer: always 200, always bytes, open to the frame of opaque origin that rooms run in. */
    async answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
      const parts: Buffer[] = [];
      let size = 0;
      try {
        for await (const part of req as AsyncIterable<Buffer>) {
          size += part.length;
          if (size <= bodyAtMost) parts.push(part);
        }
      } catch {
        // She went in the middle: nobody is left to be answered, and nothing is to be written down.
        return void res.destroy();
      }
      const body = await reply(size <= bodyAtMost ? Buffer.concat(parts) : new Uint8Array(0));
      res.setHeader('Access-Control-Allow-Origin', '*');
      res.setHeader('Cache-Control', 'no-store');
      res.setHeader('Content-Type', 'application/octet-stream');
      res.setHeader('Content-Length', body.length);
      res.end(body);
    },
    async close(): Promise<void> {
      clearInterval(looks);
      for (const ws of all) ws.terminate();
      wss.close();
    },
  };
}
export type Rooms = ReturnType<typeof startRooms>;
