import { eq } from 'drizzle-orm';
import { database } from '~/db/client';
import { articles } from '~/db/schema/document';
import { sentence } from '~/messages/catalogue';
import { collectiveName } from '../drafts/queries';
import type { OpenDoc } from '../realtime/server';
import { can } from '../rule';
import * as policy from './policy';

/** An article's text for the sync server: the committee writes, who sees the document in the making reads. */
export const openDoc: OpenDoc = async (actor, id) => {
  const db = database();
  const [article] = await db
    .select({ textId: articles.textId, retiredAt: articles.retiredAt })
    .from(articles)
    .where(eq(articles.id, id));
  if (!article) return null;
  const { textId, retiredAt } = article;
  if (retiredAt || !can(policy.readWorking, actor, null)) return { textId, right: 'none', label: null };
  if (can(policy.edit, actor, null))
    return { textId, right: 'edit', label: sentence('es', 'document.committee') };
  const label = (await collectiveName(db, actor)) ?? sentence('es', 'drafts.free');
  return { textId, right: 'read', label };
};
