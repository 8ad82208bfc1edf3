import { timingSafeEqual } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { forum } from '~/db/schema/kernel';
import { forumRoles, persons } from '~/db/schema/people';
import { spaces } from '~/db/schema/spaces';
import { command } from '../../act';
import { giveBack, tooMany } from '../../limits';
import { fail } from '../../rule';
import { runtime } from '../../runtime';
import { enrollPerson } from '../commands';
import * as policy from '../policy';
import { codeHash, isSetUp } from '../queries';
import { readCode, showNumber } from '../rules';
import * as schema from '../schema';
import { choosePassphrase } from './passphrase';
import { lockRoles } from './roles';
import { openSession } from './sessions';

/** The code that this start printed on the console, compared without telling where it differs. */
const isConsoleCode = (typed: string): boolean => {
  const code = readCode(typed);
  return code !== null && timingSafeEqual(codeHash(code), codeHash(runtime().setupCode));
};

/** The first visit: the forum's name and its first secretary, once, by whoever reads the console. */
export const setUp = command({
  action: 'people.setUp',
  rule: policy.setUp,
  input: schema.setUp,
  audit: 'full',
  prepare: async ({ db, address }, input) => {
    const limited = await tooMany('sign-in.address', address);
    if (limited) throw limited;
    if (await isSetUp(db)) return '';
    if (!isConsoleCode(input.code)) throw fail('people.setup_code', 'code');
    await giveBack('sign-in.address', address);
    return choosePassphrase(input, { name: input.name, number: 'none' });
  },
  load: async (tx) => {
    await lockRoles(tx);
    return { open: !(await isSetUp(tx)) };
  },
  run: async ({ tx, input, prepared: passphraseHash }) => {
    await tx
      .insert(forum)
      .values({ name: input.forum })
      .onConflictDoUpdate({ target: forum.id, set: { name: input.forum } });
    // The two spaces that every forum has once; tables and bases' own are opened by people.
    await tx
      .insert(spaces)
      .values([
        { kind: 'plenary', title: 'Plenaria' },
        { kind: 'review', title: 'Mesa de revisión' },
      ])
      .onConflictDoNothing();
    const { personId, number } = await enrollPerson(tx, { name: input.name, by: null });
    await tx.update(persons).set({ passphraseHash }).where(eq(persons.id, personId));
    await tx.insert(forumRoles).values({ personId, role: 'forumSecretary', confirmedAt: sql`now()` });
    return { personId, number: showNumber(number), sessionId: await openSession(tx, personId, input.agent) };
  },
  subject: (_input, out) => out.personId,
});
