import {
  and,
  arrayContains,
  arrayOverlaps,
  asc,
  desc,
  eq,
  gt,
  inArray,
  isNull,
  lt,
  max,
  sql,
} from 'drizzle-orm';
import type { DbOrTx } from '~/db/client';
import { acts } from '~/db/schema/acts';
import { concernGroupMembers, concerns } from '~/db/schema/concerns';
import { articleConcerns, articleSources, articles, chapters } from '~/db/schema/document';
import { textSnapshots, textUpdates } from '~/db/schema/drafts';
import { standing, stoodAt } from '../drafts/queries/texts';
import { stretchesOf, textOf } from '../drafts/rules/texts';
import {
  type Change,
  countAgainst,
  type Image,
  type Images,
  keys,
  leaving,
  obstacle,
  parts,
  scopeOf,
  scopes,
} from './rules';

type Read = (db: DbOrTx, ids: string[]) => Promise<[string, Image][]>;

const places: Read = async (db, ids) => {
  const rows = await db
    .select({
      id: articles.id,
      area: chapters.area,
      retiredAt: articles.retiredAt,
      into: articles.mergedInto,
      seq: articles.mergedSeq,
      order: sql<string[]>`(select array_agg(b.id order by b.position, b.id) from ${articles} b
        where b.chapter_id = ${articles.chapterId} and b.retired_at is null)`,
    })
    .from(articles)
    .innerJoin(chapters, eq(chapters.id, articles.chapterId))
    .where(inArray(articles.id, ids));
  return rows.map(({ id, area, retiredAt, into, seq, order }) => [
    scopes.place(id),
    retiredAt ? { retired: true, into, seq } : { area, order },
  ]);
};

const fields: Read = async (db, ids) => {
  const rows = await db
    .select({
      id: articles.id,
      title: articles.title,
      summary: articles.summary,
      areas: articles.areas,
      law: articles.law,
      reality: articles.reality,
      addressees: articles.addressees,
      library: articles.library,
      genderCheck: articles.genderCheck,
      genderWaived: articles.genderWaived,
      territory: articles.territory,
    })
    .from(articles)
    .where(inArray(articles.id, ids));
  return rows.map(({ id, ...said }) => [scopes.fields(id), said]);
};

const words: Read = async (db, ids) => {
  const rows = await db
    .select({ id: articles.id, textId: articles.textId })
    .from(articles)
    .where(inArray(articles.id, ids));
  const found: [string, Image][] = [];
  for (const { id, textId } of rows)
    found.push([scopes.words(id), stretchesOf(textOf((await standing(db, textId)).updates))]);
  return found;
};

const ties: Read = async (db, ids) => {
  const rows = await db
    .select({ article: articleConcerns.articleId, concern: articleConcerns.concernId })
    .from(articleConcerns)
    .where(and(inArray(articleConcerns.articleId, ids), isNull(articleConcerns.endedAt)));
  return rows.map(({ article, concern }) => [keys.tie(article, concern), true]);
};

const sources: Read = async (db, ids) => {
  const rows = await db
    .select({ article: articleSources.articleId, draft: articleSources.draftId, seq: articleSources.seq })
    .from(articleSources)
    .where(and(inArray(articleSources.articleId, ids), isNull(articleSources.endedAt)));
  return rows.map(({ article, draft, seq }) => [keys.source(article, draft, seq), true]);
};

const states: Read = async (db, ids) => {
  const rows = await db
    .select({
      id: concerns.id,
      state: concerns.state,
      reasonCode: concerns.reasonCode,
      reason: concerns.reason,
    })
    .from(concerns)
    .where(inArray(concerns.id, ids));
  return rows.map(({ id, ...image }) => [scopes.concern(id), image]);
};

const walks: Read = async (db, ids) => {
  const rows = await db
    .select({ concern: concernGroupMembers.concernId, group: concernGroupMembers.groupId })
    .from(concernGroupMembers)
    .where(and(inArray(concernGroupMembers.concernId, ids), isNull(concernGroupMembers.endedAt)));
  return rows.map(({ concern, group }) => [scopes.walk(concern), { group }]);
};

/** How each kind of scope is read. A new kind of thing that acts touch has its line here, and one in undo.ts. */
const readers: Record<string, Read> = {
  place: places,
  fields,
  words,
  ties,
  sources,
  concern: states,
  walk: walks,
};

/** The images of these scopes as they are now. */
export async function imagesOf(db: DbOrTx, wanted: readonly string[]): Promise<Images> {
  const ids = new Map<string, string[]>();
  for (const scope of new Set(wanted)) {
    const { kind, ids: own } = parts(scope);
    ids.set(kind, [...(ids.get(kind) ?? []), own[0]!]);
  }
  const images = new Map<string, Image>();
  for (const [kind, own] of ids)
    for (const [key, image] of await readers[kind]!(db, own)) images.set(key, image);
  return images;
}

/** The words of an article as they stood a day ago, which its log still knows (docs/decisions/091); none where it had none. */
export async function wordsADayAgo(db: DbOrTx, id: string): Promise<Images> {
  const [article] = await db.select({ textId: articles.textId }).from(articles).where(eq(articles.id, id));
  if (!article) return new Map();
  const { textId } = article;
  const [logged] = await db
    .select({ seq: max(textUpdates.seq) })
    .from(textUpdates)
    .where(and(eq(textUpdates.textId, textId), lt(textUpdates.at, sql`now() - interval '1 day'`)));
  const [packed] = await db
    .select({ seq: textSnapshots.seq })
    .from(textSnapshots)
    .where(eq(textSnapshots.textId, textId));
  const seq = Math.max(logged?.seq ?? 0, packed?.seq ?? 0);
  const stood = seq > 0 ? await stoodAt(db, textId, seq) : null;
  return new Map(stood ? [[scopes.words(id), stretchesOf(textOf(stood.updates))]] : []);
}

export const changesOf = (act: { changes: string }): Change[] => JSON.parse(act.changes) as Change[];

type Act = typeof acts.$inferSelect;
export type Hindrance = {
  key: string;
  why: 'changed' | 'gone';
  /** The act that changed it, where it was one. */
  by: { id: string; number: number; kind: string } | null;
};

/** The acts behind this one that touched any of the same things. */
async function laterOn(db: DbOrTx, act: Act) {
  // An undoing that found nothing left to put back touched nothing, and nothing stands against it.
  if (act.touched.length === 0) return [];
  return db
    .select({
      id: acts.id,
      number: acts.number,
      kind: acts.kind,
      undoes: acts.undoes,
      undoneBy: acts.undoneBy,
      touched: acts.touched,
    })
    .from(acts)
    .where(and(gt(acts.number, act.number), arrayOverlaps(acts.touched, act.touched)))
    .orderBy(asc(acts.number));
}

/** What stands in the way of undoing an act that is in effect; null where nothing does. */
export async function hindranceOf(db: DbOrTx, act: Act): Promise<Hindrance | null> {
  const changes = changesOf(act);
  const later = countAgainst(act, await laterOn(db, act));
  const going = leaving(changes).map(scopes.ties);
  const now = await imagesOf(db, [...changes.map(({ key }) => scopeOf(key)), ...going]);
  const about = changes.flatMap(({ key }) => (/^(concern|walk):/.test(key) ? [] : [parts(key).ids[0]!]));
  const standing = await db
    .select({ id: articles.id })
    .from(articles)
    .where(and(inArray(articles.id, [...new Set(about)]), isNull(articles.retiredAt)));
  const moved = new Set(later.flatMap(({ touched }) => touched));
  const found = obstacle(changes, now, new Set(standing.map(({ id }) => id)), moved);
  if (!found) return null;
  const subject = found.why === 'gone' ? scopes.place(parts(found.key).ids[0]!) : found.key;
  const by =
    later.findLast(({ touched }) => touched.includes(subject)) ?? (await lastThatTouched(db, act, subject));
  return { ...found, by: by ? { id: by.id, number: by.number, kind: by.kind } : null };
}

/** The last act behind this one, and in effect, that touched a thing which it did not touch itself. */
async function lastThatTouched(db: DbOrTx, act: Act, key: string) {
  const [row] = await db
    .select({ id: acts.id, number: acts.number, kind: acts.kind })
    .from(acts)
    .where(and(gt(acts.number, act.number), arrayContains(acts.touched, [key]), isNull(acts.undoneBy)))
    .orderBy(desc(acts.number))
    .limit(1);
  return row;
}
