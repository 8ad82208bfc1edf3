// Requests per second and p99 of the document page, the concern list and casting a vote, beside a bare Next page,
// a bare Next page with one query, and a bare query, on the same machine in one run: npm run bench -- http
import { spawnSync } from 'node:child_process';
import { randomInt, randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { closeDatabase, database, setDatabaseUrl } from '~/db/client';
import { startEmbedded } from '~/db/embedded';
import { migrate } from '~/db/migrate';
import { readConfig } from '~/server/config';
import { setRuntime } from '~/server/runtime';
import { readSecrets } from '~/server/secrets';
import { sealSession } from '~/server/session';
import { type Figures, load, medians, report } from './measure';
import { end, freePort, serve } from './processes';
import { fillForum } from './world';

const autocannon = createRequire(join(process.cwd(), 'bench/package.json'))('autocannon');
const rounds = 3;
const seconds = 5;
const atOnce = 16;
const casts = 2000;

const dataDir = mkdtempSync(join(tmpdir(), 'frente-unido-bench-'));
chmodSync(dataDir, 0o711);
const embedded = await startEmbedded({ dataDir });
await migrate(embedded.url);
setRuntime({
  config: { ...readConfig({}), dataDir },
  secrets: readSecrets(dataDir, null),
  version: 'bench',
  setupCode: '',
});
setDatabaseUrl(embedded.url);
console.info('filling: 10,000 concerns, 10,000 on the roll');
const world = await fillForum(database(), { concerns: 10_000, voters: 10_000, sessions: casts });

spawnSync(process.execPath, ['node_modules/next/dist/bin/next', 'build', 'bench/bare'], { stdio: 'ignore' });
const [port, barePort] = [await freePort(), await freePort()];
const [address, bare] = [`http://127.0.0.1:${port}`, `http://127.0.0.1:${barePort}`];
const env = {
  DATABASE_URL: embedded.url,
  DATA_DIR: dataDir,
  TRUSTED_PROXIES: '1',
  FORUM_DEMO: '1',
  PORT: String(port),
};
const forum = await serve(['.next/forum/server.mjs'], env, `${address}/api/health`);
const next = await serve(
  ['node_modules/next/dist/bin/next', 'start', 'bench/bare', '-p', String(barePort)],
  { DATABASE_URL: embedded.url },
  bare,
);

/** One visitor after another, each from an address of her own, as the proxy tells it. */
async function visit(url: string, cookie = '', fresh = false): Promise<Figures> {
  let asked = 0;
  const from = () => `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`;
  const { origin, pathname, search } = new URL(url);
  const result = await autocannon({
    url: origin,
    connections: atOnce,
    duration: seconds,
    requests: [
      {
        method: 'GET',
        path: pathname + search,
        setupRequest: (req: { headers: Record<string, string> }) => ({
          ...req,
          path: pathname + search + (fresh ? `&n=${++asked}` : ''),
          headers: { ...req.headers, cookie, 'accept-encoding': 'gzip', 'x-forwarded-for': from() },
        }),
      },
    ],
  });
  if (result.non2xx > 0)
    throw new Error(`${result.non2xx} of ${result.requests.total} answers of ${url} were no 200`);
  return { rps: result.requests.average, p50: result.latency.p50, p99: result.latency.p99 };
}

const cookies = await Promise.all(
  world.voters.map(async ({ personId, sessionId }) => {
    const { name, value } = await sealSession(sessionId, personId);
    return `${name}=${value}`;
  }),
);

// What is the same for everybody is kept for a moment: what it costs to be made is told beside it, by those who are
// signed in and by a search that is never asked twice.
const pages: Record<string, string> = {
  'document page': `${address}/documento`,
  'one article': `${address}/documento/v/2/art/1`,
  'concern list': `${address}/planteamientos`,
  'concern search, another each time': `${address}/planteamientos?q=reservorio`,
  'document page, signed in': `${address}/documento`,
  'one article, signed in': `${address}/documento/v/2/art/1`,
  'concern list, signed in': `${address}/planteamientos`,
  'help (no query of its own)': `${address}/ayuda`,
  'bare Next page': bare,
  'bare Next page, one query': `${bare}/lista`,
};
const runs: Record<string, Figures[]> = {};
const run = (name: string) =>
  visit(pages[name]!, name.endsWith('signed in') ? cookies[0] : '', name.endsWith('each time'));
for (const name of Object.keys(pages)) await run(name).catch(() => {});
for (let round = 0; round < rounds; round++)
  for (const name of Object.keys(pages)) {
    runs[name] ??= [];
    runs[name].push(await run(name));
  }
const sql = postgres(embedded.url, { max: atOnce });
const query = () => sql`select id, words from concerns order by created_at desc, id desc limit 20`;
runs['bare query'] = [];
for (let round = 0; round < rounds; round++)
  runs['bare query'].push(await load(4000, atOnce, async () => void (await query())));

const cast = (i: number) =>
  fetch(`${address}/api/trpc/ballots.cast`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      origin: address,
      cookie: cookies[i]!,
      'x-forwarded-for': `10.9.${i >> 8}.${i & 255}`,
    },
    body: JSON.stringify({ id: world.ballotId, sheet: randomUUID(), choices: world.choices }),
  }).then(async (res) => {
    if (!res.ok) throw new Error(`a cast was answered ${res.status}: ${await res.text()}`);
  });
runs['casting a vote'] = [await load(casts, atOnce, cast)];
await sql`create table bare_papers (id uuid primary key, choice bytea)`;
runs['bare insert'] = [
  await load(
    casts,
    atOnce,
    async () => void (await sql`insert into bare_papers values (${randomUUID()}, ${Buffer.alloc(40)})`),
  ),
];

const rows = Object.fromEntries(Object.entries(runs).map(([name, all]) => [name, medians(all)]));
const over = (a: string, b: string, key: keyof Figures) => rows[a]![key] / rows[b]![key];
const one = 'bare Next page, one query';
const light = Object.keys(pages).filter((name) => !name.startsWith('bare'));
report('http', rows, {
  ...Object.fromEntries(light.map((name) => [`${name} p50 / ${one}`, over(name, one, 'p50')])),
  'document p99 / bare page with one query': over('document page', one, 'p99'),
  'concerns p99 / bare page with one query': over('concern list', one, 'p99'),
  'document rps / bare page': over('document page', 'bare Next page', 'rps'),
  'concerns rps / bare query': over('concern list', 'bare query', 'rps'),
  'cast rps / bare insert': over('casting a vote', 'bare insert', 'rps'),
  'cast p99 / bare insert': over('casting a vote', 'bare insert', 'p99'),
});
await sql.end();
await end(forum);
await end(next);
await closeDatabase();
await embedded.stop();
rmSync(dataDir, { recursive: true, force: true });
process.exit(0);
