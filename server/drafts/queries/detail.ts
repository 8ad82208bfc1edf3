import { query } from '../../act';
import { concernLines } from '../../concerns/queries';
import { can } from '../../rule';
import * as policy from '../policy';
import { concernsOf, draftFacts, writersOf } from '../queries';
import { linesIn, textOf } from '../rules/texts';
import * as schema from '../schema';
import { standing } from './texts';

/** One draft with its words as they stand. */
export const detail = query({
  action: 'drafts.detail',
  rule: policy.read,
  input: schema.byId,
  load: async (db, { id }, actor) => {
    const facts = await draftFacts(db, id);
    if (!facts || !can(policy.read, actor, facts)) return null;
    const [stood, taken, writers] = await Promise.all([
      standing(db, facts.textId),
      concernsOf(db, id).then((ids) => concernLines(db, actor, ids)),
      writersOf(db, facts.space.id),
    ]);
    return { ...facts, text: textOf(stood.updates), seq: stood.seq, taken, writers };
  },
  present: (facts, actor) => ({
    id: facts.id,
    title: facts.title,
    state: facts.state,
    space: {
      id: facts.space.id,
      title: facts.spaceTitle,
      kind: facts.space.kind,
      open: !facts.space.private,
    },
    areas: facts.areas,
    text: facts.text.toString(),
    lines: linesIn(facts.text),
    seq: facts.seq,
    concerns: facts.taken,
    writers: facts.writers,
    abilities: {
      edit: can(policy.edit, actor, facts),
      close: facts.state === 'open' && can(policy.close, actor, facts),
      reopen: facts.state === 'closed' && can(policy.close, actor, facts),
    },
  }),
});
