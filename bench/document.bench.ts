// What a document of 2,000 articles and 50,000 concerns costs: its pages beside a bare Next page, its diff beside the
// library's own, each form in which it leaves; and how all of it grows from 200 articles on. npm run bench -- document
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import diff from 'fast-diff';
import { closeDatabase, database, setDatabaseUrl } from '~/db/client';
import { startEmbedded } from '~/db/embedded';
import { migrate } from '~/db/migrate';
import { likesOf } from '~/server/concerns/queries/likeness';
import { readConfig } from '~/server/config';
import { difference } from '~/server/document/rules/comparison';
import { type Form, forms } from '~/server/document/rules/leaves';
import { setRuntime } from '~/server/runtime';
import { readSecrets } from '~/server/secrets';
import { fillDocument } from './document/world';
import { type Figures, load, report } from './measure';
import { end, freePort, serve } from './processes';

const [small, large] = process.argv.includes('--small') ? [20, 200] : [200, 2000];
const concernsEach = 25;
const visits = 40;

const folder = mkdtempSync(join(tmpdir(), 'frente-unido-bench-'));
chmodSync(folder, 0o711);
spawnSync(process.execPath, ['node_modules/next/dist/bin/next', 'build', 'bench/bare'], { stdio: 'ignore' });

/** The most memory a process has held so far, in MB; where the system does not say, not a number. */
function peakOf(pid: number): number {
  try {
    return Number(/VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1000;
  } catch {
    return Number.NaN;
  }
}

type Made = { ms: number; bytes: number; mb: number };
function leaf(form: Form, file: string, sha256: string): Made {
  const run = spawnSync(process.execPath, ['--import', 'tsx', 'bench/document/leaf.ts', form, file, sha256], {
    encoding: 'utf8',
  });
  if (run.status !== 0) throw new Error(`${form}: ${run.stderr}`);
  return JSON.parse(run.stdout.trim().split('\n').at(-1)!) as Made;
}

/** Each thing that is asked of a document, for one size: how long, and the memory of who does it. */
async function measured(articles: number) {
  const dataDir = join(folder, String(articles));
  const embedded = await startEmbedded({ dataDir });
  await migrate(embedded.url);
  const config = { ...readConfig({}), dataDir };
  setRuntime({ config, secrets: readSecrets(dataDir, null), version: 'bench', setupCode: '' });
  setDatabaseUrl(embedded.url);
  const db = database();
  console.info(`filling: ${articles} articles, ${articles * concernsEach} concerns`);
  const world = await fillDocument(db, { articles, concerns: articles * concernsEach });
  const after = world.frozen.at(-1)!;

  const [port, barePort] = [await freePort(), await freePort()];
  const address = `http://127.0.0.1:${port}`;
  const bare = `http://127.0.0.1:${barePort}`;
  const env = { DATABASE_URL: embedded.url, DATA_DIR: dataDir, TRUSTED_PROXIES: '1', FORUM_DEMO: '1' };
  const forum = await serve(
    ['.next/forum/server.mjs'],
    { ...env, PORT: String(port) },
    `${address}/api/health`,
  );
  const next = await serve(
    ['node_modules/next/dist/bin/next', 'start', 'bench/bare', '-p', String(barePort)],
    { DATABASE_URL: embedded.url },
    bare,
  );
  let asked = 0;
  const bytes: Record<string, number> = {};
  // Another address each time, so that no page is one that was kept, and no visitor asks too often.
  const visit = async (name: string, url: string) => {
    const n = ++asked;
    const res = await fetch(`${url}${url.includes('?') ? '&' : '?'}n=${n}`, {
      headers: { 'x-forwarded-for': `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}` },
    });
    bytes[name] = (await res.arrayBuffer()).byteLength;
    if (!res.ok) throw new Error(`${url} was answered ${res.status}`);
  };
  const any = () => world.second[world.draw(articles)]!;
  const pages: Record<string, () => string> = {
    'bare page, one query': () => `${bare}/lista`,
    'document page': () => `${address}/documento`,
    'one chapter': () => `${address}/documento?capitulo=agua`,
    'one article': () => `${address}/documento/v/4/art/${any().number}`,
    'where it comes from': () => `${address}/articulo/${any().id}/origen`,
    coverage: () => `${address}/documento/cobertura?v=4`,
    'coverage as CSV': () => `${address}/api/open/coverage.csv?v=4`,
    'two versions': () => `${address}/documento/comparar?de=3&a=4`,
  };
  const figures: Record<string, Figures> = {};
  for (const [name, url] of Object.entries(pages)) {
    for (let i = 0; i < 5; i++) await visit(name, url());
    figures[name] = await load(visits, 1, () => visit(name, url()));
  }
  const seeds = world.concernIds;
  figures['what is alike, one concern'] = await load(visits, 1, async () => {
    await likesOf(db, [seeds[world.draw(seeds.length)]!]);
  });
  const pairs = world.first.flatMap((old, i) => (i % 10 === 0 ? [[old, world.second[i]!] as const] : []));
  const fields = ['title', 'summary', 'text', 'law', 'reality', 'genderCheck'] as const;
  figures['what changed, all articles'] = await load(9, 1, async () => {
    for (const [old, young] of pairs) difference(old, young);
  });
  figures['the same by fast-diff alone'] = await load(9, 1, async () => {
    for (const [old, young] of pairs)
      for (const field of fields) if (old[field] !== young[field]) diff(old[field], young[field]);
  });
  const memory: Record<string, number> = { 'the server': peakOf(forum.pid!) };
  await end(forum);
  await end(next);
  await closeDatabase();
  await embedded.stop();

  const file = join(folder, `${articles}.json`);
  writeFileSync(file, after.canonical);
  const times = { json: 5, csv: 5, xml: 5, docx: 3, pdf: articles > 500 ? 1 : 3 };
  for (const form of Object.keys(forms) as Form[]) {
    const runs = Array.from({ length: times[form] }, () => leaf(form, file, after.sha256));
    const sorted = runs.map(({ ms }) => ms).sort((a, b) => a - b);
    const p50 = sorted[Math.floor(sorted.length / 2)]!;
    figures[form] = { rps: 1000 / p50, p50, p99: sorted.at(-1)! };
    memory[form] = Math.max(...runs.map(({ mb }) => mb));
    bytes[form] = runs[0]!.bytes;
  }
  return { figures, memory, bytes };
}

const few = await measured(small);
const many = await measured(large);
const names = Object.keys(many.figures);
console.table(
  Object.fromEntries(
    names.map((name) => [
      name,
      {
        [`kB, ${large}`]: many.bytes[name] ? Math.round(many.bytes[name] / 1000) : '',
        [`peak MB, ${small}`]: Math.round(few.memory[name] ?? few.memory['the server']!),
        [`peak MB, ${large}`]: Math.round(many.memory[name] ?? many.memory['the server']!),
      },
    ]),
  ),
);
const rows = Object.fromEntries([
  ...names.map((name) => [`${name}, ${small}`, few.figures[name]!]),
  ...names.map((name) => [`${name}, ${large}`, many.figures[name]!]),
]) as Record<string, Figures>;
const p50 = (name: string) => many.figures[name]!.p50;
const bareNames = ['bare page, one query', 'the same by fast-diff alone'];
const grown = names.filter((name) => !bareNames.includes(name));
report('document', rows, {
  // Ten times the document: a growth of 1 is linear, below it is better.
  ...Object.fromEntries(
    grown.map((name) => [`growth, ${name}`, p50(name) / few.figures[name]!.p50 / (large / small)]),
  ),
  ...Object.fromEntries(
    ['document page', 'one article', 'where it comes from', 'coverage', 'two versions'].map((name) => [
      `${name} p50 / bare page`,
      p50(name) / p50('bare page, one query'),
    ]),
  ),
  'what changed / fast-diff alone': p50('what changed, all articles') / p50('the same by fast-diff alone'),
  ...Object.fromEntries(Object.entries(many.memory).map(([name, mb]) => [`peak MB, ${name}`, mb])),
});
rmSync(folder, { recursive: true, force: true });
process.exit(0);
