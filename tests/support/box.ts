import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { bytesToHex } from '@noble/hashes/utils.js';
import WebSocket from 'ws';
import { comeIn } from '~/app/_room/joining';
import { answerNewcomers } from '~/app/_room/newcomers';
import {
  type Act,
  authenticate,
  genesis,
  hashOf,
  messageOf,
  type SignedEvent,
  writeEvent,
} from '~/app/_room/protocol/events';
import { sealFrame } from '~/app/_room/protocol/frames';
import { newInvite, openInvite, openKnock, partsOf, sealKnock } from '~/app/_room/protocol/invites';
import { codeKeys, epochKeys, fingerprint, signWith } from '~/app/_room/protocol/keys';
import { rotationOf } from '~/app/_room/protocol/notes';
import { reduce } from '~/app/_room/protocol/roster';
import type { State } from '~/app/_room/protocol/state';
import { type AskServer, Session } from '~/app/_room/session';
import type { Db } from '~/db/client';
import { startRooms } from '~/server/rooms/live';
import { Writer } from '~/server/rooms/rules/bytes';
import { hashHex, orderKinds, statement, writeRotation } from '~/server/rooms/rules/orders';
import { readDone, writeAsk } from '~/server/rooms/rules/wire';
import { tokensOf } from '~/server/tokens/commands';
import { newcomer, settings, signedBy, type Woman } from './rooms';
import { oneToken } from './tokens';

const ends: (() => Promise<unknown>)[] = [];
/** Ends what was opened. */
export async function endBoxes(): Promise<void> {
  for (const end of ends.splice(0)) await end();
}
// A long trial runs without a test runner, and ends them itself.
if (process.env.VITEST) (await import('vitest')).afterEach(endBoxes);

/** The real blind server behind a real HTTP server, without the pages; gone after the test. */
export async function openBoxes(db: Db, tooMany: () => Promise<boolean> = async () => false) {
  const rooms = startRooms(db, Buffer.alloc(32, 5), () => 'test', tooMany, tokensOf(db));
  const server = createServer((req, res) => void rooms.answer(req, res));
  server.on('upgrade', (req, socket, head) =>
    rooms.takes(req) ? rooms.upgrade(req, socket, head) : socket.destroy(),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  ends.push(async () => {
    await rooms.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const post = async (body: Uint8Array) => {
    const res = await fetch(`http://127.0.0.1:${port}/api/box`, { method: 'POST', body: Buffer.from(body) });
    return {
      status: res.status,
      headers: [...res.headers].filter(([name]) => name !== 'date'),
      bytes: new Uint8Array(await res.arrayBuffer()),
    };
  };
  const ask: AskServer = async (body) => (await post(body)).bytes;
  return { ask, post, socketUrl: `ws://127.0.0.1:${port}/box` };
}

/** Founds a room with three women, really. @returns a session for each */
export async function foundRoom(ask: AskServer, women: [Woman, Woman, Woman], pay = oneToken) {
  const room = randomBytes(16).toString('hex');
  const key = new Uint8Array(randomBytes(32));
  const act: Act = { kind: 'founded', founders: women.map(newcomer), settings };
  const event: SignedEvent = { ...signedBy(null, act, []), signatures: [] };
  const message = messageOf(room, event);
  event.signatures = women.map(({ keys }) => signWith(keys, message));
  const state = reduce(room, null, event, authenticate(room, event), hashOf(room, event)) as State;
  const order = { ...rotationOf({ ...state, epoch: 0, turn: -1 }, key).order, note: genesis };
  const signed = statement({ room, prev: genesis }, orderKinds.rotated, writeRotation(order));
  const events = new Writer();
  events.list([event], (one) => events.bytes(writeEvent(one)));
  const { words } = epochKeys(room, 1, key);
  const frame = {
    kind: 'roster' as const,
    head: genesis,
    session: new Uint8Array(8),
    counter: 1,
    body: events.done(),
  };
  const sent = {
    bytes: sealFrame({ room, epoch: 1, words }, women[0].keys, frame),
    erase: hashHex(randomBytes(32)),
    days: 90,
  };
  const done = await ask(
    writeAsk({
      op: 'found',
      room,
      order,
      signatures: women.map(({ keys }) => signWith(keys, signed)),
      prev: genesis,
      frame: sent,
      token: await pay(ask),
    }),
  );
  if (!readDone(done)) throw new Error('not founded');
  const sessions = women.map(
    ({ keys }) =>
      new Session(
        { room, epoch: 1, key, mine: keys, after: 0, state: null },
        ask,
        women.map(({ sign }) => sign),
      ),
  );
  for (const session of sessions)
    if (!(await session.catchUp())) throw new Error('a founder does not come in');
  return { room, key, sessions: sessions as [Session, Session, Session] };
}

/**
 * A woman is invited by the first, vouched for by two and confirmed by the third, and the key is changed for her: she is
 * in, and nobody has told her yet. @returns what she was told in person
 */
export async function changedFor(
  ask: AskServer,
  room: string,
  all: Session[],
  who: Woman,
): Promise<{ words: string[]; stewards: string[] }> {
  const [ana, berta, celia] = all as [Session, Session, Session];
  const everybody = () => Promise.all(all.map((one) => one.catchUp()));
  const must = (done: Uint8Array, what: string) => {
    if (!readDone(done)) throw new Error(`${what} was not kept`);
  };
  const step = async (by: Session, act: Act) => {
    if (!(await by.enter(by.signed(act)))) throw new Error(`${act.kind} was not kept`);
    await everybody();
  };
  // Eight words are said in person; the server is given what they lead to.
  const made = newInvite({ room, stewards: ana.state!.stewards });
  must(
    await ask(writeAsk({ op: 'invite', access: ana.access(), id: made.id, sealed: made.sealed })),
    'the invite',
  );
  const id = bytesToHex(made.id);
  await step(ana, { kind: 'invited', by: ana.me, id, key: bytesToHex(made.key) });

  // The newcomer has the words alone.
  const hers = codeKeys(made.words);
  const place = async () => partsOf(await ask(writeAsk({ op: 'ask', id: hers.id })));
  const invitation = openInvite(hers.key, (await place()).sealed);
  const knocking = sealKnock(hers.key, invitation.room, bytesToHex(hers.id), who.name, who.keys);
  must(await ask(writeAsk({ op: 'knock', id: hers.id, knock: knocking })), 'the knock');

  const knock = openKnock(made.key, id, (await place()).knock);
  await step(ana, { kind: 'knocked', by: ana.me, ...knock });
  const { sign, seal } = knock;
  // Read aloud: what the voucher hears is what her own phone shows.
  if (fingerprint(room, { sign, seal }).join() !== fingerprint(room, who).join())
    throw new Error('another woman');
  await step(ana, { kind: 'vouched', by: ana.me, id, sign, seal });
  await step(berta, { kind: 'vouched', by: berta.me, id, sign, seal });
  await step(celia, { kind: 'confirmed', by: celia.me, id, sign, seal });
  if (!(await berta.complete(celia.propose([], berta.me)))) throw new Error('the key was not changed');
  await everybody();
  return { words: made.words, stewards: invitation.stewards };
}

/** The same, and her answer is left at the door: she comes in. */
export async function letIn(ask: AskServer, room: string, all: Session[], who: Woman): Promise<Session> {
  const { words, stewards } = await changedFor(ask, room, all, who);
  await answerNewcomers(all[1]!);
  const session = await comeIn({ words, room, name: who.name, mine: who.keys, stewards }, ask);
  if (!session) throw new Error('the newcomer does not come in');
  return session;
}

/** An open tab: everything that comes, with the moment it came. */
export async function openTab(url: string, first: Uint8Array) {
  const ws = new WebSocket(url);
  ends.push(async () => ws.terminate());
  const came: { bytes: Uint8Array; at: number }[] = [];
  let closedAt = 0;
  let code = 0;
  const closed = new Promise<void>((resolve) => {
    ws.on('close', (given) => {
      closedAt = performance.now();
      code = given;
      resolve();
    });
  });
  ws.on('message', (data: Buffer) => came.push({ bytes: new Uint8Array(data), at: performance.now() }));
  await new Promise((resolve) => ws.once('open', resolve));
  ws.send(first);
  const until = async (n: number) => {
    while (came.length < n) await new Promise((resolve) => setTimeout(resolve, 2));
  };
  return { ws, came, closed, until, closedAt: () => closedAt, code: () => code };
}
