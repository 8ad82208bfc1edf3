import type { DbOrTx } from '~/db/client';
import { draftConcerns, drafts } from '~/db/schema/drafts';
import { createText } from '~/server/drafts/commands';

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
