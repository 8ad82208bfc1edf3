import { command } from '../../act';
import { lockGroup } from '../../concerns/commands/groups';
import { membersOf } from '../../concerns/queries/groups';
import { fail } from '../../rule';
import * as policy from '../policy';
import * as schema from '../schema';
import { lockArticle } from './chapters';
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
    if (article.retiredAt) return fail('document.retired');
    await tie(tx, input.id, members, actor.personId);
    return { id: input.id, n: members.length };
  },
});
