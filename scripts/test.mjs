// npm test: every gate, each named as it runs; stops at the first that fails.
// The last line is «N passed, N failed» over all tests that ran; a gate that is no test counts only when it fails.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stale } from './stale.mjs';

process.env.NEXT_TELEMETRY_DISABLED = '1';
// Somebody's own forum is none of the tests' business.
for (const name of ['DATABASE_URL', 'DATA_DIR', 'PORT', 'HOST', 'PUBLIC_URL', 'REDIS_URL', 'TRUSTED_PROXIES'])
  delete process.env[name];
for (const name of ['NEXTAUTH_SECRET', 'FORUM_DEMO', 'NODE_ENV']) delete process.env[name];

const reports = mkdtempSync(join(tmpdir(), 'frente-unido-report-'));
const counted = { passed: 0, failed: 0, skipped: 0 };
const bin = (name) => join('node_modules', name);

function run(name, args) {
  console.info(`\n── ${name}`);
  const started = Date.now();
  const { status } = spawnSync(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.info(`── ${name}: ${status === 0 ? 'ok' : 'FAILED'} in ${seconds} s`);
  return status === 0;
}

function gate(name, args) {
  const good = run(name, args);
  if (!good) counted.failed++;
  return good;
}

function tests(name, paths) {
  const file = join(reports, `${name}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const good = run(name, [bin('vitest/vitest.mjs'), 'run', ...paths, ...reporters]);
  const report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const { numPassedTests = 0, numFailedTests = 0, numPendingTests = 0, numTodoTests = 0 } = report;
  const fell = !good || numPassedTests === 0;
  counted.passed += numPassedTests;
  // A file that could not be read, a server that did not start: no test failed, and yet something did.
  counted.failed += fell ? Math.max(1, numFailedTests) : numFailedTests;
  counted.skipped += numPendingTests + numTodoTests;
  return !fell;
}

const named = {
  structure: ['structure.test.ts', 'kernel'],
  content: ['demo', 'reference', 'library', 'ui'],
  database: ['db'],
  access: ['access'],
  sockets: ['realtime'],
  browser: ['browser'],
  // One file for each family of proof; some need the built forum and a browser.
  secrecy: ['secrecy'],
};
// Every other folder is a part of the forum; a new one is run without being named here.
const known = new Set(['support', 'data', 'soak', ...Object.values(named).flat()]);
const capabilities = readdirSync('tests').filter((name) => !known.has(name));
const group = (name, entries = named[name]) =>
  tests(
    name,
    entries.map((entry) => join('tests', entry)),
  );

const steps = [
  () => gate('types', [bin('typescript/bin/tsc'), '--noEmit']),
  () => gate('lint', [bin('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings']),
  () => group('structure'),
  () => group('content'),
  () => group('database'),
  () => group('access'),
  () => group('capabilities', capabilities),
  () => group('sockets'),
  () => !stale() || gate('build', ['scripts/build.mjs']),
  () => gate('chromium', ['--import', 'tsx', 'tests/support/find-browser.ts']),
  () => group('browser'),
  () => group('secrecy'),
];

const good = steps.every((step) => step());
rmSync(reports, { recursive: true, force: true });
const { passed, failed, skipped } = counted;
console.info(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exit(good && passed > 0 ? 0 : 1);
