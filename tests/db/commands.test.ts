import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Db } from '~/db/client';
import { type Embedded, startEmbedded } from '~/db/embedded';
import { migrate } from '~/db/migrate';
import { forumWorld } from '~/tests/support/people';
import { portrait } from './portrait';

// Servers and processes start here; a busy machine takes its time over that.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const home = mkdtempSync(join(tmpdir(), 'frente-unido-commands-'));
const old = join(home, 'old');
const fresh = join(home, 'new');
let forum: Embedded;

// The forum runs all the while, as it does in life.
beforeAll(async () => {
  chmodSync(home, 0o755);
  forum = await startEmbedded({ dataDir: old, fsync: false });
  await migrate(forum.url);
  const sql = postgres(forum.url, { max: 1 });
  await forumWorld(drizzle(sql) as unknown as Db);
  await sql.end();
});

afterAll(async () => {
  await forum.stop();
  rmSync(home, { recursive: true, force: true });
});

/** What a person types, standing in `home`. Resolves with what she then reads. */
async function type(command: 'backup' | 'restore', dataDir: string, ...args: string[]) {
  const child = spawn(process.execPath, [resolve('scripts', `${command}.mjs`), ...args], {
    env: {
      PATH: process.env.PATH,
      HOME: home,
      INIT_CWD: home,
      DATA_DIR: dataDir,
    } as unknown as NodeJS.ProcessEnv,
  });
  let said = '';
  child.stdout.on('data', (piece) => {
    said += piece;
  });
  child.stderr.on('data', (piece) => {
    said += piece;
  });
  const [code] = await once(child, 'close');
  return { code, said: said.trim() };
}

async function look(url: string) {
  const sql = postgres(url, { max: 1 });
  const seen = await portrait(sql);
  await sql.end();
  return seen;
}

describe('npm run backup, npm run restore', () => {
  test('save the running forum, and bring it back in another folder', async () => {
    const saved = await type('backup', old, 'monday.backup');
    expect(saved).toEqual({
      code: 0,
      said: expect.stringMatching(
        /^Saved \d+ rows of \d+ tables, 0\.\d MB, in .*monday\.backup\. Keep a copy of /,
      ),
    });
    const restored = await type('restore', fresh, 'monday.backup');
    expect(restored).toEqual({
      code: 0,
      said: expect.stringMatching(/^Restored \d+ rows of \d+ tables from /),
    });

    const copy = await startEmbedded({ dataDir: fresh, fsync: false });
    const [there, here] = [await look(forum.url), await look(copy.url)];
    await copy.stop();
    expect(here).toEqual(there);
    expect(there.rows['public.persons']).not.toHaveLength(0);
  });

  test('leave the forum they saved running', async () => {
    const sql = postgres(forum.url, { max: 1 });
    const [row] = await sql`select count(*)::int > 0 as people from persons`;
    await sql.end();
    expect(row?.people).toBe(true);
  });

  test('say in one sentence what cannot be done', async () => {
    const [nothing, full, missing, unnamed] = await Promise.all([
      type('backup', join(home, 'nobody'), 'x.backup'),
      (async () => {
        writeFileSync(join(home, 'photo'), 'no backup');
        return type('restore', old, 'photo');
      })(),
      type('restore', old, 'none.backup'),
      type('backup', old),
    ]);
    expect(nothing).toEqual({
      code: 1,
      said: expect.stringMatching(/^There is no forum in .*nobody; set DATA_DIR/),
    });
    expect(full).toEqual({ code: 1, said: expect.stringMatching(/photo is not a backup of the forum\.$/) });
    expect(missing).toEqual({ code: 1, said: expect.stringMatching(/^There is no file .*none\.backup\.$/) });
    expect(unnamed).toEqual({ code: 1, said: 'Name one file: npm run backup -- FILE.' });
    expect(existsSync(join(home, 'nobody'))).toBe(false);
  });
});
