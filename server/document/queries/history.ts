import { and, asc, eq, isNotNull, sql } from 'drizzle-orm';
import type { DbOrTx } from '~/db/client';
import { concerns } from '~/db/schema/concerns';
import { articleConcerns, articleSources, articles, versionArticles, versions } from '~/db/schema/document';
import { drafts } from '~/db/schema/drafts';
import { spaces } from '~/db/schema/spaces';
import type { Actor } from '../../actor';
import { limaDay } from '../../day';
import { visibleTo as draftsVisibleTo } from '../../drafts/queries';
import { difference } from '../rules/comparison';
import { type Happening, together } from '../rules/history';

/**
 * From which drafts it was taken. A draft she may read is named; of an open table's the table; of what a base
 * writes in its own house nothing, only that there was a draft. The bases whose people wrote its words are told
 * where the draft is read and its space tells them.
 */
async function takings(db: DbOrTx, actor: Actor, articleId: string): Promise<Happening[]> {
  const rows = await db
    .select({
      id: drafts.id,
      title: drafts.title,
      space: spaces.title,
      open: sql<boolean>`not ${spaces.private}`,
      seen: sql<boolean>`(${draftsVisibleTo(actor)})`,
      at: articleSources.takenAt,
      bases: sql<string[]>`case when ${spaces.attribution} = 'off' then '{}' else array(
        select distinct a.name from (
          select u.author from text_updates u where u.text_id = ${drafts.textId} and u.seq <= ${articleSources.seq}
          union select w.author from text_authors w where w.text_id = ${drafts.textId}) writers
        join memberships m on m.person_id = writers.author and m.ended_at is null
        join associations a on a.id = m.association_id and a.dissolved_at is null and a.kind <> 'base_libre'
        order by 1) end`,
    })
    .from(articleSources)
    .innerJoin(drafts, eq(drafts.id, articleSources.draftId))
    .innerJoin(spaces, eq(spaces.id, drafts.spaceId))
    .where(eq(articleSources.articleId, articleId))
    .orderBy(asc(articleSources.takenAt));
  const told = rows.map(({ at, seen, open, ...row }): Happening => {
    const draft = seen
      ? { id: row.id, title: row.title, space: row.space, bases: row.bases }
      : { id: null, title: null, space: open ? row.space : null, bases: [] };
    return { kind: 'taken', at, draft };
  });
  // How many drafts are kept from her is not hers to count: they are told of once.
  const hidden = told.filter((one) => one.kind === 'taken' && one.draft.space === null);
  return told.filter((one) => !hidden.includes(one) || one === hidden[0]);
}

/** Which public concerns came to stand behind it and which were taken away again. */
async function ties(db: DbOrTx, articleId: string): Promise<Happening[]> {
  const select = (column: 'linkedAt' | 'endedAt') =>
    db
      .select({ id: concerns.id, number: concerns.number, at: articleConcerns[column] })
      .from(articleConcerns)
      .innerJoin(concerns, eq(concerns.id, articleConcerns.concernId))
      .where(
        and(
          eq(articleConcerns.articleId, articleId),
          eq(concerns.audience, 'public'),
          isNotNull(articleConcerns[column]),
        ),
      );
  const [tied, untied] = await Promise.all([select('linkedAt'), select('endedAt')]);
  const dated = (rows: typeof tied) => rows.map((row) => ({ ...row, at: row.at! }));
  return [...together('tied', dated(tied), limaDay), ...together('untied', dated(untied), limaDay)];
}

/** Its frozen versions, each with what changed since the one before; and the first one that had it no more. */
async function freezings(db: DbOrTx, articleId: string): Promise<Happening[]> {
  const rows = await db
    .select({ version: versions.number, at: versions.frozenAt, row: versionArticles })
    .from(versions)
    .leftJoin(
      versionArticles,
      and(eq(versionArticles.versionId, versions.id), eq(versionArticles.articleId, articleId)),
    )
    .orderBy(asc(versions.number));
  const placeOf = (row: NonNullable<(typeof rows)[number]['row']>) => ({
    number: row.number,
    area: row.area,
    title: row.title,
  });
  return rows.flatMap(({ version, at, row }, i): Happening[] => {
    const before = rows[i - 1];
    if (!row) return before?.row ? [{ kind: 'gone', at, version }] : [];
    const was = before?.row ? { version: before.version, place: placeOf(before.row) } : null;
    const changed = before?.row ? difference(before.row, row) : null;
    return [{ kind: 'frozen', at, version, place: placeOf(row), before: was, difference: changed }];
  });
}

/** All that happened to an article. What is after its last freezing is for readers of the document in the making. */
export async function happenings(db: DbOrTx, actor: Actor, articleId: string): Promise<Happening[]> {
  const [taken, tied, frozen, gone] = await Promise.all([
    takings(db, actor, articleId),
    ties(db, articleId),
    freezings(db, articleId),
    db
      .select({ at: articles.retiredAt })
      .from(articles)
      .where(and(eq(articles.id, articleId), isNotNull(articles.retiredAt))),
  ]);
  return [...taken, ...tied, ...frozen, ...gone.map(({ at }): Happening => ({ kind: 'retired', at: at! }))];
}
