import { and, eq, sql } from 'drizzle-orm';
import type { Db, Tx } from '~/db/client';
import { rooms, spentTokens } from '~/db/schema/rooms';
import { limaDay } from '~/server/day';
import { type Room, roomOf, stewardsOf } from '../queries';
import { Malformed } from '../rules/bytes';
import { countSigned, hashHex, nowhere, orderKinds, signersOf, statement } from '../rules/orders';
import { partsBytesOf, roomBytesAtMost, roomBytesOf } from '../rules/sizes';
import { type Purpose, readPurchase, spentName, type Token, type Tokens } from '../rules/tokens';
import type { Ask } from '../rules/wire';

type AskOf<K extends Ask['op']> = Extract<Ask, { op: K }>;
/** A token that was found good, with the day of its key and the last one on which it is. */
export type Checked = Token & { day: string; until: string };

/** Looked at before a transaction holds a connection. @throws Malformed for one that is not good, or good for else */
export async function checked(tokens: Tokens, token: Token, purpose: Purpose): Promise<Checked> {
  const found = await tokens.check(token);
  if (found?.purpose !== purpose) throw new Malformed();
  return { ...token, ...found };
}

/** Every row is kept for good, of whatever kind: a text must not come again, and no row tells a kind or a day. */
const until = '9999-12-31';
/** Takes a name off the list of what can still be spent. @returns false where it was spent before */
export async function spend(tx: Tx, hash: string): Promise<boolean> {
  const spent = await tx
    .insert(spentTokens)
    .values({ hash, until })
    .onConflictDoNothing()
    .returning({ hash: spentTokens.hash });
  return spent.length > 0;
}
/** @throws Malformed where it was spent before: what it was to pay for is undone with it */
export async function spendOrUndo(tx: Tx, token: Checked): Promise<void> {
  if (!(await spend(tx, spentName(token)))) throw new Malformed();
}

const nearlyFull = 512 * 1024;
/** Room for more bytes, where it is nearly full; before that a token is not taken. */
export async function pay(tx: Tx, { access }: AskOf<'pay'>, token: Checked): Promise<boolean> {
  const room = await roomOf(tx, access, true);
  if (!room || room.frozen) return false;
  const most = roomBytesOf(room.paid);
  if (most >= roomBytesAtMost || room.bytes + nearlyFull < partsBytesOf(room.paid)) return false;
  await spendOrUndo(tx, token);
  await tx
    .update(rooms)
    .set({ paid: sql`${rooms.paid} + 1` })
    .where(and(eq(rooms.id, room.id)));
  return true;
}

const signedBy = (room: Room, { body, signatures }: AskOf<'buy'>): number => {
  // Bound to the room and to what is covered; to nothing by which a text could be known again.
  const signers = signersOf(statement({ room: room.id, prev: nowhere }, orderKinds.bought, body), signatures);
  return countSigned(signers, stewardsOf(room));
};

/** So many texts a day of one room: who signs without end would fill the list of what is spent. */
export const buysAtMost = 12;
// In memory alone, and forgotten with the day: no row tells which rooms let something out.
const today = { day: '', of: new Map<string, Set<string>>() };
function mayBuy(room: string, body: Uint8Array): boolean {
  const day = limaDay(new Date());
  if (today.day !== day) Object.assign(today, { day, of: new Map() });
  const bought = today.of.get(room) ?? new Set();
  if (bought.size >= buysAtMost && !bought.has(hashHex(body))) return false;
  today.of.set(room, bought.add(hashHex(body)));
  return true;
}

/**
 * Two stewards buy a signature for a text that the server does not see. Nothing is written: asked again on the same
 * day it is the same signature.
 * @returns null for everything that is not signed
 */
export async function buy(db: Db, tokens: Tokens, ask: AskOf<'buy'>): Promise<Uint8Array | null> {
  const { key, blinded } = readPurchase(ask.body);
  const room = await roomOf(db, ask.access);
  if (!room || room.frozen || signedBy(room, ask) < 2 || !mayBuy(room.id, ask.body)) return null;
  return tokens.sign(key, blinded);
}
