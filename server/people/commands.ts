import { randomInt } from 'node:crypto';
import { and, eq, isNull, lt, sql } from 'drizzle-orm';
import type { Tx } from '~/db/client';
import { thisDay } from '~/db/schema/columns';
import { cards, keyrings, persons } from '~/db/schema/people';
import { newKeyring } from './commands/keyring';
import { codeHash, isDemo } from './queries';
import { codeAlphabet, codeLength, forEver, readCode, showCode, withCheckDigit } from './rules';

type Sex = typeof persons.$inferInsert.sex;

/**
 * A new person of the forum, without a way in until she has a card.
 * @returns her permanent credential number, as eight digits; `showNumber` is how people read it.
 */
export async function enrollPerson(
  tx: Tx,
  { name, sex = null, by }: { name: string; sex?: Sex; by: string | null },
): Promise<{ personId: string; number: string }> {
  for (;;) {
    const number = withCheckDigit(String(randomInt(1_000_000, 10_000_000)));
    const [row] = await tx
      .insert(persons)
      .values({ number, name, sex, enrolledBy: by })
      .onConflictDoNothing({ target: persons.number })
      .returning({ id: persons.id });
    if (!row) continue;
    await tx.insert(keyrings).values(newKeyring(row.id));
    return { personId: row.id, number };
  }
}

/** 60 random bits as twelve letters, without hyphens. */
export const newCode = (): string =>
  Array.from({ length: codeLength }, () => codeAlphabet[randomInt(codeAlphabet.length)]).join('');

const revokeUnused = (tx: Tx, personId: string) =>
  tx
    .update(cards)
    .set({ revokedAt: thisDay() })
    .where(
      and(
        eq(cards.personId, personId),
        isNull(cards.usedAt),
        isNull(cards.revokedAt),
        lt(cards.expiresAt, forEver),
      ),
    );

/**
 * A one-time card for 30 days, the last one to its end; her older unused cards open nothing any more.
 * @returns the code as it is printed, XXXX-XXXX-XXXX: it is shown now or never.
 */
export async function issueCard(tx: Tx, personId: string, by: string | null): Promise<{ code: string }> {
  await revokeUnused(tx, personId);
  const code = newCode();
  await tx.insert(cards).values({
    personId,
    codeHash: codeHash(code),
    issuedBy: by,
    expiresAt: sql`${thisDay()} + interval '31 days'`,
  });
  return { code: showCode(code) };
}

/**
 * A fixed card of the demo forum: its code is printed in the README, never expires and opens again.
 * @throws Error outside a demo forum, and where the code is none.
 */
export async function setCard(tx: Tx, personId: string, typed: string, by: string | null): Promise<void> {
  if (!(await isDemo(tx))) throw new Error('only a demo forum has fixed cards');
  const code = readCode(typed);
  if (!code) throw new Error(`${typed} is no card code`);
  await tx.insert(cards).values({ personId, codeHash: codeHash(code), issuedBy: by, expiresAt: forEver });
}
