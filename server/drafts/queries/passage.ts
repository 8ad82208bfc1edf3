import { and, asc, eq } from 'drizzle-orm';
import type { DbOrTx } from '~/db/client';
import { draftSuggestions } from '~/db/schema/drafts';
import { query } from '../../act';
import { can } from '../../rule';
import * as policy from '../policy';
import { draftFacts } from '../queries';
import { partWith } from '../rules/parts';
import { type Places, placesIn } from '../rules/places';
import { placeOf } from '../rules/proposals';
import { linesIn, passageAt, textOf } from '../rules/texts';
import * as schema from '../schema';
import { openRemarks, presentRemarks } from './comments';
import { effectUpon, presentOpen, stateOf } from './suggestions';

/** So that a page stays a page, however much is proposed for one line. */
const shownAtMost = 8;

/** The open suggestions of a draft, each with the line that it begins in. */
export async function openPlaces(db: DbOrTx, draftId: string, places: Places) {
  const rows = await db
    .select()
    .from(draftSuggestions)
    .where(and(eq(draftSuggestions.draftId, draftId), eq(draftSuggestions.state, 'open')))
    .orderBy(asc(draftSuggestions.createdAt), asc(draftSuggestions.id))
    .limit(1000);
  return rows.map((row) => {
    const place = placeOf(places, row.update!);
    return { row, line: place === null ? null : places.lineOf(place) };
  });
}

/** One line of a draft, to say something about it: its words, and what others propose there. */
export const passage = query({
  action: 'drafts.passage',
  rule: policy.read,
  input: schema.passage,
  load: async (db, { id, at }, actor) => {
    const draft = await draftFacts(db, id);
    if (!draft || !can(policy.read, actor, draft)) return null;
    const { state, seq } = await stateOf(db, draft.textId);
    const text = textOf([state]);
    const places = placesIn(text);
    const found = passageAt(text.toString(), at);
    if (!found) return null;
    const here = (await openPlaces(db, id, places)).filter(({ line }) => line === at).map(({ row }) => row);
    const shown = here.slice(0, shownAtMost);
    const remarks = (await openRemarks(db, id, places))
      .filter(({ line }) => line === at)
      .map(({ row }) => row);
    const said = await presentRemarks(db, actor, draft, places, remarks.slice(0, shownAtMost));
    const open = await presentOpen(db, actor, draft, shown, (row) => effectUpon(state, row.update!));
    return {
      ...draft,
      seq,
      part: partWith(
        text
          .toString()
          .split('\n')
          .map((line) => line.length),
        at,
      ),
      words: found.words,
      line: linesIn(text)[at]!,
      open,
      more: here.length - shown.length,
      said,
      moreSaid: remarks.length - said.length,
    };
  },
  present: (facts, actor, { at }) => ({
    id: facts.id,
    title: facts.title,
    state: facts.state,
    at,
    /** On which page of the draft it stands. */
    part: facts.part,
    seq: facts.seq,
    words: facts.words,
    line: facts.line,
    suggestions: facts.open,
    /** How many suggestions for this line stand on the page of all of them. */
    more: facts.more,
    comments: facts.said,
    moreComments: facts.moreSaid,
    abilities: { suggest: can(policy.suggest, actor, facts) },
  }),
});
