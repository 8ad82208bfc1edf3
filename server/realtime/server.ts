import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { Db } from '~/db/client';
import type { Actor } from '../actor';
import { type ForumEvent, subscribe } from '../events';
import { addressOf, foreignOrigin } from '../http/address';
import { tooMany } from '../limits';
import { logError } from '../log';
import { actorOfCookies } from '../session';
import { startCommits } from './commits';
import { ledgerOf } from './ledger';
import type { Meeting } from './others';
import { gather, type Peers } from './peers';
import { colorOf } from './presence';
import { closed } from './protocol';
import { type Decision, Socket } from './socket';
import { startStates } from './state';
import { standTogether } from './together';

/** What an actor may do with a co-written text, and under which collective name others see her at it. */
export type Opened = {
  textId: string;
  right: 'edit' | 'read' | 'none';
  /** Null: she neither shows herself nor sees who is there. */
  label: string | null;
};
/** A capability's `openDoc`: asks the same rules as its pages. Null: there is no such thing. */
export type OpenDoc = (actor: Actor, id: string) => Promise<Opened | null>;

type Door = { kind: string; id: string; cookie: string | undefined; foreign: boolean };

const perPerson = 20;
const perAddress = 200;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function doorOf(req: IncomingMessage): Door {
  const name = (req.url ?? '').split('?', 1)[0]!.slice('/yjs/'.length).replace('%3A', ':');
  const [kind = '', id = ''] = name.split(':');
  return { kind, id, cookie: req.headers.cookie, foreign: foreignOrigin(req) };
}

const same = (a: Decision, b: Decision | null) => JSON.stringify(a) === JSON.stringify(b);

/**
 * The sync server of co-written texts, for y-websocket clients at `/yjs/KIND:ID`. It knows texts, rights and
 * people's ids, and nothing of what the texts are for: `live` says of each kind who may do what.
 * Refused and unknown are the same to the outside: accepted, then closed with 4403.
 */
export function startRealtime(
  db: Db,
  live: Record<string, OpenDoc>,
  {
    beatMs = 20_000,
    askAgainMs = 60_000,
    windowMs = 10,
    quietMs = 3000,
    checkMs = 5000,
    carryMs = 600_000,
    meeting = null as Meeting | null,
  } = {},
) {
  const wss = new WebSocketServer({ noServer: true, clientTracking: false, maxPayload: 1024 * 1024 });
  const commits = startCommits(ledgerOf(db), {
    windowMs,
    written: (textId, from, entries) => {
      const updates = entries.map(({ bytes }) => bytes);
      texts.get(textId)?.written(from, updates);
      together.tell({ kind: 'written', textId, from, updates });
    },
  });
  const states = startStates(db);
  const texts = new Map<string, Peers>();
  const sockets = new Map<Socket, Door>();
  const carriedUntil = Date.now() + carryMs;
  let revocations = 0;
  let closing = false;

  function peersOf(textId: string): Peers {
    let peers = texts.get(textId);
    if (!peers) {
      const empty = () => texts.delete(textId);
      const carries = () => Date.now() < carriedUntil;
      peers = gather(textId, { db, commits, states, quietMs, tell: together.tell, empty, carries });
      texts.set(textId, peers);
      together.tell({ kind: 'who', textId });
    }
    return peers;
  }

  async function decide(door: Door): Promise<Decision | null> {
    if (door.foreign || !Object.hasOwn(live, door.kind) || !uuid.test(door.id)) return null;
    const actor = await actorOfCookies(db, door.cookie);
    const opened = await live[door.kind]!(actor, door.id);
    if (!opened || opened.right === 'none') return null;
    const { textId, right, label } = opened;
    const { personId, sessionId } = actor;
    const color = colorOf(textId, personId ?? '');
    const identity = label === null ? null : { personId, name: label, color };
    return { textId, right, personId, sessionId, identity };
  }

  /** Decides anew when something was taken away from somebody while it was being looked up. */
  async function decideNow(door: Door): Promise<Decision | null> {
    for (;;) {
      const before = revocations;
      const decision = await decide(door);
      if (before === revocations) return decision;
    }
  }

  const many = (is: (socket: Socket) => boolean) => [...sockets.keys()].filter(is).length;

  async function admit(socket: Socket, door: Door): Promise<void> {
    if (many((other) => other.address === socket.address) > perAddress) return socket.close(closed.again);
    if (await tooMany('socket', socket.address)) return socket.close(closed.again);
    const decision = await decideNow(door);
    if (socket.gone) return;
    if (!decision) return socket.close(closed.refused);
    const { personId } = decision;
    if (personId && many((other) => other.decision?.personId === personId) >= perPerson)
      return socket.close(closed.again);
    socket.begin(decision, peersOf(decision.textId));
  }

  let asking = false;
  async function askAgain(): Promise<void> {
    asking = true;
    for (const [socket, door] of sockets)
      if (socket.decision && !socket.gone && !same(socket.decision, await decideNow(door)))
        socket.close(closed.again);
  }

  function askAgainSoon(): void {
    if (asking) return;
    askAgain()
      .catch((error) => logError('socket decided again', error))
      .finally(() => {
        asking = false;
      });
  }

  function cutOff(is: (decision: Decision) => boolean, code: number = closed.again): void {
    revocations++;
    for (const socket of [...sockets.keys()]) if (socket.decision && is(socket.decision)) socket.close(code);
  }

  function erased(textIds: string[]): void {
    cutOff(({ textId }) => textIds.includes(textId), closed.refused);
    for (const textId of textIds) states.forget(textId);
  }

  function act(event: ForumEvent): void {
    if (event.type === 'access.session.ended')
      cutOff(({ sessionId }) => sessionId !== null && event.sessionIds.includes(sessionId));
    else if (event.type === 'access.person.changed')
      cutOff(({ personId }) => personId !== null && event.personIds.includes(personId));
    else if (event.type === 'access.text.closed') cutOff(({ textId }) => event.textIds.includes(textId));
    else if (event.type === 'access.text.erased') erased(event.textIds);
    else if (event.type === 'text.appended') texts.get(event.textId)?.catchUp();
  }

  function hear(event: ForumEvent): void {
    act(event);
    together.pass(event);
  }

  const together = standTogether({ meeting, checkMs, db, texts, act, askAgain: askAgainSoon });
  const silence = subscribe(hear);
  const heart = setInterval(() => {
    for (const socket of sockets.keys()) socket.beat(beatMs);
  }, beatMs);
  const doubt = setInterval(askAgainSoon, askAgainMs);

  return {
    takes: (req: IncomingMessage) => (req.url ?? '').startsWith('/yjs/'),
    upgrade(req: IncomingMessage, stream: Duplex, head: Buffer): void {
      if (closing) {
        stream.destroy();
        return;
      }
      wss.handleUpgrade(req, stream, head, (ws) => {
        const door = doorOf(req);
        const socket = new Socket(ws, addressOf(req), (gone) => sockets.delete(gone));
        sockets.set(socket, door);
        admit(socket, door).catch((error) => {
          logError('socket admitted', error);
          socket.close(closed.again);
        });
      });
    },
    healthy: () => commits.healthy(),
    /** Whether other processes are heard; null where there are none to hear. */
    others: () => together.here(),
    /** Takes nothing more, makes durable what it took, says so to each, and sends everybody away to come back. */
    async close(): Promise<void> {
      closing = true;
      silence();
      clearInterval(heart);
      clearInterval(doubt);
      for (const socket of sockets.keys()) socket.rest();
      await commits.close(5000);
      await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
      const ends = [...sockets.keys()].map(
        (socket) =>
          new Promise((resolve) => {
            socket.ws.once('close', resolve);
            socket.close(closed.restart);
          }),
      );
      await Promise.all(ends);
      await together.close();
      wss.close();
    },
  };
}
