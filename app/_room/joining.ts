import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { Malformed } from '~/server/rooms/rules/bytes';
import type { Hex } from '~/server/rooms/rules/orders';
import { readDone, writeAsk } from '~/server/rooms/rules/wire';
import type { Act } from './protocol/events';
import {
  type Invitation,
  newInvite,
  openAnswer,
  openInvite,
  openKnock,
  partsOf,
  sealKnock,
} from './protocol/invites';
import { codeKeys, type MemberKeys, publicOf } from './protocol/keys';
import type { Invite } from './protocol/state';
import { type AskServer, Session } from './session';

const nobody = new Uint8Array(32);

/** What cannot be opened is as if nothing lay there. */
function orNull<T>(open: () => T): T | null {
  try {
    return open();
  } catch (error) {
    if (error instanceof Malformed) return null;
    throw error;
  }
}
const placeOf = async (server: AskServer, id: Uint8Array) =>
  partsOf(await server(writeAsk({ op: 'ask', id })));

/**
 * Leaves an invite at the server, under words that only its giver sees.
 * @returns the words and what is to be entered in the roster; null where it was not kept
 */
export async function layInvite(
  session: Session,
  server: AskServer,
): Promise<{ words: string[]; act: Act } | null> {
  const { state } = session;
  if (!state) return null;
  const made = newInvite({ room: state.room, stewards: state.stewards });
  const ask = writeAsk({ op: 'invite', access: session.access(), id: made.id, sealed: made.sealed });
  if (!readDone(await server(ask))) return null;
  const act: Act = { kind: 'invited', by: session.me, id: bytesToHex(made.id), key: bytesToHex(made.key) };
  return { words: made.words, act };
}

/** Looks whether somebody has knocked at an invite of the roster: any member may bring it in. */
export async function lookForKnock(session: Session, server: AskServer, invite: Invite): Promise<Act | null> {
  const { knock } = await placeOf(server, hexToBytes(invite.id));
  const found = orNull(() => openKnock(hexToBytes(invite.key), invite.id, knock));
  return found && { kind: 'knocked', by: session.me, ...found };
}

/** Where eight words lead, if they are an invite’s. */
export async function lookUp(words: readonly string[], server: AskServer): Promise<Invitation | null> {
  const { id, key } = codeKeys(words);
  const { sealed } = await placeOf(server, id);
  return orNull(() => openInvite(key, sealed));
}

/** How a knock stands: nobody has, she has, somebody else was before her. */
export type AtTheDoor = 'not_yet' | 'hers' | 'another';
type Knocking = { words: readonly string[]; room: Hex; name: string; mine: MemberKeys };

/** Knocks, which counts once; knocking again with the same keys finds that she has. */
export async function knockAt({ words, room, name, mine }: Knocking, server: AskServer): Promise<AtTheDoor> {
  const { id, key } = codeKeys(words);
  await server(writeAsk({ op: 'knock', id, knock: sealKnock(key, room, bytesToHex(id), name, mine) }));
  const { knock } = await placeOf(server, id);
  const there = orNull(() => openKnock(key, bytesToHex(id), knock));
  if (!there) return 'not_yet';
  return there.sign === publicOf(mine).sign ? 'hers' : 'another';
}

/** Whether the note that lets her in lies at the door. @returns her sitting, once she is in; null while nobody has opened */
export async function comeIn(
  { words, room, mine, stewards }: Knocking & { stewards: Hex[] },
  server: AskServer,
): Promise<Session | null> {
  const { id, key } = codeKeys(words);
  const { answer } = await placeOf(server, id);
  const note = orNull(() => openAnswer(key, answer));
  if (!note) return null;
  const held = { room, epoch: 0, key: nobody.slice(), mine, after: 0, state: null };
  const session = new Session(held, server, stewards);
  if (!session.goOver(note) || !(await session.catchUp()) || !session.state) return null;
  return session;
}
