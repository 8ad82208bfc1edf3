import { eq, sql } from 'drizzle-orm';
import { memberships, padronImports } from '~/db/schema/associations';
import type { JobHandler } from '../jobs';
import { enrollPerson } from '../people/commands';
import { associationFacts, memberNames } from './queries';
import { likelyTwins } from './rules/padron';

const stride = 50;

/**
 * Enrolls a padrón in one transaction, so that it is there whole or not at all: a job that died half-way
 * has enrolled nobody, and one that is run again after its end finds it done. How far it is goes to the
 * jobs table on another connection, where the page reads it.
 */
export const importPadronJob: JobHandler = async (db, job, progress) => {
  const { importId, leaveOutPresent, leaveOutRepeated } = job.payload as {
    importId: string;
    leaveOutPresent: boolean;
    leaveOutRepeated: boolean;
  };
  await db.transaction(async (tx) => {
    const [asked] = await tx
      .select({ associationId: padronImports.associationId })
      .from(padronImports)
      .where(eq(padronImports.id, importId));
    // The association first, as everywhere: nobody else enrolls while this one does.
    const association = asked && (await associationFacts(tx, asked.associationId, true));
    const [found] = await tx.select().from(padronImports).where(eq(padronImports.id, importId)).for('update');
    if (!association || !found || found.state !== 'running') return;
    const { already, repeated } = likelyTwins(found.rows, await memberNames(tx, association.id));
    const left = new Set([...(leaveOutPresent ? already : []), ...(leaveOutRepeated ? repeated : [])]);
    const people = association.dissolved ? [] : found.rows.filter(({ row }) => !left.has(row));
    await progress(0, people.length);
    for (let start = 0; start < people.length; start += stride) {
      const some = people.slice(start, start + stride);
      const enrolled = [];
      for (const { name, sex, title } of some) {
        const { personId } = await enrollPerson(tx, { name, sex, by: found.uploadedBy });
        enrolled.push({ associationId: association.id, personId, role: 'member' as const, title });
      }
      await tx.insert(memberships).values(enrolled);
      await progress(start + some.length, people.length);
    }
    await tx
      .update(padronImports)
      .set({ state: 'done', rows: [], imported: people.length, finishedAt: sql`now()` })
      .where(eq(padronImports.id, importId));
  });
};
