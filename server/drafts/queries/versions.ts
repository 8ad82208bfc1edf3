import { and, count, desc, eq } from 'drizzle-orm';
import type { DbOrTx } from '~/db/client';
import { draftVersions } from '~/db/schema/drafts';
import { query } from '../../act';
import { limaDay } from '../../day';
import { can } from '../../rule';
import * as policy from '../policy';
import { draftFacts } from '../queries';
import { comparedWithLooks, type Row } from '../rules/comparison';
import { linesOf, type Stretch } from '../rules/lines';
import { partOf, partOfLines } from '../rules/parts';
import { textOf } from '../rules/texts';
import * as schema from '../schema';
import { creditsTo } from './credits';
import { standing } from './texts';

const pageSize = 20;
/** How many letters of a comparison stand on one page: each of them may stand there twice. */
const comparedAtMost = 12_000;

/** A version of a draft; null where that draft has none of this id. */
async function versionOf(db: DbOrTx, draftId: string, id: string) {
  const [row] = await db
    .select()
    .from(draftVersions)
    .where(and(eq(draftVersions.id, id), eq(draftVersions.draftId, draftId)));
  return row ?? null;
}

/** A version with its draft, as the rules speak of it; both locked. */
export async function versionFacts(tx: DbOrTx, id: string) {
  const [row] = await tx
    .select({ draftId: draftVersions.draftId, author: draftVersions.createdBy })
    .from(draftVersions)
    .where(eq(draftVersions.id, id))
    .for('update');
  const draft = row && (await draftFacts(tx, row.draftId, true));
  return draft ? { ...draft, author: row.author } : null;
}

/** The named versions of a draft, newest first. */
export const versions = query({
  action: 'drafts.versions',
  rule: policy.read,
  input: schema.versions,
  load: async (db, { id, page }, actor) => {
    const draft = await draftFacts(db, id);
    if (!draft || !can(policy.read, actor, draft)) return null;
    const mine = eq(draftVersions.draftId, id);
    const [[total], rows, choices] = await Promise.all([
      db.select({ n: count() }).from(draftVersions).where(mine),
      db
        .select({
          id: draftVersions.id,
          name: draftVersions.name,
          createdAt: draftVersions.createdAt,
          createdBy: draftVersions.createdBy,
        })
        .from(draftVersions)
        .where(mine)
        .orderBy(desc(draftVersions.createdAt), desc(draftVersions.id))
        .limit(pageSize)
        .offset((page - 1) * pageSize),
      db
        .select({ id: draftVersions.id, name: draftVersions.name })
        .from(draftVersions)
        .where(mine)
        .orderBy(desc(draftVersions.createdAt), desc(draftVersions.id)),
    ]);
    const people = rows.map((row) => row.createdBy);
    const credit = await creditsTo(db, people, policy.attributionFor(actor, draft));
    return { ...draft, rows, credit, choices, total: total!.n };
  },
  present: (facts, actor, { page }) => ({
    id: facts.id,
    title: facts.title,
    items: facts.rows.map((row) => ({
      id: row.id,
      name: row.name,
      day: limaDay(row.createdAt),
      by: facts.credit(row.createdBy),
    })),
    /** All of them, to compare two. */
    choices: facts.choices,
    page,
    pages: Math.max(1, Math.ceil(facts.total / pageSize)),
    abilities: { name: can(policy.edit, actor, facts) },
  }),
});

/** One version, as it was. */
export const version = query({
  action: 'drafts.version',
  rule: policy.read,
  input: schema.version,
  load: async (db, { id, versionId }, actor) => {
    const draft = await draftFacts(db, id);
    if (!draft || !can(policy.read, actor, draft)) return null;
    const row = await versionOf(db, id, versionId);
    if (!row) return null;
    const credit = await creditsTo(db, [row.createdBy], policy.attributionFor(actor, draft));
    return { ...draft, row, by: credit(row.createdBy) };
  },
  present: ({ row, ...facts }, actor, { part: wanted }) => {
    const lines = linesOf(row.delta);
    const { from, to, ...part } = partOfLines(lines, wanted);
    return {
      id: facts.id,
      title: facts.title,
      version: { id: row.id, name: row.name, day: limaDay(row.createdAt), by: facts.by },
      lines: lines.slice(from, to),
      ...part,
      abilities: { remove: can(policy.withdraw, actor, { ...facts, author: row.createdBy }) },
    };
  },
});

const weight = (row: Row) =>
  row.kind === 'fold' ? 0 : row.pieces.reduce((sum, { text }) => sum + text.length, 0);

/** Two states of a draft compared word by word. */
export const comparison = query({
  action: 'drafts.comparison',
  rule: policy.read,
  input: schema.comparison,
  load: async (db, { id, from, to }, actor) => {
    const draft = await draftFacts(db, id);
    if (!draft || !can(policy.read, actor, draft)) return null;
    const stateOf = async (which: string) => {
      if (which !== 'ahora') {
        const row = await versionOf(db, id, which);
        return (
          row && { id: row.id, name: row.name, day: limaDay(row.createdAt), delta: row.delta as Stretch[] }
        );
      }
      const text = textOf((await standing(db, draft.textId)).updates);
      return { id: 'ahora', name: null, day: null, delta: text.toDelta() as Stretch[] };
    };
    const [before, after] = await Promise.all([stateOf(from), stateOf(to)]);
    return before && after ? { ...draft, before, after } : null;
  },
  present: ({ before, after, ...facts }, _actor, { page }) => {
    const rows = comparedWithLooks(before.delta, after.delta);
    const { part, parts, from, to } = partOf(rows.map(weight), page, comparedAtMost);
    const { delta: _before, ...left } = before;
    const { delta: _after, ...right } = after;
    return {
      id: facts.id,
      title: facts.title,
      from: left,
      to: right,
      same: rows.every((row) => row.kind === 'fold'),
      rows: rows.slice(from, to),
      page: part,
      pages: parts,
    };
  },
});
