import type { DbOrTx } from '~/db/client';
import { drafts } from '~/db/schema/drafts';
import { createText } from '~/server/drafts/commands';

/** A draft with these words in it. */
export async function buildDraft(
  db: DbOrTx,
  spaceId: string,
  over: Partial<typeof drafts.$inferInsert> & { text?: string } = {},
) {
  const { text = '', ...row } = over;
  const textId = await db.transaction((tx) => createText(tx, 'draft', text, null));
  const [draft] = await db
    .insert(drafts)
    .values({ spaceId, textId, title: 'Agua limpia en las lavadas', ...row })
    .returning();
  return draft!;
}
