import { and, eq, isNull } from 'drizzle-orm';
import type { Tx } from '~/db/client';
import { releases, spentTokens } from '~/db/schema/rooms';
import { dayAfter, limaDay } from '~/server/day';
import { releaseOpens } from '~/server/tokens/rules';
import { Malformed } from '../rules/bytes';
import { readContent } from '../rules/contents';
import { hashHex } from '../rules/orders';
import { publicId, releaseName, type Tokens } from '../rules/tokens';
import type { Ask } from '../rules/wire';
import { type Checked, spend, spendOrUndo } from './tokens';

type AskOf<K extends Ask['op']> = Extract<Ask, { op: K }>;
const today = () => limaDay(new Date());
const same = (one: Uint8Array, other: Uint8Array) => hashHex(one) === hashHex(other);
/** A text leaves once, whatever key signed for it. */
const goneName = (name: Uint8Array) => hashHex(new Uint8Array([...name, 1]));
/** Beside it where a member held it: who asks again, since the answer was lost, is told that it is held. */
const heldName = (name: Uint8Array) => hashHex(new Uint8Array([...name, 2]));

/**
 * Any member stops a text before it appears: whoever knows its name and salt is one. So that strangers do not fill the
 * list she gives up a gate’s token, or the text’s own.
 */
export async function hold(
  tx: Tx,
  { salt, content, token }: AskOf<'hold'>,
  good: Awaited<ReturnType<Tokens['check']>>,
): Promise<boolean> {
  const name = releaseName(salt, content);
  if (!good || (good.purpose === 'release' && !same(token.nonce, name))) return false;
  const stopped = await spend(tx, goneName(name));
  const waiting = await tx
    .delete(releases)
    .where(and(eq(releases.id, publicId(name)), isNull(releases.refused)))
    .returning({ id: releases.id });
  if (!stopped && waiting.length === 0) {
    const held = await tx.$count(spentTokens, eq(spentTokens.hash, heldName(name)));
    return held > 0;
  }
  await spend(tx, heldName(name));
  if (good.purpose === 'gate') await spendOrUndo(tx, { ...token, ...good });
  return true;
}

/**
 * A text comes out of a room, nobody knows which: with the signature that was bought for it and a gate’s token. It
 * waits for the next fixed hour.
 * @returns 1 where it has come, 2 where it had come before and waits, 0 where it is not taken
 */
export async function deposit(
  tx: Tx,
  { salt, content: bytes }: AskOf<'deposit'>,
  token: Checked,
  gate: Checked,
): Promise<0 | 1 | 2> {
  const content = readContent(bytes);
  const name = releaseName(salt, hashHex(bytes));
  if (!same(token.nonce, name) || today() < releaseOpens(token.day)) throw new Malformed();
  const id = publicId(name);
  if (!(await spend(tx, goneName(name)))) {
    // Sent again because the answer was lost, or by another of them at the same moment: it waits already.
    const waiting = await tx.select({ id: releases.id }).from(releases).where(eq(releases.id, id));
    return waiting.length > 0 ? 2 : 0;
  }
  await spendOrUndo(tx, gate);
  await tx.insert(releases).values({ id, content, notBefore: dayAfter(today(), 1) });
  return 1;
}
