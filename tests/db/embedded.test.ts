import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import postgres, { type Sql } from 'postgres';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Embedded, startEmbedded } from '~/db/embedded';
import { readPidFile } from '~/db/embedded/cluster';

// Servers and processes start here; a busy machine takes its time over that.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const root = process.getuid?.() === 0;
let dataDir: string;
let said: string[];
let started: Embedded[];
let connections: Sql[];
let others: ChildProcess[];

beforeEach(() => {
  dataDir = join(mkdtempSync(join(tmpdir(), 'frente-unido-start-')), 'forum');
  chmodSync(dirname(dataDir), 0o755);
  [said, started, connections, others] = [[], [], [], []];
});

afterEach(async () => {
  for (const child of others) child.kill('SIGKILL');
  for (const sql of connections) await sql.end({ timeout: 0 });
  for (const server of started) await server.stop();
  // What a killed process has left running.
  if (existsSync(join(dataDir, 'postgres')) && pid()) await (await startEmbedded({ dataDir })).stop();
  rmSync(dirname(dataDir), { recursive: true, force: true });
});

async function start(fsync = false) {
  const server = await startEmbedded({ dataDir, fsync, log: (line) => said.push(line) });
  started.push(server);
  return server;
}

function connect(url: string) {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  connections.push(sql);
  return sql;
}

/** A forum in a process of its own, which can be killed. */
function spawnForum() {
  const code = `import { startEmbedded } from ${JSON.stringify(resolve('db/embedded.ts'))};
    const server = await startEmbedded({ dataDir: process.argv[1], fsync: false });
    process.on('SIGTERM', () => server.stop().then(() => process.exit(0)));
    console.info(server.url);
    setInterval(() => {}, 1000);`;
  const args = ['--import', 'tsx', '--input-type=module', '-e', code, dataDir];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  others.push(child);
  return child;
}

async function forumProcess() {
  const child = spawnForum();
  const [url] = await once(child.stdout!, 'data');
  return { child, url: String(url).trim() };
}

const pid = () => readPidFile(join(dataDir, 'postgres'))?.pid;

describe('a forum on a machine without a database server', () => {
  test('starts on nothing, and finds on the second day what was written on the first', async () => {
    const first = await start(true);
    const sql = connect(first.url);
    await sql`create table concerns (words text)`;
    await sql`insert into concerns values ('El polvo entra a la casa')`;
    await sql.end();
    await first.stop();
    expect(pid()).toBeUndefined();

    const second = await start(true);
    expect(await connect(second.url)`select words from concerns`).toEqual([
      { words: 'El polvo entra a la casa' },
    ]);
  });
});

describe('a running forum', () => {
  test('listens on the loopback only, with a secret of its own, as another account than root', async () => {
    const { url } = await start();
    const [row] = await connect(url)`select current_setting('listen_addresses') as at,
      inet_server_addr()::text as here, current_setting('fsync') as fsync`;
    expect(row).toEqual({ at: '127.0.0.1', here: '127.0.0.1/32', fsync: 'off' });
    expect(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[4]).toBe('');

    const secret = readFileSync(join(dataDir, 'postgres.secret'), 'utf8').trim();
    const written = said.join() + readFileSync(join(dataDir, 'postgres.log'), 'utf8');
    expect(statSync(join(dataDir, 'postgres.secret')).mode & 0o777).toBe(0o600);
    expect(statSync(join(dataDir, 'postgres')).mode & 0o077).toBe(0);
    for (const word of [secret, new URL(url).password]) expect(written).not.toContain(word);
    const guess = connect(url.replace(/:[0-9a-f]{64}@/, ':guess@'));
    await expect(guess`select 1`).rejects.toThrow('password authentication failed');
    expect(statSync(join(dataDir, 'postgres')).uid).not.toBe(0);
  });

  test('keeps what people write out of the log, even when a statement fails', async () => {
    const sql = connect((await start()).url);
    await sql`create table people (alias text primary key)`;
    await sql`insert into people values ('Flor de Ananea')`;
    await expect(sql`insert into people values ('Flor de Ananea')`).rejects.toThrow('duplicate key');
    await expect(sql.unsafe("select 'Flor de Ananea' as no such thing")).rejects.toThrow('syntax error');
    const log = readFileSync(join(dataDir, 'postgres.log'), 'utf8');
    expect(log).toContain('duplicate key');
    expect(log).not.toContain('Ananea');
  });
});

describe('when something is killed', () => {
  test('kill -9 of PostgreSQL: every acknowledged row is there at the next start', async () => {
    const { url } = await start(true);
    const sql = connect(url);
    await sql`create table votes (n int)`;
    let acknowledged = 0;
    const voting = (async () => {
      for (let n = 1; ; n++) {
        await sql`insert into votes values (${n})`;
        acknowledged = n;
      }
    })();
    const broken = expect(voting).rejects.toThrow();
    while (acknowledged < 300) await new Promise((next) => setTimeout(next, 5));
    const before = pid()!;
    process.kill(before, 'SIGKILL');
    await broken;

    const again = connect((await start(true)).url);
    const [row] = await again`select count(*)::int as count, max(n) as last from votes`;
    expect(pid()).not.toBe(before);
    expect(row?.count).toBe(row?.last);
    expect(row?.last).toBeGreaterThanOrEqual(acknowledged);
  });

  test('kill -9 of PostgreSQL: the running forum brings it back at the same address', async () => {
    const { url } = await start();
    const before = pid()!;
    process.kill(before, 'SIGKILL');
    await expect.poll(() => said.length, { timeout: 20_000 }).toBe(1);
    expect(said[0]).toBe('The connection to the database was lost; it is taken up again.');
    const alive = () => connect(url)`select 1 as one`.then((rows) => rows[0]?.one).catch(() => 0);
    await expect.poll(alive, { timeout: 30_000 }).toBe(1);
    expect(pid()).not.toBe(before);
  });

  test('a database that cannot start for a while is tried again until it can', async () => {
    const forum = await start();
    const sql = connect(forum.url);
    const folder = join(dataDir, 'postgres');
    const control = join(folder, 'global', 'pg_control');
    renameSync(control, `${control}.away`);
    process.kill(readPidFile(folder)!.pid, 'SIGKILL');
    await vi.waitFor(() => expect(said.join('\n')).toMatch(/did not start/), 20_000);
    renameSync(`${control}.away`, control);
    await vi.waitFor(async () => expect(await sql`select 1 as one`).toEqual([{ one: 1 }]), 30_000);
  });

  test('kill -9 of the forum: the next one takes up the orphaned server and ends it in order', async () => {
    const { child, url } = await forumProcess();
    const orphan = pid();
    await connect(url)`create table minutes (words text)`;
    child.kill('SIGKILL');
    await once(child, 'exit');

    const next = await start();
    expect(pid()).toBe(orphan);
    expect(next.url).toBe(url);
    await next.stop();
    expect(pid()).toBeUndefined();
  });

  test('kill -9 of the forum while it makes its first database: the next start makes one', async () => {
    const child = spawnForum();
    const drafts = () =>
      (existsSync(dataDir) ? readdirSync(dataDir) : []).filter((name) => name.includes('.new-'));
    await expect.poll(drafts, { interval: 5, timeout: 20_000 }).not.toHaveLength(0);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(existsSync(join(dataDir, 'postgres'))).toBe(false);
    expect(await connect((await start()).url)`select 1 as one`).toEqual([{ one: 1 }]);
  });

  test('a killed server whose number another program has now is not taken for alive', async () => {
    const first = await start();
    await first.stop();
    const stale = [process.pid, join(dataDir, 'postgres'), 1, 1, '', '127.0.0.1', '', 'ready', ''].join('\n');
    writeFileSync(join(dataDir, 'postgres', 'postmaster.pid'), stale);
    await start();
    expect(pid()).not.toBe(process.pid);
  });
});

describe('two starts on one folder', () => {
  test('at once, from nothing: they share one server, and it runs until the last one leaves', async () => {
    const [one, two] = await Promise.all([start(), forumProcess()]);
    expect(one.url).toBe(two.url);
    const shared = pid();
    await connect(one.url)`create table roll (name text)`;
    await one.stop();
    expect(pid()).toBe(shared);
    expect(await connect(two.url)`select * from roll`).toEqual([]);
    two.child.kill('SIGTERM');
    await once(two.child, 'exit');
    expect(pid()).toBeUndefined();
  });
});

describe('what cannot work says so in one sentence', () => {
  test('a data folder that is a file', async () => {
    writeFileSync(dataDir, 'a list of purchases');
    await expect(start()).rejects.toThrow(/^The data folder .* cannot be made \(.*\)\.$/);
  });

  test('a database folder that holds something else', async () => {
    mkdirSync(join(dataDir, 'postgres'), { recursive: true });
    writeFileSync(join(dataDir, 'postgres', 'photo.jpg'), '');
    await expect(start()).rejects.toThrow(
      /holds something that is not a database; move it away and start again\.$/,
    );
    expect(existsSync(join(dataDir, 'postgres', 'photo.jpg'))).toBe(true);
  });

  test('a database of another version, a wrong secret, a lost one; and no server stays behind', async () => {
    await (await start()).stop();
    const [version, secret] = [join(dataDir, 'postgres', 'PG_VERSION'), join(dataDir, 'postgres.secret')];
    writeFileSync(version, '14\n');
    await expect(start()).rejects.toThrow(/^The database did not start: .*incompatible with server\.$/);
    writeFileSync(version, '18\n');
    writeFileSync(secret, 'something else\n');
    await expect(start()).rejects.toThrow(/does not take the password made from .*postgres\.secret\.$/);
    expect(pid()).toBeUndefined();
    rmSync(secret);
    await expect(start()).rejects.toThrow(/postgres\.secret is missing; put it back from a copy/);
  });
});

describe.runIf(root)('started by root', () => {
  test('lends the data folder to that account, without opening it to others', async () => {
    mkdirSync(dataDir, { mode: 0o700 });
    await start();
    expect(lstatSync(join(dataDir, 'postgres')).isDirectory()).toBe(true);
    expect(statSync(dataDir).mode & 0o777).toBe(0o710);
  });

  test('puts the database elsewhere when the folder lies in a closed home, says where, and finds it again', async () => {
    chmodSync(dirname(dataDir), 0o700);
    const first = await start();
    await connect(first.url)`create table lent (words text)`;
    const place = readlinkSync(join(dataDir, 'postgres'));
    expect(place).toMatch(/^\/var\/lib\/frente-unido\/\w+\/postgres$/);
    expect(said.join()).toContain(`so the database itself lies in ${dirname(place)}; `);
    await first.stop();
    const second = await start();
    expect(await connect(second.url)`select * from lent`).toEqual([]);
    await second.stop();
    rmSync(dirname(place), { recursive: true });
  });
});
