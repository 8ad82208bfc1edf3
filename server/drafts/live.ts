import { database } from '~/db/client';
import { sentence } from '~/messages/catalogue';
import type { OpenDoc } from '../realtime/server';
import { can } from '../rule';
import * as policy from './policy';
import { collectiveName, draftFacts } from './queries';

/**
 * A draft for the sync server: by the same rules as its page. Where the space says of nobody who wrote, its presence says
 * of nobody either whose base is here.
 */
export const openDoc: OpenDoc = async (actor, id) => {
  const db = database();
  const draft = await draftFacts(db, id);
  if (!draft) return null;
  const right = can(policy.edit, actor, draft) ? 'edit' : can(policy.read, actor, draft) ? 'read' : 'none';
  if (right === 'none') return { textId: draft.textId, right, label: null };
  if (policy.attributionFor(actor, draft) === 'off')
    return { textId: draft.textId, right, label: sentence('es', 'drafts.somebody') };
  const label = (await collectiveName(db, actor)) ?? sentence('es', 'drafts.free');
  return { textId: draft.textId, right, label };
};
