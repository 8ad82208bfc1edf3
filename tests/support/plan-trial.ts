import { charters } from '~/server/ballots/rules/charter';
import { exposesNobody, tellSafely } from '~/server/ballots/rules/exposure';
import type { Level } from '~/server/ballots/rules/publication';
import {
  derived,
  derivedTwice,
  kinOf,
  plainTen,
  planOfForum,
  randomForum,
  tablesOf,
  votedAgain,
} from './plans';

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
  /** Told at the last level, and not proved to expose nobody even so: what the rule itself shows. */
  unproved: number;
  /**
   * The same article voted again, beside the first result: what follows with the check of both, and without it; and
   * what the bare answer of the rule shows where not even everybody's counts were told.
   */
  again: {
    articles: number;
    derived: number;
    derivedCareless: number;
    byVerdict: number;
    /** Of those whose counts were not told: in how many the solver finds nothing, had they been. */
    sealedForNothing: number;
    levels: Record<Level, number>;
  };
};

/** So many random forums, from a seed on: what follows from their results, and how much was withheld. */
export function tryPlans(forums: number, from: number, say?: (trial: Trial) => void): Trial {
  const levels = { whole: 0, no_counts: 0, no_groups: 0, no_findings: 0, no_sums: 0 };
  const trial: Trial = {
    ...{ forums: 0, refused: 0, articles: 0, unanimous: 0, votes: 0 },
    ...{ derived: 0, derivedPlain: 0, unproved: 0, levels },
    women: { counts: 0, yes: 0, band: 0 },
    plain: { counts: 0, yes: 0, band: 0 },
    again: {
      ...{ articles: 0, derived: 0, derivedCareless: 0, byVerdict: 0, sealedForNothing: 0 },
      levels: { ...levels },
    },
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
    for (const [number, votes] of forum.articles.entries()) {
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
      const { level, ...published } = told;
      const checked = { charter: charters.frente, round: 'first' as const, plan, overall, kin };
      if (level === 'no_findings' && !exposesNobody({ ...checked, told: published, level }))
        trial.unproved += 1;

      // One article of four is voted again, whatever its verdict: as a second call or a second vote.
      if ((number + seed) % 4 > 0) continue;
      const second = votedAgain(forum, plan, votes, seed * 100 + number);
      if (!second) continue;
      const [round, charter] = [number % 8 < 4 ? 'second_vote' : 'second_call', charters.frente] as const;
      const later = tablesOf(second.plan, second.forum, second.votes);
      const asked = { charter, round, plan: second.plan, kin: kinOf(second.plan, second.forum.voters) };
      const earlier = [
        {
          overall,
          published: { charter, round: 'first' as const, plan, told: published, level },
          both: second.both,
        },
      ];
      const careful = tellSafely({ ...asked, earlier }, later);
      const careless = tellSafely(asked, later);
      const was = { plan, places: second.both.map((one) => one.first), overall, told: published };
      const is = {
        ...{ plan: second.plan, round, places: second.both.map((one) => one.second) },
        overall: later.overall.counts,
      };
      trial.again.articles += 1;
      trial.again.levels[careful.level] += 1;
      trial.again.derivedCareless += derivedTwice(second.both, was, { ...is, told: careless });
      if (careful.level === 'no_sums') {
        trial.again.byVerdict += derivedTwice(second.both, was, { ...is, overall: null, told: careful });
        if (derivedTwice(second.both, was, { ...is, told: careful }) === 0) trial.again.sealedForNothing += 1;
        continue;
      }
      trial.again.derived += derivedTwice(second.both, was, { ...is, told: careful });
      if (!Object.values(later.overall.counts).includes(second.votes.length))
        trial.derived += derived(second.plan, asked.kin, later.overall.counts, careful, round);
    }
    if (say && trial.forums % 100 === 0) say(trial);
  }
  return trial;
}
