import type { DbOrTx } from '~/db/client';
import { draftComments, draftConcerns, draftSuggestions, drafts, draftVersions } from '~/db/schema/drafts';
import { createText } from '~/server/drafts/commands';
import { effectUpon, stateOf } from '~/server/drafts/queries/suggestions';
import { standing } from '~/server/drafts/queries/texts';
import { anchorAt } from '~/server/drafts/rules/anchors';
import { inShort } from '~/server/drafts/rules/comparison';
import { edit, rewording } from '~/server/drafts/rules/proposals';
import { passageAt, textOf } from '~/server/drafts/rules/texts';

/** A draft with these words in it, and the concerns it has taken up. */
export async function buildDraft(
  db: DbOrTx,
  spaceId: string,
  over: Partial<typeof drafts.$inferInsert> & { text?: string; concernIds?: string[] } = {},
) {
  const { text = '', concernIds = [], ...row } = over;
  const textId = await db.transaction((tx) => createText(tx, 'draft', text, null));
  const [draft] = await db
    .insert(drafts)
    .values({ spaceId, textId, title: 'Agua limpia en las lavadas', ...row })
    .returning();
  for (const concernId of concernIds)
    await db.insert(draftConcerns).values({ draftId: draft!.id, concernId });
  return draft!;
}

/** A suggestion of somebody's that waits: other words for the first line. `seen`: as whoever accepts it says. */
export async function suggested(
  db: DbOrTx,
  draft: { id: string; textId: string },
  author: string | null,
  words = 'Agua limpia para todas.',
) {
  const { updates, seq } = await standing(db, draft.textId);
  const text = textOf(updates);
  const before = text.toString();
  const changes = rewording(passageAt(before, 0)!, words);
  const update = edit(text, changes)!;
  const [row] = await db
    .insert(draftSuggestions)
    .values({ draftId: draft.id, author, seq, update, ...inShort(before, changes) })
    .returning();
  const { state } = await stateOf(db, draft.textId);
  return { ...row!, seen: effectUpon(state, update).seen };
}

/** A remark of somebody's about the first line. */
export async function remarked(
  db: DbOrTx,
  draft: { id: string; textId: string },
  author: string | null,
  over: Partial<typeof draftComments.$inferInsert> = {},
) {
  const text = textOf((await standing(db, draft.textId)).updates);
  const quote = passageAt(text.toString(), 0)!.words;
  const { from, to } = anchorAt(text, 0, quote.length);
  const [row] = await db
    .insert(draftComments)
    .values({
      draftId: draft.id,
      author,
      words: 'Falta decir desde cuándo.',
      quote,
      anchorFrom: from,
      anchorTo: to,
      ...over,
    })
    .returning();
  return row!;
}

/** A version of a draft that somebody has named, with these words in it. */
export async function versioned(
  db: DbOrTx,
  draftId: string,
  words = 'Pedimos agua.',
  name = 'Primera',
  createdBy: string | null = null,
) {
  const [row] = await db
    .insert(draftVersions)
    .values({ draftId, seq: 1, name, delta: [{ insert: words }], createdBy })
    .returning();
  return row!;
}
