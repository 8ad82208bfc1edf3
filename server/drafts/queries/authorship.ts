import { query } from '../../act';
import { authorsOf } from '../../realtime/authors';
import { can } from '../../rule';
import * as policy from '../policy';
import { draftFacts } from '../queries';
import { authoredLines, stretchesOf } from '../rules/authorship';
import { type Credit, creditKey } from '../rules/credits';
import { partOf } from '../rules/parts';
import { textOf } from '../rules/texts';
import * as schema from '../schema';
import { creditsTo } from './credits';
import { standing } from './texts';

/** Each stretch of it brings its mark: less of such a text fits on a page. */
const lettersAtMost = 8_000;

/** Who wrote which words of a draft, as its space tells it. */
export const authorship = query({
  action: 'drafts.authorship',
  rule: policy.read,
  input: schema.authorship,
  load: async (db, { id }, actor) => {
    const draft = await draftFacts(db, id);
    if (!draft || !can(policy.read, actor, draft)) return null;
    const attribution = policy.attributionFor(actor, draft);
    if (attribution === 'off') return { ...draft, attribution, lines: [], credit: () => null };
    // The text first: whatever was written since is in nobody's name, and not the other way round.
    const { updates } = await standing(db, draft.textId);
    const lines = authoredLines(stretchesOf(textOf(updates), await authorsOf(db, draft.textId)));
    const people = [...new Set(lines.flatMap((line) => line.map(({ author }) => author)))];
    return { ...draft, attribution, lines, credit: await creditsTo(db, people, attribution) };
  },
  present: ({ lines, credit, ...facts }, _actor, { part: wanted }) => {
    const lengths = lines.map((line) => line.reduce((sum, { words }) => sum + words.length, 0));
    const { from, to, ...part } = partOf(lengths, wanted, lettersAtMost);
    const credits: Credit[] = [];
    const places = new Map<string, number>();
    const numberOf = (author: string | null): number => {
      const shown = credit(author) ?? { kind: 'forum' as const };
      const key = creditKey(shown);
      const known = places.get(key) ?? credits.push(shown);
      places.set(key, known);
      return known;
    };
    return {
      id: facts.id,
      title: facts.title,
      attribution: facts.attribution,
      /** By `by`, from 1. */
      credits,
      lines: lines.slice(from, to).map((line, i) => ({ at: from + i, runs: joined(line, numberOf) })),
      ...part,
    };
  },
});

type Shown = { words: string; by: number };

/** Neighbouring stretches under one name are one: two people of one base are not told apart. */
function joined(
  line: readonly { words: string; author: string | null }[],
  numberOf: (author: string | null) => number,
): Shown[] {
  const runs: Shown[] = [];
  for (const { words, author } of line) {
    const by = numberOf(author);
    const last = runs.at(-1);
    if (last?.by === by) last.words += words;
    else runs.push({ words, by });
  }
  return runs;
}
