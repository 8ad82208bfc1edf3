import { hexToBytes } from '@noble/hashes/utils.js';
import { Malformed } from '~/server/rooms/rules/bytes';
import type { Hex } from '~/server/rooms/rules/orders';
import { readDone, readReply, writeAsk } from '~/server/rooms/rules/wire';
import type { Admitted } from './held';
import { genesis } from './protocol/events';
import { openKnock, partsOf, sealAnswer } from './protocol/invites';
import { openNote } from './protocol/notes';
import type { State } from './protocol/state';
import type { Session } from './session';

/** Who comes in with a change of key: whoever was confirmed before it, each with the note that opens for her. */
export const admittedBy = (before: State | null, epoch: number, note: Uint8Array): Admitted[] =>
  (before?.invites ?? []).flatMap(({ id, key, confirmed }) => (confirmed ? [{ id, key, epoch, note }] : []));

/**
 * Leaves at the door where each of them knocked the answer that lets her in; any member may, and the first one stands. It
 * is owed until the server has said that one lies there: a change of key is done in a moment, and all phones that heard of
 * it can lose the network in the next. So what is owed stays in each keyring, and whoever opens the room goes on with it.
 * @throws where there is no network; what is owed is owed still
 */
export async function answerNewcomers(session: Session): Promise<void> {
  for (const one of [...session.admitted])
    if (await isSettled(session, one)) session.admitted.splice(session.admitted.indexOf(one), 1);
}

async function isSettled(session: Session, one: Admitted): Promise<boolean> {
  const door = session.keysOf(one.epoch - 1)?.access;
  // Twelve changes of key later her note can be asked for no more; nobody waits at a door for so long.
  if (!one.note && !door) return true;
  one.note ??= await noteBehind(session, door!, one.epoch);
  if (!one.note) return false;
  const answer = sealAnswer(hexToBytes(one.key), one.note);
  const [access, id] = [session.access(), hexToBytes(one.id)];
  if (readDone(await session.server(writeAsk({ op: 'answer', access, id, answer })))) return true;
  return !(await isWaiting(session, one));
}

/** The note that a change of key left at the old door: the server gives it again. Only the one that leads where she is. */
async function noteBehind(session: Session, access: Uint8Array, epoch: number): Promise<Uint8Array | null> {
  const ask = writeAsk({ op: 'read', access, after: 0, prev: genesis, proof: [] });
  const reply = readReply(await session.server(ask));
  if (!('note' in reply)) return null;
  const { room, mine } = session.held;
  const opened = openNote(room, mine, reply.note);
  return opened && session.isKeyOf(epoch, opened.key) ? reply.note : null;
}

/** Whether her knock still lies there: with its days over there is no door any more at which she could be answered. */
async function isWaiting(session: Session, { id, key }: { id: Hex; key: Hex }): Promise<boolean> {
  const { knock } = partsOf(await session.server(writeAsk({ op: 'ask', id: hexToBytes(id) })));
  try {
    return openKnock(hexToBytes(key), id, knock) !== null;
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return false;
  }
}
