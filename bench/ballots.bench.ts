// What a vote costs: casting by signed-in delegates with the process killed in the middle, the close, the archive,
// counting it again, and the check of what may be told; for a small roll and a large one: npm run bench -- ballots
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { closeDatabase, database, setDatabaseUrl } from '~/db/client';
import { startEmbedded } from '~/db/embedded';
import { migrate } from '~/db/migrate';
import { anonymous } from '~/server/actor';
import { closeBallot, type Step } from '~/server/ballots/commands/closing';
import { charters } from '~/server/ballots/rules/charter';
import { tellSafely } from '~/server/ballots/rules/exposure';
import { planOf } from '~/server/ballots/rules/plan';
import { readConfig } from '~/server/config';
import { forumCaller } from '~/server/root';
import { setRuntime } from '~/server/runtime';
import { readSecrets } from '~/server/secrets';
import { sealSession } from '~/server/session';
import { dice, kinOf, tablesOf } from '~/tests/support/plans';
import { type Figures, load, median, report } from './measure';
import { end, freePort, serve } from './processes';
import { fillForum } from './world';

// Other sizes by hand: node --import tsx bench/ballots.bench.ts 20 200
const [small = 100, large = 10_000] = process.argv.slice(2).map(Number);
const atOnce = 16;
const rows: Record<string, Figures> = {};
const ratios: Record<string, number> = {};
const seconds: Record<string, Record<string, number | string>> = {};
const megabytes = (pid: number | string) =>
  Number(/VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN) / 1000;
const timed = async <T>(work: () => T | Promise<T>): Promise<[number, T]> => {
  const from = performance.now();
  const made = await work();
  return [(performance.now() - from) / 1000, made];
};
const once = (s: number): Figures => ({ rps: 1 / s, p50: s * 1000, p99: s * 1000 });

/** The same votes of so many people, leaning by group, as the check sees them: one article after another. */
function checked(people: number, articles: number): number[] {
  const lot = dice(people);
  const places = ['21', '04', '05', '03', '17', '13', '08', '11', 'BO-P', 'BO-L'];
  const roll = Array.from({ length: people }, () => {
    const department = places[Math.floor(lot() ** 2 * places.length)]!;
    const country = department.startsWith('BO') ? 'BO' : 'PE';
    return { woman: lot() < 0.2, cooperative: lot() < 0.3, country, department };
  });
  const plan = planOf(charters.frente, roll)!;
  const kin = kinOf(plan, roll);
  return Array.from({ length: articles }, () => {
    const lean = 0.3 + lot() * 0.5;
    const votes = roll.map(({ woman }) => {
      const at = lot();
      return at < 0.05 ? 'abstencion' : at < lean + (woman ? 0.1 : 0) ? 'si' : 'no';
    });
    const tables = tablesOf(plan, { roll, voters: roll, articles: [] }, votes);
    const from = performance.now();
    tellSafely({ charter: charters.frente, round: 'first', plan, kin }, tables);
    return performance.now() - from;
  });
}

/** Alone in a process of its own, so that its memory is its own: milliseconds and megabytes. */
function alone(code: string, file: string): { ms: number; mb: number } {
  const text = `import { readFileSync } from 'node:fs'; import { createHash } from 'node:crypto';
    import { judge } from ${JSON.stringify(join(process.cwd(), 'scripts/verify-ballot.mjs'))};
    const text = readFileSync(${JSON.stringify(file)}, 'utf8'); const from = performance.now(); ${code}
    console.info(JSON.stringify({ ms: performance.now() - from, mb: process.resourceUsage().maxRSS / 1000 }));`;
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', text], { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout);
}

async function measured(people: number) {
  const dataDir = mkdtempSync(join(tmpdir(), 'frente-unido-bench-'));
  chmodSync(dataDir, 0o711);
  const embedded = await startEmbedded({ dataDir });
  await migrate(embedded.url);
  const config = { ...readConfig({}), dataDir };
  setRuntime({ config, secrets: readSecrets(dataDir, null), version: 'bench', setupCode: '' });
  setDatabaseUrl(embedded.url);
  const db = database();
  console.info(`filling: ${people} on the roll`);
  const world = await fillForum(db, { concerns: 100, voters: people, sessions: people, articles: 40 });
  const asked = world.choices.length;
  const cookies = await Promise.all(
    world.voters.map(async ({ personId, sessionId }) => {
      const { name, value } = await sealSession(sessionId, personId);
      return `${name}=${value}`;
    }),
  );
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const env = {
    DATABASE_URL: embedded.url,
    DATA_DIR: dataDir,
    TRUSTED_PROXIES: '1',
    FORUM_DEMO: '1',
    PORT: String(port),
  };
  const start = () => serve(['.next/forum/server.mjs'], env, `${address}/api/health`);
  let forum = await start();
  let [answered, killed, peak, again] = [0, false, 0, 0];
  const cast = async (i: number) => {
    // The phone keeps its sheet and sends the same one until it is told that it came.
    const body = JSON.stringify({ id: world.ballotId, sheet: randomUUID(), choices: world.choices });
    for (;;) {
      const headers = {
        'content-type': 'application/json',
        origin: address,
        cookie: cookies[i]!,
        'x-forwarded-for': `10.9.${i >> 8}.${i & 255}`,
      };
      const status = await fetch(`${address}/api/trpc/ballots.cast`, { method: 'POST', headers, body }).then(
        (res) => res.status,
        () => 0,
      );
      if (status === 200) break;
      if (status !== 0) throw new Error(`a cast was answered ${status}`);
      again += 1;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    answered += 1;
    if (!killed && answered === Math.floor(people * 0.8)) {
      killed = true;
      peak = megabytes(forum.pid!);
      forum.kill('SIGKILL');
      forum = await start();
    }
  };
  // Most of them in peace; the last four tenths through a kill -9 in their middle.
  const calm = Math.floor(people * 0.6);
  const [calmSeconds, figures] = await timed(() => load(calm, atOnce, cast));
  const [roughSeconds, rough] = await timed(() => load(people - calm, atOnce, (i) => cast(calm + i)));
  const castSeconds = calmSeconds + roughSeconds;
  rows[`the same through a kill -9, ${people}`] = rough;
  peak = Math.max(peak, megabytes(forum.pid!));
  await end(forum);
  rows[`casting ${asked} answers, ${people}`] = figures;
  const sql = postgres(embedded.url, { max: atOnce });
  const [box] = await sql`select count(*)::int as papers, count(distinct handle)::int as apart,
    (select count(*)::int from receipts where ballot_id = ${world.ballotId}) as receipts from papers where ballot_id = ${world.ballotId}`;
  // One paper of each answer for everybody, and one for women, region and cooperative each.
  const each = asked * 4;
  if (box!.papers !== people * each || box!.apart !== box!.papers || box!.receipts !== people)
    throw new Error(`lost or double: ${JSON.stringify(box)}`);
  await sql`create table bare_papers (id uuid primary key default gen_random_uuid(), ballot uuid, question uuid, handle bytea unique, sealed bytea)`;
  const bare = () =>
    sql`insert into bare_papers (handle, sealed) ${sql.unsafe(`select sha256(gen_random_uuid()::text::bytea), '\\x000102030405060708090a0b0c0d0e0f'::bytea from generate_series(1, ${each})`)}`;
  const bareName = `bare insert of ${each} rows, ${people}`;
  rows[bareName] = await load(people, atOnce, async () => void (await bare()));

  const steps: Partial<Record<Step, number>> = {};
  let last = performance.now();
  const [closing] = await timed(() =>
    closeBallot(db, world.ballotId, {
      at: new Date(),
      done: async (step) => {
        steps[step] = (performance.now() - last) / 1000;
        last = performance.now();
      },
    }),
  );
  const counts: number[] = [];
  for (let i = 0; i < 5; i++)
    counts.push(
      (
        await timed(
          () =>
            sql`select question_id, choice, count(*) from papers where ballot_id = ${world.ballotId} group by 1, 2`,
        )
      )[0],
    );
  rows[`the close, ${people}`] = once(closing);
  rows[`bare count, ${people}`] = once(median(counts));
  const call = await forumCaller({ db, actor: anonymous, address: '198.51.100.7', locale: 'es' });
  const [archiving, { archive }] = await timed(() => call.ballots.archive({ id: world.ballotId }));
  rows[`making the archive, ${people}`] = once(archiving);
  const file = join(dataDir, 'archive.json');
  writeFileSync(file, archive);
  const judged = Array.from({ length: 5 }, () =>
    alone('if (!judge(text).good) throw new Error("not good");', file),
  );
  const parsed = Array.from({ length: 5 }, () =>
    alone("JSON.parse(text); createHash('sha256').update(text).digest('hex');", file),
  );
  const middle = (some: { ms: number }[]) => median(some.map(({ ms }) => ms)) / 1000;
  rows[`verify, ${people}`] = once(middle(judged));
  rows[`bare parse and hash, ${people}`] = once(middle(parsed));
  const exposure = checked(people, asked);
  rows[`check of one article, ${people}`] = {
    rps: 1000 / median(exposure),
    p50: median(exposure),
    p99: Math.max(...exposure),
  };
  seconds[people] = {
    'casting all': castSeconds.toFixed(1),
    'sent again after the kill': again,
    ...Object.fromEntries(Object.entries(steps).map(([step, s]) => [`close: ${step}`, s!.toFixed(2)])),
    'archive, MB': (archive.length / 1e6).toFixed(1),
    'peak MB, server': Math.round(peak),
    'peak MB, close and archive': Math.round(megabytes('self')),
    'peak MB, verify': Math.round(Math.max(...judged.map(({ mb }) => mb))),
    'peak MB, bare parse': Math.round(Math.max(...parsed.map(({ mb }) => mb))),
  };
  Object.assign(ratios, {
    [`cast rps / bare insert, ${people}`]: figures.rps / rows[bareName].rps,
    [`cast p99 / bare insert, ${people}`]: figures.p99 / rows[bareName].p99,
    [`close / bare count, ${people}`]: closing / median(counts),
    [`verify / bare parse and hash, ${people}`]: middle(judged) / middle(parsed),
    [`casting all, seconds, ${people}`]: castSeconds,
    [`close, seconds, ${people}`]: closing,
  });
  await sql.end();
  await closeDatabase();
  await embedded.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

for (const people of [small, large]) await measured(people);
console.table(
  Object.fromEntries(
    Object.keys(seconds[large]!).map((name) => [
      name,
      { [small]: seconds[small]?.[name] ?? '', [large]: seconds[large]?.[name] ?? '' },
    ]),
  ),
);
report('ballots', rows, ratios);
process.exit(0);
