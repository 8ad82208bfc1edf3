import { eq, sql } from 'drizzle-orm';
import type { Tx } from '~/db/client';
import { thisDay } from '~/db/schema/columns';
import { audit, submissions } from '~/db/schema/kernel';
import type { Actor } from '../actor';
import { Denied } from '../rule';

// drizzle would write a bare null as SQL's, which is no answer at all.
const noAnswer = sql`'null'::jsonb`;

/**
 * The answer already given to this submission, if any; it also takes the key, so that a twin
 * that arrives at the same moment waits for the first and then finds its answer.
 * @throws Denied `not_found` where the key was used by another person or for another act.
 */
export async function replay<Out>(
  tx: Tx,
  { key, action, actor }: { key: string; action: string; actor: Actor },
): Promise<{ output: Out } | null> {
  const taken = await tx
    .insert(submissions)
    .values({ key, action, personId: actor.personId, output: noAnswer })
    .onConflictDoNothing()
    .returning({ key: submissions.key });
  if (taken.length > 0) return null;
  const [earlier] = await tx.select().from(submissions).where(eq(submissions.key, key));
  if (!earlier || earlier.action !== action || earlier.personId !== actor.personId)
    throw new Denied('not_found');
  return { output: earlier.output as Out };
}

/**
 * Writes the audit row: `full` names person and subject, `participation` the person alone, `none` nothing.
 * Keeps the answer under its submission key.
 */
export async function record(
  tx: Tx,
  row: {
    action: string;
    actor: Actor;
    audit: 'full' | 'participation' | 'none';
    subject: string | null;
    key: string | undefined;
    output: unknown;
  },
): Promise<void> {
  if (row.key)
    await tx
      .update(submissions)
      .set({ output: row.output ?? noAnswer })
      .where(eq(submissions.key, row.key));
  if (row.audit === 'none') return;
  await tx.insert(audit).values({
    // That she took part needs no hour: beside what was written then, it would say what she did.
    ...(row.audit === 'participation' ? { at: thisDay() } : {}),
    action: row.action,
    personId: row.actor.personId,
    subject: row.audit === 'full' ? row.subject : null,
  });
}
