import { randomBytes } from 'node:crypto';
import {
  authenticate,
  genesis,
  hashOf,
  messageOf,
  type SignedEvent,
  writeEvent,
} from '~/app/_room/protocol/events';
import { sealFrame } from '~/app/_room/protocol/frames';
import { epochKeys, newMemberKeys, publicOf, signWith } from '~/app/_room/protocol/keys';
import { rotationOf } from '~/app/_room/protocol/notes';
import { reduce } from '~/app/_room/protocol/roster';
import type { State } from '~/app/_room/protocol/state';
import { type AskServer, type Held, Session } from '~/app/_room/session';
import { Writer } from '~/server/rooms/rules/bytes';
import { hashHex, orderKinds, statement, writeRotation } from '~/server/rooms/rules/orders';
import { modulusLength } from '~/server/rooms/rules/tokens';
import { readDone, writeAsk } from '~/server/rooms/rules/wire';

/** A room founded by three, really. @returns a sitting for each, and what each would hold. */
export async function foundForBench(ask: AskServer): Promise<{ sessions: Session[]; held: Held[] }> {
  const room = randomBytes(16).toString('hex');
  const key = new Uint8Array(randomBytes(32));
  const women = ['Luna', 'Cerro', 'Quena'].map((name) => ({ name, keys: newMemberKeys() }));
  const founders = women.map(({ name, keys }) => ({ name, ...publicOf(keys) }));
  const settings = { retentionDays: 90, historyOpen: false, presence: false, term: 0 };
  const event: SignedEvent = {
    prev: genesis,
    act: { kind: 'founded', founders, settings },
    signatures: [],
  };
  const message = messageOf(room, event);
  event.signatures = women.map(({ keys }) => signWith(keys, message));
  const state = reduce(room, null, event, authenticate(room, event), hashOf(room, event)) as State;
  const order = { ...rotationOf({ ...state, epoch: 0, turn: -1 }, key).order, note: genesis };
  const signed = statement({ room, prev: genesis }, orderKinds.rotated, writeRotation(order));
  const events = new Writer();
  events.list([event], (one) => events.bytes(writeEvent(one)));
  const place = { room, epoch: 1, words: epochKeys(room, 1, key).words };
  const first = { kind: 'roster' as const, head: genesis, session: new Uint8Array(8), counter: 1 };
  const bytes = sealFrame(place, women[0]!.keys, { ...first, body: events.done() });
  const frame = { bytes, erase: hashHex(new Uint8Array(randomBytes(32))), days: 90 };
  const signatures = women.map(({ keys }) => signWith(keys, signed));
  const token = { key: '00'.repeat(8), nonce: randomBytes(32), signature: new Uint8Array(modulusLength) };
  const found = writeAsk({ op: 'found', room, order, signatures, prev: genesis, frame, token });
  if (!readDone(await ask(found))) throw new Error('not founded');
  const held = women.map(({ keys }): Held => ({ room, epoch: 1, key, mine: keys, after: 0, state: null }));
  const sessions = held.map(
    (one) =>
      new Session(
        one,
        ask,
        founders.map(({ sign }) => sign),
      ),
  );
  for (const session of sessions)
    if (!(await session.catchUp())) throw new Error('a founder does not come in');
  return { sessions, held };
}
