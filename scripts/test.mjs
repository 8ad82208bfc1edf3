// npm test: every gate, each named as it runs; stops at the first that fails.
// The last line is «N passed, N failed» over all tests that ran.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stale } from './stale.mjs';

process.env.NEXT_TELEMETRY_DISABLED = '1';
const reports = mkdtempSync(join(tmpdir(), 'frente-unido-report-'));
const counted = { passed: 0, failed: 0, skipped: 0 };
const bin = (name) => join('node_modules', name);

function step(name, args) {
  console.info(`\n── ${name}`);
  const started = Date.now();
  const { status } = spawnSync(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  console.info(
    `── ${name}: ${status === 0 ? 'ok' : 'FAILED'} in ${((Date.now() - started) / 1000).toFixed(1)} s`,
  );
  return status === 0;
}

function tests(name, paths) {
  const file = join(reports, `${name}.json`);
  const args = [
    bin('vitest/vitest.mjs'),
    'run',
    ...paths,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ];
  const good = step(name, args);
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'));
    counted.passed += report.numPassedTests;
    counted.failed += report.numFailedTests;
    counted.skipped += report.numPendingTests + report.numTodoTests;
    return good && report.numTotalTests > 0;
  } catch {
    return false;
  }
}

const steps = [
  () => step('types', [bin('typescript/bin/tsc'), '--noEmit']),
  () => step('lint', [bin('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings']),
  () => tests('structure', ['tests/structure.test.ts', 'tests/access', 'tests/kernel']),
  () => tests('content', ['tests/demo', 'tests/reference', 'tests/library', 'tests/ui']),
  () => tests('database', ['tests/db']),
  () =>
    tests('capabilities', [
      'tests/people',
      'tests/associations',
      'tests/spaces',
      'tests/concerns',
      'tests/drafts',
      'tests/document',
      'tests/ballots',
      'tests/responses',
      'tests/forum',
      'tests/thread',
    ]),
  () => tests('sockets', ['tests/realtime']),
  () => !stale() || step('build', ['scripts/build.mjs']),
  () => tests('browser', ['tests/browser']),
];

const good = steps.every((run) => run());
rmSync(reports, { recursive: true, force: true });
const { passed, failed, skipped } = counted;
console.info(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exit(good && passed > 0 ? 0 : 1);
