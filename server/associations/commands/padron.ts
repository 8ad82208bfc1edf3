import { and, eq, lt, or, sql } from 'drizzle-orm';
import type { Tx } from '~/db/client';
import { padronImports } from '~/db/schema/associations';
import { command } from '../../act';
import { addJob } from '../../jobs';
import { tooMany } from '../../limits';
import { fail } from '../../rule';
import * as policy from '../policy';
import { associationFacts } from '../queries';
import { readPadron } from '../rules/padron';
import { bytesAtMost, readTable } from '../rules/table';
import * as schema from '../schema';

export const importJob = 'associations.padron';
const errorsKept = 200;
const dropped = { state: 'dropped' as const, rows: [], errors: [], finishedAt: sql`now()` };

/** An import with its association, under the association's lock. */
export async function importFacts(tx: Tx, id: string) {
  const [found] = await tx
    .select({ associationId: padronImports.associationId })
    .from(padronImports)
    .where(eq(padronImports.id, id));
  const association = found && (await associationFacts(tx, found.associationId, true));
  if (!association) return null;
  const [row] = await tx
    .select({
      id: padronImports.id,
      uploadedBy: padronImports.uploadedBy,
      state: padronImports.state,
      wrong: sql<number>`jsonb_array_length(${padronImports.errors})`,
    })
    .from(padronImports)
    .where(eq(padronImports.id, id))
    .for('update');
  return row ? { ...row, association } : null;
}

/**
 * Reads an uploaded padrón and keeps it as a preview, with what is wrong row by row; an earlier preview of the
 * same association, and forgotten ones of any, are dropped. Nobody is enrolled yet.
 */
export const upload = command({
  action: 'associations.upload',
  rule: policy.keepPadron,
  see: policy.read,
  input: schema.upload,
  audit: 'full',
  prepare: async ({ actor }) => (actor.personId ? tooMany('look-up', `padron ${actor.personId}`) : null),
  load: (tx, { id }) => associationFacts(tx, id, true),
  run: async ({ tx, actor, input: { id, file }, prepared: limited }) => {
    if (limited) return limited;
    if (file.size > bytesAtMost) return fail('associations.padron.too_big', 'file');
    const table = await readTable(new Uint8Array(await file.arrayBuffer()));
    if ('trouble' in table)
      return fail(`associations.padron.${table.trouble}`, 'file', 'row' in table ? { row: table.row } : {});
    const padron = readPadron(table);
    if ('trouble' in padron) return fail(`associations.padron.${padron.trouble}`, 'file');
    const earlier = eq(padronImports.associationId, id);
    if ((await tx.$count(padronImports, and(earlier, eq(padronImports.state, 'running')))) > 0)
      return fail('associations.padron.running', 'file');
    const forgotten = lt(padronImports.uploadedAt, sql`now() - interval '7 days'`);
    await tx
      .update(padronImports)
      .set(dropped)
      .where(and(eq(padronImports.state, 'preview'), or(earlier, forgotten)));
    const [row] = await tx
      .insert(padronImports)
      .values({
        associationId: id,
        uploadedBy: actor.personId!,
        rows: padron.rows,
        errors: padron.errors.slice(0, errorsKept),
      })
      .returning({ id: padronImports.id });
    return { id: row!.id, people: padron.rows.length, wrong: padron.errors.length };
  },
});

/** Enrolls everybody in the preview, by a job, all or nobody; with one wrong row, nobody. */
export const importPadron = command({
  action: 'associations.importPadron',
  rule: policy.keepImport,
  input: schema.importPadron,
  audit: 'full',
  load: (tx, { id }) => importFacts(tx, id),
  run: async ({ tx, facts, input: { id, leaveOutPresent, leaveOutRepeated }, emit }) => {
    if (facts.state !== 'preview') return fail('associations.padron.over');
    if (facts.wrong > 0) return fail('associations.padron.wrong_rows');
    const jobId = await addJob(tx, importJob, { importId: id, leaveOutPresent, leaveOutRepeated });
    await tx.update(padronImports).set({ state: 'running', jobId }).where(eq(padronImports.id, id));
    emit({ type: 'job.added', kind: importJob });
    return { id };
  },
});

/** Throws a preview away, or an import that failed. */
export const dropPadron = command({
  action: 'associations.dropPadron',
  rule: policy.keepImport,
  input: schema.byId,
  audit: 'full',
  load: (tx, { id }) => importFacts(tx, id),
  run: async ({ tx, facts, input: { id } }) => {
    if (facts.state === 'done') return fail('associations.padron.over');
    await tx.update(padronImports).set(dropped).where(eq(padronImports.id, id));
    return { id: facts.association.id };
  },
});
