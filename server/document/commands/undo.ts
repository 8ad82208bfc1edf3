import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { Tx } from '~/db/client';
import { acts } from '~/db/schema/acts';
import { concernGroups, concerns } from '~/db/schema/concerns';
import { articleConcerns, articleSources, articles } from '~/db/schema/document';
import { command } from '../../act';
import { acting, lockTouched } from '../../acts/commands';
import { changesOf, hindranceOf } from '../../acts/queries';
import {
  type Change,
  type ConcernImage,
  type Place,
  parts,
  putBack,
  scopeOf,
  scopes,
  settled,
} from '../../acts/rules';
import { goneByAmendment } from '../../amendments/queries';
import { settleConcern } from '../../concerns/commands';
import { putWalks } from '../../concerns/commands/groups';
import { membersOf } from '../../concerns/queries/groups';
import type { Words } from '../../drafts/rules/texts';
import type { ForumEvent } from '../../events';
import { fail } from '../../rule';
import * as policy from '../policy';
import { hindrance } from '../queries/acts';
import { amended } from '../queries/amended';
import type { Fields } from '../rules/consolidation';
import * as schema from '../schema';
import { type Chapter, chapterOf, idsIn, lockArticle, lockChapters, setOrder } from './chapters';
import { rewrite } from './texts';

type Back = {
  tx: Tx;
  chapters: Chapter[];
  by: string | null;
  emit: (event: ForumEvent) => void;
};
type Put = (back: Back, ids: string[], before: never) => Promise<unknown>;

const bump = async (tx: Tx, id: string) => (await lockArticle(tx, id))!.revision + 1;

const putFields = async ({ tx }: Back, [id]: string[], before: Fields | null) => {
  if (!before) return;
  const { title, summary, areas, law, reality, addressees, library, genderCheck } = before;
  const { genderWaived, territory } = before;
  await tx
    .update(articles)
    .set({
      ...{ title, summary, areas, law, reality, addressees, library, genderCheck, genderWaived, territory },
      revision: await bump(tx, id!),
    })
    .where(eq(articles.id, id!));
};

const putWords = async ({ tx, by, emit }: Back, [id]: string[], before: Words | null) => {
  if (before) await rewrite(tx, (await lockArticle(tx, id!))!.textId, before, by, emit);
};

const putPlace = async ({ tx, chapters, emit }: Back, [id]: string[], before: Place | null) => {
  const revision = await bump(tx, id!);
  if (before && !('retired' in before)) {
    const chapter = chapterOf(chapters, before.area);
    await tx
      .update(articles)
      .set({ chapterId: chapter.id, retiredAt: null, mergedInto: null, mergedSeq: null, revision })
      .where(eq(articles.id, id!));
    await setOrder(tx, putBack(await idsIn(tx, chapter.id), id!, before.order));
    return;
  }
  const [row] = await tx
    .update(articles)
    .set({
      retiredAt: new Date(),
      mergedInto: before?.into ?? null,
      mergedSeq: before?.seq ?? null,
      revision,
    })
    .where(eq(articles.id, id!))
    .returning({ textId: articles.textId });
  emit({ type: 'access.text.closed', textIds: [row!.textId] });
};

const putTie = ({ tx, by }: Back, [articleId, concernId]: string[], before: true | null) =>
  before
    ? tx.insert(articleConcerns).values({ articleId: articleId!, concernId: concernId!, linkedBy: by })
    : tx
        .update(articleConcerns)
        .set({ endedAt: new Date() })
        .where(
          and(
            eq(articleConcerns.articleId, articleId!),
            eq(articleConcerns.concernId, concernId!),
            isNull(articleConcerns.endedAt),
          ),
        );

const putSource = ({ tx, by }: Back, [articleId, draftId, seq]: string[], before: true | null) => {
  const row = { articleId: articleId!, draftId: draftId!, seq: Number(seq) };
  return before
    ? tx.insert(articleSources).values({ ...row, takenBy: by })
    : tx
        .update(articleSources)
        .set({ endedAt: new Date() })
        .where(
          and(
            eq(articleSources.articleId, row.articleId),
            eq(articleSources.draftId, row.draftId),
            eq(articleSources.seq, row.seq),
            isNull(articleSources.endedAt),
          ),
        );
};

/** What puts each kind of thing back as it was, in the order in which it is done; concerns come last, by themselves. */
const put: [kind: string, Put][] = [
  ['fields', putFields],
  ['words', putWords],
  ['place', putPlace],
  ['source', putSource],
  ['tie', putTie],
];

/** The concerns that an act touched, by itself or through a tie. */
const concernsIn = (changes: readonly Change[]): string[] => [
  ...new Set(
    changes.flatMap(({ key }) => {
      const { kind, ids } = parts(key);
      return kind === 'concern' ? [ids[0]!] : kind === 'tie' ? [ids[1]!] : [];
    }),
  ),
];

const groupOf = (image: unknown) => (image as { group: string } | null)?.group ?? null;
/** In which group each concern walked before; and all the groups in which one walked before or after. */
const walksIn = (changes: readonly Change[]) =>
  new Map(
    changes.flatMap(({ key, before }) => {
      const { kind, ids } = parts(key);
      return kind === 'walk' ? [[ids[0]!, groupOf(before)] as const] : [];
    }),
  );
const groupsIn = (changes: readonly Change[]): string[] =>
  [
    ...new Set(
      changes.flatMap(({ key, before, after }) =>
        key.startsWith('walk:') ? [groupOf(before), groupOf(after)].filter((id) => id !== null) : [],
      ),
    ),
  ].sort();

/** Gives each concern the state that was recorded, unless an article holds it or none does any more. */
async function settleAll({ tx, by }: Back, changes: readonly Change[]): Promise<void> {
  const ids = concernsIn(changes);
  if (ids.length === 0) return;
  const recorded = new Map(changes.map(({ key, before }) => [key, before as ConcernImage]));
  const now = await tx.select().from(concerns).where(inArray(concerns.id, ids)).orderBy(concerns.id);
  const rows = await tx
    .select({ id: articleConcerns.concernId })
    .from(articleConcerns)
    .innerJoin(articles, eq(articles.id, articleConcerns.articleId))
    .where(
      and(
        inArray(articleConcerns.concernId, ids),
        isNull(articleConcerns.endedAt),
        isNull(articles.retiredAt),
      ),
    );
  const held = new Set(rows.map(({ id }) => id));
  for (const { id, state, reasonCode, reason } of now) {
    const wanted = settled(recorded.get(scopes.concern(id)) ?? { state, reasonCode, reason }, held.has(id));
    await settleConcern(tx, id, {
      state: wanted.state as typeof state,
      ...(wanted.reasonCode ? { reasonCode: wanted.reasonCode } : {}),
      ...(wanted.reason ? { reason: wanted.reason } : {}),
      by,
    });
  }
}

/** The articles that came, went or moved. */
const placedIn = (changes: readonly Change[]) =>
  new Set(changes.flatMap(({ key }) => (key.startsWith('place:') ? [parts(key).ids[0]!] : [])));

/**
 * Undoes an act: everything that it touched must still be as it left it, and is put back as it was before, as an act
 * of its own. Words are put back by an edit in their log, which is never cut. Undoing that act does it again.
 */
export const undo = command({
  action: 'document.undo',
  rule: policy.edit,
  see: policy.readWorking,
  input: schema.undoInput,
  audit: 'full',
  load: async (tx, { id }) => {
    const chapters = await lockChapters(tx);
    const [act] = await tx.select().from(acts).where(eq(acts.id, id)).for('update');
    return act ? { act, chapters } : null;
  },
  run: async ({ tx, actor, facts: { act, chapters }, emit }) => {
    if (act.undoneBy) return fail('acts.undone', undefined, { act: act.number });
    const changes = changesOf(act);
    if (act.kind === 'retire')
      for (const id of placedIn(changes)) if (await goneByAmendment(tx, id)) return fail('acts.amended');
    const touches = changes.map(({ key }) => scopeOf(key));
    const about = [
      ...new Set(touches.filter((one) => !/^(concern|walk):/.test(one)).map((one) => parts(one).ids[0]!)),
    ];
    const held = [];
    for (const id of about.sort()) held.push((await lockArticle(tx, id))!);
    const groups = groupsIn(changes);
    const walkers = [];
    for (const id of groups) {
      await tx.select().from(concernGroups).where(eq(concernGroups.id, id)).for('update');
      walkers.push(...(await membersOf(tx, id)));
    }
    const all = [
      ...new Set([...touches, ...concernsIn(changes).map(scopes.concern), ...walkers.map(scopes.walk)]),
    ];
    await lockTouched(tx, all);
    const found = await hindranceOf(tx, act);
    if (found) return hindrance(tx, found);
    const placed = placedIn(changes);
    // Where an article comes or goes, the words of the others come or go with it: a joining, a division.
    const carried = new Set(
      changes.flatMap(({ key }) => (placed.size > 0 && key.startsWith('words:') ? [parts(key).ids[0]!] : [])),
    );
    const waits = await amended(
      tx,
      held.filter(({ id, retiredAt }) => !retiredAt && (placed.has(id) || carried.has(id))),
    );
    if (waits) return waits;
    const note = { ...act.note, undone: { id: act.id, number: act.number, kind: act.kind, of: act.note } };
    const by = actor.personId;
    const done = await acting(tx, { kind: 'undo', by, touches: all, note, undoes: act.id }, async () => {
      const back = { tx, chapters, by, emit };
      for (const [kind, restore] of put)
        for (const { key, before } of changes) {
          const { kind: own, ids } = parts(key);
          if (own === kind) await restore(back, ids, before as never);
        }
      await settleAll(back, changes);
      if (groups.length > 0) await putWalks(tx, walksIn(changes), groups, by);
      return { id: act.id };
    });
    if ('actId' in done) {
      await tx.update(acts).set({ undoneBy: done.actId }).where(eq(acts.id, act.id));
      if (act.undoes) await tx.update(acts).set({ undoneBy: null }).where(eq(acts.id, act.undoes));
    }
    return done;
  },
  subject: (_input, out) => out.actId,
});
