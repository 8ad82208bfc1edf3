import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { judge } from '~/scripts/verify-ballot.mjs';
import { canonicalManifest } from '~/server/ballots/rules';
import { canonicalArchive } from '~/server/ballots/rules/archive';
import { charters } from '~/server/ballots/rules/charter';
import { tellSafely } from '~/server/ballots/rules/exposure';
import { bentArchives } from '~/tests/support/archives';
import { kinOf, planOfForum, randomForum, tablesOf } from '~/tests/support/plans';

// npm run soak -- archives [N] [SEED] [FILE]: N spoilt archives of one ballot; not one is accepted.
const [count = 10_000, seed = 1] = process.argv.slice(2, 4).map(Number);

/** The archive of a random forum whose rule is the front's, as the forum would publish it. */
function made(): string {
  for (let n = seed; ; n++) {
    const forum = randomForum(n);
    const plan = planOfForum(forum);
    if (!plan || forum.voters.length < 60 || forum.articles.length > 8) continue;
    const [ballot, hash] = [randomUUID(), 'ab'.repeat(32)];
    const results = forum.articles.map((votes) => {
      const tables = tablesOf(plan, forum, votes);
      const kin = kinOf(plan, forum.voters);
      return {
        votes,
        tables,
        told: tellSafely({ charter: charters.frente, round: 'first', plan, kin }, tables),
      };
    });
    const manifest = canonicalManifest(
      {
        ballot,
        title: 'Votación de prueba',
        version: { number: 1, sha256: hash },
        scope: 'articles',
        questions: results.map((_, i) => ({ position: i + 1, article: i + 1, sha256: hash })),
        rule: charters.frente,
        roll: { count: forum.roll.length, sha256: hash },
        opensAt: '2026-11-20T12:00:00.000Z',
        closesAt: '2026-11-26T12:00:00.000Z',
      },
      { plan, round: 'first', follows: null },
    );
    return canonicalArchive({
      ballot,
      manifest,
      closedAt: '2026-11-26T12:00:01.000Z',
      roll: { count: forum.roll.length, sha256: hash, voted: forum.voters.length },
      tally: results.map(({ tables, told }, i) => ({
        position: i + 1,
        verdict: told.outcome,
        told,
        ...tables.overall.counts,
      })),
      papers: results.map(({ votes }) => votes.map((choice) => [randomUUID(), choice])),
    }).archive;
  }
}

const file = process.argv[4];
const text = file ? readFileSync(file, 'utf8') : made();
const whole = judge(text);
console.info(
  `the archive itself: ${whole.good ? 'good' : `not good: ${whole.failed.join(', ')}`}, ${text.length} letters`,
);
let [tried, accepted] = [0, 0];
for (const { text: bad, how } of bentArchives(text, count, seed)) {
  tried += 1;
  if (!judge(bad).good) continue;
  accepted += 1;
  console.info(`accepted: ${how}`);
}
console.info(`${tried} spoilt archives, ${accepted} accepted`);
if (!whole.good || accepted > 0 || tried < count) process.exitCode = 1;
