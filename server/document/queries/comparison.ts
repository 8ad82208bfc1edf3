import { and, asc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { DbOrTx } from '~/db/client';
import { versionArticles, versions } from '~/db/schema/document';
import { query } from '../../act';
import { partOf } from '../../drafts/rules/parts';
import * as policy from '../policy';
import { head, presentHead, type VersionHead } from '../queries';
import {
  type Block,
  counted,
  type Difference,
  difference,
  type Fate,
  fates,
  folded,
  kindOf,
  lettersOf,
  readable,
} from '../rules/comparison';
import * as schema from '../schema';

const a = versionArticles;
// A page carries both sides of what changed, and stays below its thirty kilobytes.
const lettersAtMost = 9000;
/** How much of one article stands among the others; the whole of it has pages of its own. */
const lettersOfOne = 3000;
/** What an article takes beside its words, in letters. */
const frame = 500;

const sorted = (column: PgColumn): SQL =>
  sql`(select array_agg(one order by one) from unnest(${column}) one)`;

/**
 * The articles of a version, and of each a mark that is another as soon as anything it says is. Its
 * areas stand apart, since they follow its place.
 */
function standings(db: DbOrTx, versionId: string) {
  return db
    .select({
      articleId: a.articleId,
      number: a.number,
      area: a.area,
      title: a.title,
      words: sql<string>`md5(jsonb_build_array(${a.title}, ${a.summary}, ${a.text}, ${a.law}, ${a.reality},
        ${a.genderCheck}, ${a.genderWaived}, ${a.territory}, ${sorted(a.addressees)},
        ${sorted(a.library)}, ${sorted(a.concernIds)})::text)`,
      areas: sql<string>`array_to_string(${sorted(a.areas)}, ' ')`,
      letters: sql<number>`length(${a.title} || ${a.summary} || ${a.text} || ${a.law} || ${a.reality}
        || ${a.genderCheck})`,
    })
    .from(a)
    .where(eq(a.versionId, versionId))
    .orderBy(asc(a.number));
}

/** The two versions that were asked for, the earlier one first; where none were, the last two. */
async function pairOf(db: DbOrTx, from: number | undefined, to: number | undefined) {
  const all: VersionHead[] = await db.select(head).from(versions).orderBy(asc(versions.number));
  const of = (number: number) => all.find((version) => version.number === number);
  const last = to ?? all.at(-1)?.number ?? 0;
  const [before, after] = [of(from ?? Math.max(1, last - 1)), of(last)];
  if (!before || !after) return null;
  return before.number <= after.number ? { before, after } : { before: after, after: before };
}

/** What differs in these articles, by article. */
async function differences(db: DbOrTx, before: VersionHead, after: VersionHead, ids: string[]) {
  const found = new Map<string, Difference>();
  if (ids.length === 0) return found;
  const rows = await db
    .select()
    .from(a)
    .where(and(inArray(a.versionId, [before.id, after.id]), inArray(a.articleId, ids)));
  for (const id of ids) {
    const of = (version: VersionHead) =>
      rows.find((row) => row.articleId === id && row.versionId === version.id)!;
    found.set(id, difference(of(before), of(after)));
  }
  return found;
}

const weight = (block: Block) => {
  if ('run' in block) return 60;
  const { before, after, changed } = block.fate;
  return frame + (changed ? Math.min(before!.letters + after!.letters, lettersOfOne) : 0);
};

type Shown = { difference: Difference | null; more: boolean };

/** Of a difference what fits among the others. */
function inShort(whole: Difference): Shown {
  let left = lettersOfOne;
  const written = whole.written.map(({ field, rows }) => ({
    field,
    rows: readable(rows).filter((row) => {
      left -= lettersOf(row);
      return left >= 0;
    }),
  }));
  return { difference: { ...whole, written: written.filter(({ rows }) => rows.length > 0) }, more: left < 0 };
}

/** One page of the whole of a difference. */
function wholePage(whole: Difference, wanted: number) {
  const rows = whole.written.flatMap(({ field, rows }) => readable(rows).map((row) => ({ field, row })));
  const { from, to, part, parts } = partOf(
    rows.map(({ row }) => lettersOf(row)),
    wanted,
    lettersAtMost,
  );
  const here = rows.slice(from, to);
  const written = whole.written
    .map(({ field }) => ({ field, rows: here.filter((one) => one.field === field).map((one) => one.row) }))
    .filter((text) => text.rows.length > 0);
  return { difference: { ...whole, written }, page: part, pages: parts };
}

const presentFate = (fate: Fate, shown: Shown) => {
  const place = (standing: Fate['before']) =>
    standing && { number: standing.number, area: standing.area, title: standing.title };
  return {
    id: fate.id,
    kind: kindOf(fate),
    before: place(fate.before),
    after: place(fate.after),
    chapter: fate.chapter,
    place: fate.place,
    ...shown,
  };
};

/** Two frozen versions held against each other, article by article; or one article of both. */
export const comparison = query({
  action: 'document.comparison',
  rule: policy.readVersion,
  input: schema.comparison,
  load: async (db, { from, to, article, page }) => {
    const pair = await pairOf(db, from, to);
    if (!pair) return null;
    const { before, after } = pair;
    const all = fates(await standings(db, before.id), await standings(db, after.id));
    const changed = (some: readonly Fate[]) => some.filter((fate) => fate.changed).map(({ id }) => id);
    if (article) {
      const fate = all.find(({ id }) => id === article);
      if (!fate) return null;
      const found = (await differences(db, before, after, changed([fate]))).get(fate.id);
      const {
        page: here,
        pages,
        ...shown
      } = found ? wholePage(found, page) : { difference: null, page: 1, pages: 1 };
      const blocks = [{ fate: presentFate(fate, { ...shown, more: false }) }];
      return { before, after, counts: counted(all), one: true, blocks, page: here, pages };
    }
    const blocks = folded(all);
    const { part, parts, from: first, to: next } = partOf(blocks.map(weight), page, lettersAtMost);
    const here = blocks.slice(first, next);
    const on = here.flatMap((block) => ('fate' in block ? [block.fate] : []));
    const found = await differences(db, before, after, changed(on));
    const shown = here.map((block) => {
      if ('run' in block) return block;
      const whole = found.get(block.fate.id);
      return { fate: presentFate(block.fate, whole ? inShort(whole) : { difference: null, more: false }) };
    });
    return { before, after, counts: counted(all), one: false, blocks: shown, page: part, pages: parts };
  },
  present: ({ before, after, ...rest }) => ({
    ...rest,
    before: presentHead(before),
    after: presentHead(after),
  }),
});
