import { createHmac } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { DbOrTx } from '~/db/client';
import { forum } from '~/db/schema/kernel';
import { cards, persons } from '~/db/schema/people';
import { runtime } from '../runtime';
import { readCode } from './rules';

/** Whether this is a demo forum: set once, by its loader, in an empty database. */
export async function isDemo(db: DbOrTx): Promise<boolean> {
  const [row] = await db.select({ demo: forum.demo }).from(forum);
  return row?.demo ?? false;
}

/** What is kept of a card's code: it cannot be read back without the forum's own secret. */
export const codeHash = (code: string): Buffer =>
  createHmac('sha256', runtime().secrets.codes).update(`card ${code}`).digest();

/** The card of a code as someone typed it, with its owner, whatever state it is in. @param lock for a use of it. */
export async function cardByCode(db: DbOrTx, typed: string, lock = false) {
  const code = readCode(typed);
  if (!code) return null;
  const found = db
    .select({
      id: cards.id,
      personId: cards.personId,
      name: persons.name,
      number: persons.number,
      expiresAt: cards.expiresAt,
      usedAt: cards.usedAt,
      revokedAt: cards.revokedAt,
    })
    .from(cards)
    .innerJoin(persons, eq(persons.id, cards.personId))
    .where(eq(cards.codeHash, codeHash(code)));
  const [row] = await (lock ? found.for('update', { of: cards }) : found);
  return row ?? null;
}
