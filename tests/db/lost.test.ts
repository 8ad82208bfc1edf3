import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { testDatabase } from '~/tests/support/db';

const t = testDatabase();

describe('a connection that ends in the middle of a transaction', () => {
  it('ends that transaction and nothing else: not the process, not the next one, and nobody’s words', async () => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'tests/support/lost.ts'], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, DATABASE_URL: t.url, DATABASE_POOL: '1' },
    });
    let said = '';
    let complained = '';
    child.stdout.on('data', (data) => {
      said += data;
    });
    child.stderr.on('data', (data) => {
      complained += data;
    });
    const [code] = await once(child, 'exit');
    expect(complained).toBe('');
    expect(code).toBe(0);
    expect(JSON.parse(said)).toEqual({
      inFlight: Array.from({ length: 5 }, () => 'refused'),
      next: { one: 1 },
      first: 'refused',
      late: 'refused',
      second: 'well',
      words: ['second', 'second again'],
    });
  }, 60_000);
});

describe('a connection that ends while the driver asks for the types of arrays', () => {
  it('refuses what was to be asked, and the process goes on', () => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--import', 'tsx', 'tests/support/types-lost.ts'],
      { encoding: 'utf8' },
    );
    expect(stderr).toBe('');
    expect([status, JSON.parse(stdout)]).toEqual([0, { fate: 'refused' }]);
  }, 60_000);
});
