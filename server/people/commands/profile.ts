import { and, eq, sql } from 'drizzle-orm';
import { countedAs } from '~/db/schema/ballots';
import { persons } from '~/db/schema/people';
import { command } from '../../act';
import { forgive, tooMany } from '../../limits';
import { anyone, fail, signedIn } from '../../rule';
import * as schema from '../schema';
import { choosePassphrase, passphraseFits } from './passphrase';
import { endSessionsOf } from './sessions';

/** A new passphrase against the old one; every other session of hers ends. */
export const changePassphrase = command({
  action: 'people.changePassphrase',
  rule: signedIn,
  see: anyone,
  input: schema.changePassphrase,
  audit: 'participation',
  prepare: async ({ db, actor, address }, input) => {
    if (!actor.personId) return null;
    const subject = `${actor.personId} ${address}`;
    const limited = await tooMany('sign-in.number', subject);
    if (limited) throw limited;
    const [person] = await db.select().from(persons).where(eq(persons.id, actor.personId));
    // She is signed in, so there is nothing to hide by equal work.
    if (!person?.passphraseHash || !(await passphraseFits(input.old, person.passphraseHash)))
      throw fail('people.old_wrong', 'old');
    await forgive('sign-in.number', subject);
    return { was: person.passphraseHash, hash: await choosePassphrase(input, person) };
  },
  load: async (tx, _input, actor) => {
    if (!actor.personId) return { hash: null };
    const row = tx.select({ hash: persons.passphraseHash }).from(persons);
    return (await row.where(eq(persons.id, actor.personId)).for('update'))[0] ?? null;
  },
  run: async ({ tx, actor, prepared, facts, emit }) => {
    // Changed meanwhile from another phone: what was typed as the old one is not the old one any more.
    if (facts.hash !== prepared!.was) return fail('people.old_wrong', 'old');
    await tx.update(persons).set({ passphraseHash: prepared!.hash }).where(eq(persons.id, actor.personId!));
    const sessionIds = await endSessionsOf(tx, actor.personId!, actor.sessionId);
    if (sessionIds.length > 0) emit({ type: 'access.session.ended', sessionIds });
    return { ended: sessionIds.length };
  },
});

/** The language the forum speaks to her in, on every phone. */
export const setLanguage = command({
  action: 'people.setLanguage',
  rule: signedIn,
  see: anyone,
  input: schema.setLanguage,
  audit: 'none',
  load: async () => ({}),
  run: async ({ tx, actor, input }) => {
    await tx.update(persons).set({ locale: input.locale }).where(eq(persons.id, actor.personId!));
    return { locale: input.locale };
  },
});

/**
 * Says, changes or takes back her own sex: only with her consent, only ever counted, never shown for one person. What she
 * agreed to of the word before goes with it: of another word she is asked anew, for the ballots that open from then on.
 */
export const declareSex = command({
  action: 'people.declareSex',
  rule: signedIn,
  see: anyone,
  input: schema.declareSex,
  audit: 'participation',
  load: async () => ({}),
  run: async ({ tx, actor, input }) => {
    if (input.sex && !input.consent) return fail('people.consent', 'consent');
    const personId = actor.personId!;
    const sex = input.sex ?? null;
    const changed = await tx
      .update(persons)
      .set({ sex })
      .where(and(eq(persons.id, personId), sql`${persons.sex} is distinct from ${sex}`))
      .returning({ id: persons.id });
    if (changed.length > 0) await tx.delete(countedAs).where(eq(countedAs.personId, personId));
    return { sex };
  },
});
