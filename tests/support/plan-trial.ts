import { charters } from '~/server/ballots/rules/charter';
import { tellSafely } from '~/server/ballots/rules/exposure';
import type { Level } from '~/server/ballots/rules/publication';
import { derived, kinOf, plainTen, planOfForum, randomForum, tablesOf } from './plans';

export type Trial = {
  forums: number;
  refused: number;
  articles: number;
  unanimous: number;
  votes: number;
  derived: number;
  derivedPlain: number;
  /** How the women's votes were told, and how plain k = 10 would have. */
  women: { counts: number; yes: number; band: number };
  plain: { counts: number; yes: number; band: number };
  levels: Record<Level, number>;
};

/** So many random forums, from a seed on: what follows from their results, and how much was withheld. */
export function tryPlans(forums: number, from: number, say?: (trial: Trial) => void): Trial {
  const levels = { whole: 0, no_counts: 0, no_groups: 0 };
  const trial: Trial = {
    ...{ forums: 0, refused: 0, articles: 0, unanimous: 0, votes: 0 },
    ...{ derived: 0, derivedPlain: 0, levels },
    women: { counts: 0, yes: 0, band: 0 },
    plain: { counts: 0, yes: 0, band: 0 },
  };
  for (let seed = from; seed < from + forums; seed++) {
    const forum = randomForum(seed);
    trial.forums += 1;
    const plan = planOfForum(forum);
    if (!plan || forum.voters.length < 10) {
      trial.refused += 1;
      continue;
    }
    const kin = kinOf(plan, forum.voters);
    for (const votes of forum.articles) {
      const tables = tablesOf(plan, forum, votes);
      const overall = tables.overall.counts;
      // That everybody together said the same shows itself, whatever the plan.
      if (Object.values(overall).includes(votes.length)) {
        trial.unanimous += 1;
        continue;
      }
      const told = tellSafely({ charter: charters.frente, round: 'first', plan, kin }, tables);
      const plain = plainTen(tables, told);
      trial.articles += 1;
      trial.votes += votes.length;
      trial.derived += derived(plan, kin, overall, told);
      trial.derivedPlain += derived(plan, kin, overall, plain);
      trial.women[told.women!.told] += 1;
      trial.plain[plain.women!.told] += 1;
      trial.levels[told.level] += 1;
    }
    if (say && trial.forums % 100 === 0) say(trial);
  }
  return trial;
}
