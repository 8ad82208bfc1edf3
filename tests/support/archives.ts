import { createHash, randomUUID } from 'node:crypto';
import { canonical } from '~/scripts/verify-ballot.mjs';
import { type Choice, canonicalManifest, tally, verdict } from '~/server/ballots/rules';
import { canonicalArchive } from '~/server/ballots/rules/archive';
import { charters } from '~/server/ballots/rules/charter';
import { tellSafely } from '~/server/ballots/rules/exposure';
import { dice, kinOf, planOfForum, randomForum, tablesOf } from './plans';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** The same archive with a seal that fits it: what somebody would publish who wants to be believed. */
export function resealed({ sha256: _old, ...rest }: Record<string, Json>): string {
  const sha256 = createHash('sha256').update(canonical(rest)).digest('hex');
  return canonical({ ...rest, sha256 });
}

/** Every place in a value where something stands, as a way to it. */
function placesIn(value: Json, at: (string | number)[] = []): (string | number)[][] {
  if (value === null || typeof value !== 'object') return [at];
  const own = Object.entries(value).flatMap(([key, inner]) => placesIn(inner as Json, [...at, key]));
  return at.length > 0 ? [at, ...own] : own;
}

/** So many ways to spoil an archive: a byte, or one thing in it, taken away, doubled or changed, and sealed again. */
export function* bentArchives(
  text: string,
  count: number,
  seed: number,
): Generator<{ text: string; how: string }> {
  const lot = dice(seed);
  const pick = (n: number) => Math.floor(lot() * n);
  const places = placesIn(JSON.parse(text));
  for (let i = 0; i < count; i++) {
    if (i % 4 === 0) {
      const bytes = Buffer.from(text);
      const at = pick(bytes.length);
      bytes[at]! ^= 1 << pick(8);
      yield { text: bytes.toString('utf8'), how: `byte ${at}` };
      continue;
    }
    if (i % 4 === 1) {
      const [from, n] = [pick(text.length), 1 + pick(200)];
      yield { text: text.slice(0, from) + text.slice(from + n), how: `without ${n} from ${from}` };
      continue;
    }
    const archive = JSON.parse(text);
    const way = places[pick(places.length)]!;
    // Whoever makes the seal again can publish another hour of the close, another mark for a paper, or another word
    // on a group whose papers are gone: no archive of this stage shows it, only a seal that was noted. `verify` says so.
    if (
      /^(closedAt|sha256)$|^papers,\d+,\d+,0$|,told,(women|groups,\d+,favour|findings,quorum,1|findings,groups,\d+)/.test(
        way.join(),
      )
    ) {
      i -= 1;
      continue;
    }
    const [last, holder] = [way.at(-1)!, way.slice(0, -1).reduce((value, key) => value[key], archive)];
    const old = holder[last];
    const turn = pick(3);
    if (turn === 0) Array.isArray(holder) ? holder.splice(Number(last), 1) : delete holder[last];
    else if (typeof old === 'number') holder[last] = turn === 1 ? old + 1 : -1;
    else if (typeof old === 'boolean') holder[last] = turn === 1 ? !old : null;
    else if (typeof old === 'string') {
      const words = ['si', 'no', 'abstencion', 'aprobado', 'vuelve', 'whole', 'x', ''].filter(
        (word) => word !== old,
      );
      holder[last] = words[pick(words.length)];
    } else holder[last] = turn === 1 ? [] : 0;
    const bent = resealed(archive);
    if (bent === text) {
      i -= 1;
      continue;
    }
    yield {
      text: bent,
      how: `${way.join('.')}: ${JSON.stringify(old)?.slice(0, 40)} → ${JSON.stringify(holder[last])?.slice(0, 40)}`,
    };
  }
}

/** The archive of a random forum whose rule is the front's, as the forum would publish it. */
export function forumArchive(seed: number): string {
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

/** The archive of a small ballot by two numbers, from the answers to each question. */
export function plainArchive(answers: readonly (readonly Choice[])[], roll: number): string {
  const [ballot, hash, rule] = [randomUUID(), 'cd'.repeat(32), { quorumPercent: 50, majorityPercent: 50 }];
  const manifest = canonicalManifest({
    ballot,
    title: 'Votación de prueba',
    version: { number: 1, sha256: hash },
    scope: 'articles',
    questions: answers.map((_, i) => ({ position: i + 1, article: i + 1, sha256: hash })),
    rule,
    roll: { count: roll, sha256: hash },
    opensAt: '2026-11-20T12:00:00.000Z',
    closesAt: '2026-11-26T12:00:00.000Z',
  });
  return canonicalArchive({
    ballot,
    manifest,
    closedAt: '2026-11-26T12:00:01.000Z',
    roll: { count: roll, sha256: hash, voted: answers[0]!.length },
    tally: answers.map((votes, i) => {
      const counts = tally(votes.map((choice) => ({ choice })));
      return { position: i + 1, verdict: verdict(rule, roll, counts), told: null, ...counts };
    }),
    papers: answers.map((votes) => votes.map((choice) => [randomUUID(), choice])),
  }).archive;
}
