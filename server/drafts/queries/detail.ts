import { eq } from 'drizzle-orm';
import { articleSources } from '~/db/schema/document';
import { query } from '../../act';
import { concernLines } from '../../concerns/queries';
import { can } from '../../rule';
import * as policy from '../policy';
import { concernsOf, draftFacts, writersOf } from '../queries';
import { placesIn } from '../rules/places';
import { linesIn, textOf } from '../rules/texts';
import * as schema from '../schema';
import { openRemarks } from './comments';
import { openPlaces } from './passage';
import { standing } from './texts';

type Found = readonly { line: number | null }[];

/** How many suggestions begin in each line, and how many open remarks. */
function marksOf(suggestions: Found, comments: Found) {
  const marks = new Map<number, { at: number; suggestions: number; comments: number }>();
  const count = (places: Found, what: 'suggestions' | 'comments') => {
    for (const { line } of places) {
      if (line === null) continue;
      const mark = marks.get(line) ?? { at: line, suggestions: 0, comments: 0 };
      mark[what]++;
      marks.set(line, mark);
    }
  };
  count(suggestions, 'suggestions');
  count(comments, 'comments');
  return [...marks.values()];
}

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
    const text = textOf(stood.updates);
    const read = placesIn(text);
    const [places, remarks] = await Promise.all([openPlaces(db, id, read), openRemarks(db, id, read)]);
    const articles = can(policy.erase, actor, facts)
      ? await db.$count(articleSources, eq(articleSources.draftId, id))
      : 0;
    return { ...facts, text, seq: stood.seq, taken, writers, places, remarks, articles };
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
    /** Null where the space says of nobody who wrote. */
    writers: policy.attributionFor(actor, facts) === 'off' ? null : facts.writers,
    suggestions: facts.places.length,
    comments: facts.remarks.length,
    /** An article was made of it: then it is not deleted. */
    inArticle: facts.articles > 0,
    /** Lines to which something was said. */
    marks: marksOf(facts.places, facts.remarks),
    abilities: {
      edit: can(policy.edit, actor, facts),
      suggest: can(policy.suggest, actor, facts),
      close: facts.state === 'open' && can(policy.close, actor, facts),
      /** One that stands in an article is not deleted: its own page says so. */
      erase: can(policy.erase, actor, facts),
      reopen: facts.state === 'closed' && can(policy.close, actor, facts),
    },
  }),
});
