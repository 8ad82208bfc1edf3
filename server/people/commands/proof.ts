import { eq } from 'drizzle-orm';
import type { Db } from '~/db/client';
import { persons } from '~/db/schema/people';
import { forgive, giveBack, tooMany } from '../../limits';
import { fail } from '../../rule';
import { cardByCode, isDemo } from '../queries';
import { cardProblem, readNumber } from '../rules';
import { passphraseFits } from './passphrase';

/** @throws Failure `too_many` where too much was guessed from this address. */
export async function countTry(address: string): Promise<void> {
  const limited = await tooMany('sign-in.address', address);
  if (limited) throw limited;
}

/**
 * Whose number and passphrase these are; tries are counted.
 * @throws Failure at its field
 */
export async function provenByPassphrase(
  { db, address }: { db: Db; address: string },
  given: { number: string; passphrase: string },
): Promise<{ personId: string; hash: string | null }> {
  await countTry(address);
  const number = readNumber(given.number);
  if (!number) throw fail('people.number_wrong', 'number');
  // Narrow where the guessing comes from, wider over all addresses: nobody elsewhere can shut her out.
  const here = `${number} ${address}`;
  const limited = (await tooMany('sign-in.number', here)) ?? (await tooMany('sign-in.anywhere', number));
  if (limited) throw limited;
  const [person] = await db.select().from(persons).where(eq(persons.number, number));
  if (!(await passphraseFits(given.passphrase, person?.passphraseHash ?? null)))
    throw fail('people.no_match', 'passphrase');
  await forgive('sign-in.number', here);
  await giveBack('sign-in.anywhere', number);
  await giveBack('sign-in.address', address);
  return { personId: person!.id, hash: person!.passphraseHash };
}

/**
 * Whose card this is, which is looked at and not used up; tries are counted.
 * @throws Failure at its field
 */
export async function provenByCard(
  { db, address }: { db: Db; address: string },
  code: string,
): Promise<{ personId: string }> {
  await countTry(address);
  const card = await cardByCode(db, code);
  const problem = cardProblem(card, await isDemo(db), new Date());
  if (problem) throw fail(problem, 'code');
  await giveBack('sign-in.address', address);
  return { personId: card!.personId };
}
