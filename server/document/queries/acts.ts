import { aliasedTable, and, count, desc, eq, inArray, type SQL } from 'drizzle-orm';
import type { DbOrTx } from '~/db/client';
import { type ActNote, acts } from '~/db/schema/acts';
import { concerns } from '~/db/schema/concerns';
import { articles } from '~/db/schema/document';
import { drafts } from '~/db/schema/drafts';
import { persons } from '~/db/schema/people';
import { spaces } from '~/db/schema/spaces';
import { query } from '../../act';
import type { Actor } from '../../actor';
import { changesOf, type Hindrance, hindranceOf } from '../../acts/queries';
import { type ActKind, type ConcernImage, type Place, parts } from '../../acts/rules';
import { isForgotten } from '../../acts/rules/forgetting';
import { limaDay } from '../../day';
import { visibleTo } from '../../drafts/queries';
import { type Words, wordsIn } from '../../drafts/rules/texts';
import { type Failure, fail } from '../../rule';
import * as policy from '../policy';
import type { Fields } from '../rules/consolidation';
import * as schema from '../schema';

export const pageSize = 10;
const undoing = aliasedTable(acts, 'undoing');

type Row = { act: typeof acts.$inferSelect; who: string | null; undoneBy: number | null };

async function rowsOf(db: DbOrTx, where: SQL | undefined, page = 1): Promise<Row[]> {
  return db
    .select({ act: acts, who: persons.name, undoneBy: undoing.number })
    .from(acts)
    .leftJoin(persons, eq(persons.id, acts.personId))
    .leftJoin(undoing, eq(undoing.id, acts.undoneBy))
    .where(where)
    .orderBy(desc(acts.number))
    .limit(pageSize)
    .offset((page - 1) * pageSize);
}

/** Says which thing has changed since an act, and by which later one. */
export async function hindrance(db: DbOrTx, { key, why, by }: Hindrance): Promise<Failure> {
  const { kind, ids } = parts(key);
  const act: Record<string, number> = by ? { act: by.number } : {};
  const how = by ? '' : '.unrecorded';
  if (kind === 'concern' || kind === 'walk') {
    const [row] = await db.select({ number: concerns.number }).from(concerns).where(eq(concerns.id, ids[0]!));
    return fail(`acts.changed.${kind}${how}`, undefined, { number: row!.number, ...act });
  }
  const [row] = await db.select({ title: articles.title }).from(articles).where(eq(articles.id, ids[0]!));
  const said = { title: row!.title, ...act };
  if (why === 'gone') return fail('acts.gone', undefined, said);
  return fail(`acts.changed.${kind}${how}`, undefined, said);
}

/** Why an act cannot be undone now: a key of the failures and what it says; null where it can. */
async function whyNot(db: DbOrTx, { act }: Row) {
  if (act.undoneBy) return null;
  const found = await hindranceOf(db, act);
  if (!found) return null;
  const { code, params } = await hindrance(db, found);
  return { code, params };
}

/** The titles of these drafts, as far as she may see them: not every member sees every base's house. */
async function draftTitles(db: DbOrTx, actor: Actor, notes: ActNote[]): Promise<Map<string, string>> {
  const ids = notes.flatMap(({ draftId }) => draftId ?? []);
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: drafts.id, title: drafts.title })
    .from(drafts)
    .innerJoin(spaces, eq(spaces.id, drafts.spaceId))
    .where(and(inArray(drafts.id, ids), visibleTo(actor)));
  return new Map(rows.map(({ id, title }) => [id, title]));
}

/** Of a draft she may not see not even its id is told, nor in the note of what an act undid. */
function noteFor({ draftId, undone, ...note }: ActNote, titles: Map<string, string>) {
  const title = draftId && titles.get(draftId);
  const { of, ...which } = undone ?? {};
  return {
    ...note,
    ...(title ? { draftId } : {}),
    ...(undone ? { undone: which as Omit<NonNullable<ActNote['undone']>, 'of'> } : {}),
    draft: title || null,
  };
}

const present = ({ act, who, undoneBy }: Row, titles: Map<string, string>) => ({
  id: act.id,
  number: act.number,
  kind: act.kind as ActKind,
  note: noteFor(act.note, titles),
  who,
  day: limaDay(act.at),
  undoneBy,
});

/** What the committee has done, the newest first, each with what stands in the way of undoing it. */
export const list = query({
  action: 'document.acts',
  rule: policy.edit,
  see: policy.readWorking,
  input: schema.actsInput,
  load: async (db, { page }, actor) => {
    const [total, rows] = await Promise.all([
      db.select({ n: count() }).from(acts),
      rowsOf(db, undefined, page),
    ]);
    const titles = await draftTitles(
      db,
      actor,
      rows.map(({ act }) => act.note),
    );
    const reasons = [];
    for (const row of rows) reasons.push(await whyNot(db, row));
    return { total: total[0]!.n, rows, titles, reasons };
  },
  present: ({ total, rows, titles, reasons }, _actor, { page }) => ({
    items: rows.map((row, i) => ({ ...present(row, titles), whyNot: reasons[i]! })),
    total,
    page,
    pages: Math.max(1, Math.ceil(total / pageSize)),
  }),
});

/** One thing that undoing would put back: what it says now, and what it would say. */
type Effect =
  | { what: 'words'; article: string; now: string; was: string }
  | { what: 'title'; article: string; now: string; was: string }
  | { what: 'fields' | 'source' | 'forgotten'; article: string }
  | { what: 'gone' | 'back' | 'move'; article: string; area?: string }
  | { what: 'tied' | 'untied'; article: string; concern: number }
  /** Here what it is about is a concern, by its number. */
  | { what: 'together' | 'alone'; article: string }
  | { what: 'state'; concern: number; now: string; was: string };

function effectOf(
  change: { key: string; before: unknown; after: unknown },
  names: { articles: Map<string, string>; concerns: Map<string, number> },
): Effect[] {
  const { kind, ids } = parts(change.key);
  const { before, after } = change;
  const article = names.articles.get(ids[0]!) ?? '';
  if (isForgotten(before) || isForgotten(after)) return [{ what: 'forgotten', article }];
  if (kind === 'words')
    return before
      ? [{ what: 'words', article, now: wordsIn(after as Words), was: wordsIn(before as Words) }]
      : [];
  if (kind === 'fields') {
    if (!before) return [];
    const [was, now] = [before as Fields, after as Fields];
    if (was.title !== now.title) return [{ what: 'title', article, now: now.title, was: was.title }];
    return [{ what: 'fields', article }];
  }
  if (kind === 'place') {
    const place = before as Place | null;
    if (!place || 'retired' in place) return [{ what: 'gone', article }];
    const here = after as Place;
    return [{ what: 'retired' in here ? 'back' : 'move', article, area: place.area }];
  }
  if (kind === 'source') return [{ what: 'source', article }];
  if (kind === 'tie')
    return [{ what: before ? 'tied' : 'untied', article, concern: names.concerns.get(ids[1]!) ?? 0 }];
  if (kind === 'walk')
    return [{ what: before ? 'together' : 'alone', article: String(names.concerns.get(ids[0]!) ?? '') }];
  const [was, now] = [before as ConcernImage, after as ConcernImage];
  return [{ what: 'state', concern: names.concerns.get(ids[0]!) ?? 0, now: now.state, was: was.state }];
}

/** One act, with what undoing it would come to: for the page that asks once more. */
export const detail = query({
  action: 'document.act',
  rule: policy.edit,
  see: policy.readWorking,
  input: schema.byId,
  load: async (db, { id }, actor) => {
    const [row] = await rowsOf(db, eq(acts.id, id));
    if (!row) return null;
    const changes = changesOf(row.act);
    const ids = [...new Set(changes.flatMap(({ key }) => parts(key).ids.filter((one) => one.length === 36)))];
    const [titles, reason, named, numbered] = await Promise.all([
      draftTitles(db, actor, [row.act.note]),
      whyNot(db, row),
      db.select({ id: articles.id, title: articles.title }).from(articles).where(inArray(articles.id, ids)),
      db.select({ id: concerns.id, number: concerns.number }).from(concerns).where(inArray(concerns.id, ids)),
    ]);
    const names = {
      articles: new Map(named.map(({ id: one, title }) => [one, title])),
      concerns: new Map(numbered.map(({ id: one, number }) => [one, number])),
    };
    return { row, titles, reason, effects: changes.flatMap((change) => effectOf(change, names)) };
  },
  present: ({ row, titles, reason, effects }) => ({ ...present(row, titles), whyNot: reason, effects }),
});
