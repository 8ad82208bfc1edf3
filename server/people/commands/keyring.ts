import { eq } from 'drizzle-orm';
import type { DbOrTx, Tx } from '~/db/client';
import { keyrings } from '~/db/schema/people';
import { type Context, command } from '../../act';
import { dayAfter, limaDay } from '../../day';
import { nothing } from '../../input';
import { forgive, giveBack, tooMany } from '../../limits';
import { anyone, fail, signedIn } from '../../rule';
import { runtime } from '../../runtime';
import {
  emptyKeyring,
  hashOf,
  isFrom,
  type Keyring,
  mayMake,
  resetDays,
  unwrapKeyring,
  wordsFit,
  wrapKeyring,
} from '../rules/keyring';
import * as schema from '../schema';
import { ensureValues, proposeValue, readValues, settleValue } from './values';

const secret = () => runtime().secrets.keyrings;
const bytes = (typed: string) => Buffer.from(typed, 'base64url');
const today = () => limaDay(new Date());

/** What stands for every account from her enrolment on. @returns the row, to be inserted with her. */
export const newKeyring = (personId: string) => ({
  personId,
  sealed: wrapKeyring(secret(), ensureValues(personId).current, personId, emptyKeyring()),
});

/** The row of somebody who has made her words. */
export const madeKeyring = (personId: string, salt: Uint8Array, auth: Uint8Array, keyring: Uint8Array) => ({
  personId,
  sealed: wrapKeyring(secret(), ensureValues(personId).current, personId, {
    made: true,
    opensOn: null,
    salt,
    verifier: hashOf(auth),
    keyring,
  }),
});

/** The keyring as it stands, with the value it opened under. What cannot be opened any more is as if never made. */
function opened(personId: string, row: Uint8Array | undefined): { of: Keyring; under: Buffer | null } {
  const values = row ? readValues(personId) : null;
  for (const under of [values?.current, values?.next]) {
    const of = row && under ? unwrapKeyring(secret(), under, personId, row) : null;
    if (of) return { of, under: under! };
  }
  return { of: emptyKeyring(), under: null };
}

const rowOf = async (db: DbOrTx, personId: string) =>
  (await db.select({ sealed: keyrings.sealed }).from(keyrings).where(eq(keyrings.personId, personId)))[0];

/** An account's keyring, unlocked of the forum's own wrapping. */
export const keyringOf = async (db: DbOrTx, personId: string): Promise<Keyring> =>
  opened(personId, (await rowOf(db, personId))?.sealed).of;

/** The same under lock, for who is about to change it. */
async function locked(tx: Tx, personId: string | null) {
  if (!personId) return { of: emptyKeyring(), under: null };
  const query = tx.select({ sealed: keyrings.sealed }).from(keyrings);
  const [row] = await query.where(eq(keyrings.personId, personId)).for('update');
  return opened(personId, row?.sealed);
}
type Facts = Awaited<ReturnType<typeof locked>>;

/** Writes it under a new value, so that no older copy of the row opens once this is committed. */
async function replace(tx: Tx, personId: string, { under }: Facts, of: Keyring): Promise<void> {
  const next = proposeValue(personId, under ?? ensureValues(personId).current);
  const sealed = wrapKeyring(secret(), next, personId, of);
  await tx
    .insert(keyrings)
    .values({ personId, sealed })
    .onConflictDoUpdate({ target: keyrings.personId, set: { sealed } });
}

/** After the commit: the value that the row opens under is the only one from now on. */
export async function settleKeyrings(db: DbOrTx, personIds: readonly string[]): Promise<void> {
  for (const personId of personIds)
    await db.transaction(async (tx) => {
      // Under its lock: whoever writes next proposes a value that this must not destroy.
      const { under } = await locked(tx, personId);
      if (under && readValues(personId)?.next) settleValue(personId, Buffer.from(under));
    });
}

/** Wraps one row anew, where it is hers to open; gives one to an account that has none. */
export async function rewrapKeyring(tx: Tx, personId: string): Promise<void> {
  const query = tx.select({ sealed: keyrings.sealed }).from(keyrings);
  const [row] = await query.where(eq(keyrings.personId, personId)).for('update');
  if (!row) {
    await tx.insert(keyrings).values(newKeyring(personId)).onConflictDoNothing();
    return;
  }
  const { of, under } = opened(personId, row.sealed);
  // Under neither value: perhaps only the folder is not there today. It stays as it is, for when it is again.
  if (!under) return;
  if (readValues(personId)?.next) settleValue(personId, Buffer.from(under));
  const sealed = wrapKeyring(secret(), under, personId, of);
  await tx.update(keyrings).set({ sealed }).where(eq(keyrings.personId, personId));
}

/** Counts one try at somebody's words: narrow where it comes from, wider over all addresses; in memory alone. */
async function countTry({ actor, address }: Context): Promise<void> {
  if (!actor.personId) return;
  const limited =
    (await tooMany('keyring.here', `${actor.personId} ${address}`)) ??
    (await tooMany('keyring.anywhere', actor.personId));
  if (limited) throw limited;
}
async function wasRight({ actor, address }: Context): Promise<void> {
  await forgive('keyring.here', `${actor.personId} ${address}`);
  await giveBack('keyring.anywhere', actor.personId!);
}

const hers = {
  rule: signedIn,
  see: anyone,
  // A row of the audit would say when she opened or changed what is private.
  audit: 'none' as const,
  load: (tx: Tx, _input: unknown, actor: Context['actor']) => locked(tx, actor.personId),
};

/** Hands out the keyring for the right words. Wrong words, none made, and one that was lost sound alike. */
export const openKeyring = command({
  ...hers,
  action: 'people.openKeyring',
  input: schema.openKeyring,
  prepare: countTry,
  run: async ({ input, facts, context }) => {
    if (!wordsFit(facts.of, bytes(input.auth))) return fail('people.keyring_wrong');
    await wasRight(context);
    return { keyring: Buffer.from(facts.of.keyring).toString('base64url') };
  },
});

const written = (input: { salt: string; auth: string; keyring: string }): Keyring => ({
  made: true,
  opensOn: null,
  salt: bytes(input.salt),
  verifier: hashOf(bytes(input.auth)),
  keyring: bytes(input.keyring),
});

/** Her first words, or new ones when a reset has waited its seven days: what was in the keyring is gone then. */
export const makeKeyring = command({
  ...hers,
  action: 'people.makeKeyring',
  input: schema.makeKeyring,
  // It says whether words fit, as opening does, and is counted as one.
  prepare: countTry,
  run: async ({ tx, actor, input, facts, context, emit }) => {
    // Sent again because the answer was lost: it stands already.
    if (wordsFit(facts.of, bytes(input.auth))) {
      await wasRight(context);
      return { made: true };
    }
    if (!mayMake(facts.of, today())) return fail('people.keyring_made');
    await replace(tx, actor.personId!, facts, written(input));
    emit({ type: 'keyring.written', personIds: [actor.personId!] });
    return { made: true };
  },
});

/** New contents under the same words. @param input.was what it was made from, so that two phones lose nothing. */
export const writeKeyring = command({
  ...hers,
  action: 'people.writeKeyring',
  input: schema.writeKeyring,
  prepare: countTry,
  run: async ({ tx, actor, input, facts, context, emit }) => {
    if (!wordsFit(facts.of, bytes(input.auth))) return fail('people.keyring_wrong');
    await wasRight(context);
    if (!isFrom(facts.of, bytes(input.was))) return fail('people.keyring_moved');
    await replace(tx, actor.personId!, facts, { ...facts.of, keyring: bytes(input.keyring) });
    emit({ type: 'keyring.written', personIds: [actor.personId!] });
    return { written: true };
  },
});

/** New words against the old ones; what was in the keyring stays. A reset that waited is over. */
export const changeKeyring = command({
  ...hers,
  action: 'people.changeKeyring',
  input: schema.changeKeyring,
  prepare: countTry,
  run: async ({ tx, actor, input, facts, context, emit }) => {
    if (!wordsFit(facts.of, bytes(input.old))) return fail('people.keyring_wrong');
    await wasRight(context);
    if (!isFrom(facts.of, bytes(input.was))) return fail('people.keyring_moved');
    await replace(tx, actor.personId!, facts, written(input));
    emit({ type: 'keyring.written', personIds: [actor.personId!] });
    return { changed: true };
  },
});

/** Asks for new words without the old ones: seven days, to be seen by her all that time. Twice is once. */
export const askKeyringReset = command({
  ...hers,
  action: 'people.askKeyringReset',
  input: nothing,
  run: async ({ tx, actor, facts, emit }) => {
    const opensOn = facts.of.opensOn ?? dayAfter(today(), resetDays);
    if (!facts.of.made || facts.of.opensOn) return { opensOn };
    await replace(tx, actor.personId!, facts, { ...facts.of, opensOn });
    emit({ type: 'keyring.written', personIds: [actor.personId!] });
    return { opensOn };
  },
});

/** Takes it back: the old words hold, as they did all along. */
export const cancelKeyringReset = command({
  ...hers,
  action: 'people.cancelKeyringReset',
  input: nothing,
  run: async ({ tx, actor, facts, emit }) => {
    if (!facts.of.opensOn) return { opensOn: null };
    await replace(tx, actor.personId!, facts, { ...facts.of, opensOn: null });
    emit({ type: 'keyring.written', personIds: [actor.personId!] });
    return { opensOn: null };
  },
});
