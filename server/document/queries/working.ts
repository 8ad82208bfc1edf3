import { and, asc, count, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { DbOrTx } from '~/db/client';
import { areas } from '~/db/reference/areas';
import { concerns } from '~/db/schema/concerns';
import { articleConcerns, articles, chapters } from '~/db/schema/document';
import { query } from '../../act';
import { concernLines } from '../../concerns/queries';
import { read as readDraft } from '../../drafts/policy';
import { currentText, draftFacts } from '../../drafts/queries';
import { can } from '../../rule';
import * as policy from '../policy';
import { lastPlaceOf, versionInForce } from '../queries';
import { lacksOf } from '../rules';
import { type Broken, looseIn, namedIn, settled, untied } from '../rules/references';
import * as schema from '../schema';
import { lateWords } from './merged';
import { type Numbering, numbering } from './places';
import { draftsOnDesk, publicConcernsOf, sourcesOf } from './sources';

const columns = {
  id: articles.id,
  number: sql<number>`row_number() over (order by ${chapters.position}, ${articles.position}, ${articles.id})::int`,
  area: chapters.area,
  title: articles.title,
  summary: articles.summary,
  revision: articles.revision,
  addressees: articles.addressees,
  genderCheck: articles.genderCheck,
  textId: articles.textId,
  concerns: sql<number>`(select count(*)::int from ${articleConcerns} ac where ac.article_id = ${articles.id} and ac.ended_at is null)`,
};

/** The articles that stand in the document in the making, numbered by their place. */
const standing = (db: DbOrTx) =>
  db
    .select(columns)
    .from(articles)
    .innerJoin(chapters, eq(chapters.id, articles.chapterId))
    .where(isNull(articles.retiredAt))
    .orderBy(asc(chapters.position), asc(articles.position), asc(articles.id));

type Line = Awaited<ReturnType<typeof standing>>[number];

/** The areas in the order of their chapters; those whose chapter nobody has needed yet stand at the end. */
async function chapterOrder(db: DbOrTx): Promise<string[]> {
  const rows = await db.select({ area: chapters.area }).from(chapters).orderBy(asc(chapters.position));
  return [...new Set([...rows.map((row) => row.area), ...areas.map((area) => area.slug)])];
}

/** Chapters with their articles, also those without any. */
const byChapter = (order: string[], rows: Line[]) =>
  order.map((area) => ({
    area,
    articles: rows
      .filter((row) => row.area === area)
      .map(({ id, number, revision, title, summary, concerns, addressees, genderCheck }) => ({
        id,
        revision,
        number,
        title,
        summary,
        concerns,
        lacks: { addressee: addressees.length === 0, gender: genderCheck === '' },
      })),
  }));

/** The document in the making: chapters with their articles. */
export const working = query({
  action: 'document.working',
  rule: policy.readWorking,
  input: schema.nothing,
  load: async (db) => {
    const [rows, order, inForce] = await Promise.all([standing(db), chapterOrder(db), versionInForce(db)]);
    return { rows, order, inForce };
  },
  present: ({ rows, order, inForce }, actor) => ({
    inForce: inForce && { number: inForce.number, title: inForce.title },
    chapters: byChapter(order, rows),
    total: rows.length,
    abilities: { edit: can(policy.edit, actor, null) },
  }),
});

/** What a reference names that names no article which stands: by its title, or as it is written. */
const presentBroken = (broken: readonly Broken[], now: Numbering) =>
  broken.map((one) => ('id' in one ? { gone: now.titleOf(one.id) } : { number: one.number }));

/** A text in the making as it is read, as a field shows it, and what it names. */
export function referring(text: string, now: Numbering) {
  const { broken, ...read } = settled(text, now.placeOf, '[…]');
  return {
    read,
    field: untied(text, now.placeOf),
    /** The same line by line, since a text is divided before one of its lines. */
    lines: text.split('\n').map((line) => settled(line, now.placeOf, '[…]').text),
    broken: presentBroken(broken, now),
    /** Which article each number in the field means. */
    names: namedIn(text).flatMap((id) => {
      const place = now.placeOf(id);
      return place ? [{ id: place.id, number: place.number, title: now.titleOf(place.id) ?? '' }] : [];
    }),
    loose: looseIn(text),
    numbering: now.mark,
  };
}

/** One article in the making with everything the committee may change in it. */
export const workingArticle = query({
  action: 'document.workingArticle',
  rule: policy.readWorking,
  input: schema.byId,
  load: async (db, { id }, actor) => {
    const [row] = await db
      .select({ article: articles, area: chapters.area })
      .from(articles)
      .innerJoin(chapters, eq(chapters.id, articles.chapterId))
      .where(and(eq(articles.id, id), isNull(articles.retiredAt)));
    if (!row) return null;
    const links = await db
      .select({ id: articleConcerns.concernId })
      .from(articleConcerns)
      .where(and(eq(articleConcerns.articleId, id), isNull(articleConcerns.endedAt)));
    const [{ text, seq }, now, lines, sources, frozen, rows, order, late] = await Promise.all([
      currentText(db, row.article.textId),
      numbering(db),
      concernLines(
        db,
        actor,
        links.map((link) => link.id),
      ),
      sourcesOf(db, actor, id),
      lastPlaceOf(db, id),
      standing(db),
      chapterOrder(db),
      lateWords(db, id),
    ]);
    // Taken out or joined with another while all this was read: it stands no more.
    const stands = rows.find((one) => one.id === id);
    if (!stands) return null;
    return { ...row, number: stands.number, text, seq, now, lines, sources, frozen, rows, order, late };
  },
  present: ({ article, area, number, text, seq, now, lines, sources, frozen, rows, order, late }, actor) => {
    const { id, revision, title, summary, areas: own, law, reality } = article;
    const { addressees, library, genderCheck, genderWaived, territory } = article;
    const references = referring(text, now);
    return {
      ...{ id, revision, title, summary, areas: own, law, reality, addressees, library },
      ...{ genderCheck, genderWaived, territory, area, text, seq, sources },
      number,
      concerns: lines,
      late: late.map((one) => ({ ...one, text: settled(one.text, now.placeOf, '[…]').text })),
      frozen: frozen && { version: frozen.version, number: frozen.number },
      references,
      lacks: lacksOf({ text, summary, genderCheck, addressees, broken: references.broken.length }),
      chapters: byChapter(order, rows),
      abilities: { edit: can(policy.edit, actor, null) },
    };
  },
});

export const pageSize = 15;
const waiting = (area: string | undefined) =>
  and(
    eq(concerns.audience, 'public'),
    inArray(concerns.state, ['recibida', 'en_debate']),
    area ? sql`${concerns.areas} @> array[${area}]::text[]` : undefined,
  );

/** The desk's left side: drafts, and the concerns that no article holds yet, the oldest first. */
export const desk = query({
  action: 'document.desk',
  rule: policy.edit,
  see: policy.readWorking,
  input: schema.deskInput,
  load: async (db, { area, page }, actor) => {
    const [total, ids, drafts] = await Promise.all([
      db.select({ n: count() }).from(concerns).where(waiting(area)),
      db
        .select({ id: concerns.id })
        .from(concerns)
        .where(waiting(area))
        .orderBy(asc(concerns.number))
        .limit(pageSize)
        .offset((page - 1) * pageSize),
      draftsOnDesk(db, actor),
    ]);
    const lines = await concernLines(
      db,
      actor,
      ids.map((row) => row.id),
    );
    return { total: total[0]!.n, lines: lines.sort((a, b) => a.number - b.number), drafts };
  },
  present: ({ total, lines, drafts }, _actor, { area, page }) => ({
    drafts,
    concerns: lines,
    total,
    area: area ?? null,
    page,
    pages: Math.max(1, Math.ceil(total / pageSize)),
  }),
});

/** A draft before it is taken up: its words at this moment, and the concerns it may bring along. */
export const draftToTake = query({
  action: 'document.draftToTake',
  rule: policy.takeUp,
  see: readDraft,
  input: schema.byId,
  load: async (db, { id }, actor) => {
    const draft = await draftFacts(db, id);
    if (!draft) return null;
    const [words, ids, onDesk] = await Promise.all([
      currentText(db, draft.textId),
      publicConcernsOf(db, id),
      draftsOnDesk(db, actor, id),
    ]);
    return { ...draft, words, concerns: await concernLines(db, actor, ids), line: onDesk[0]! };
  },
  present: ({ words, concerns: lines, line, areas: own }) => ({
    ...line,
    ...words,
    concerns: lines,
    areas: own,
  }),
});

/** What still stands between the document and its next version. */
export const freezeCheck = query({
  action: 'document.freezeCheck',
  rule: policy.edit,
  see: policy.readWorking,
  input: schema.nothing,
  load: async (db) => {
    const [rows, order, inForce, now] = await Promise.all([
      standing(db),
      chapterOrder(db),
      versionInForce(db),
      numbering(db),
    ]);
    const lacking = [];
    for (const { id, number, title, ...row } of rows) {
      const { text, broken } = settled((await currentText(db, row.textId)).text, now.placeOf, '');
      const lacks = lacksOf({ ...row, text, broken: broken.length });
      if (lacks.length > 0) lacking.push({ id, number, title, lacks, broken: presentBroken(broken, now) });
    }
    return { rows, order, inForce, lacking };
  },
  present: ({ rows, order, inForce, lacking }) => ({
    inForce: inForce && { number: inForce.number, title: inForce.title },
    articles: rows.length,
    lacking,
    emptyAreas: byChapter(order, rows)
      .filter((chapter) => chapter.articles.length === 0)
      .map((chapter) => chapter.area),
  }),
});
