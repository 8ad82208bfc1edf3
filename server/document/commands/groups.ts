import { command } from '../../act';
import { acting } from '../../acts/commands';
import { scopes } from '../../acts/rules';
import { lockGroup } from '../../concerns/commands/groups';
import { membersOf } from '../../concerns/queries/groups';
import * as policy from '../policy';
import * as schema from '../schema';
import { goneFailure, lockArticle } from './chapters';
import { tie } from './links';

/** Ties every concern of a group to an article: each has its own tie and its own decision. */
export const linkGroup = command({
  action: 'document.linkGroup',
  rule: policy.edit,
  see: policy.readWorking,
  input: schema.linkGroupInput,
  audit: 'full',
  load: async (tx, { id, groupId }) => {
    const article = await lockArticle(tx, id);
    const group = article && (await lockGroup(tx, groupId));
    return group && { article, members: await membersOf(tx, groupId) };
  },
  run: async ({ tx, actor, input, facts: { article, members } }) => {
    if (article.retiredAt) return goneFailure(tx, article);
    const note = { article: { id: article.id, title: article.title }, n: members.length };
    const touches = [scopes.ties(article.id), ...members.map(scopes.concern)];
    return acting(tx, { kind: 'linkGroup', by: actor.personId, touches, note }, async () => {
      await tie(tx, input.id, members, actor.personId);
      return { id: input.id, n: members.length };
    });
  },
});
