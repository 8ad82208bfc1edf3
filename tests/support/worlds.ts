import { randomBytes } from 'node:crypto';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drizzle } from 'drizzle-orm/postgres-js';
import { unzipSync } from 'fflate';
import postgres from 'postgres';
import { afterAll, beforeAll, inject } from 'vitest';
import { closeDatabase, type Db, setDatabaseUrl } from '~/db/client';
import { runtime } from '~/server/runtime';
import type { Cast, Role } from '~/tests/access/roles';
import { buildWorld, type World } from '~/tests/access/world';
import { signIn } from './clients';
import { onServer } from './db';
import { startTestForum, type TestForum } from './forum';

/** One forum of the two, over HTTP and in its database. */
export type OneWorld = { forum: TestForum; db: Db; url: string };
export type Told = { status: number; headers: string; body: Buffer };

const host = 'foro.test';

// What differs between two answers of one and the same forum: the day and hour, what is drawn anew for each page, and
// what is derived from these.
const drawn: [RegExp, string][] = [
  [/nonce[^A-Za-z0-9+/]{1,9}[A-Za-z0-9+/]{22}==/g, 'nonce'],
  [/data-key[^A-Za-z0-9+/]{1,9}[A-Za-z0-9+/=]{88}/g, 'data-key'],
  [/name[^a-z]{1,9}key[^a-z]{1,9}value[^a-z]{1,9}[0-9a-f-]{36}/g, 'key'],
];
const volatile = new Set(['date', 'etag', 'content-length', 'connection', 'keep-alive']);
/** An answer without what is drawn anew each time; everything else to the byte, the length of the rest included. */
function normal(text: string): string {
  return drawn.reduce((all, [what, instead]) => all.replace(what, instead), text);
}

// A packed file says in which two seconds it was packed.
const unpacked = (body: Buffer) =>
  Object.entries(unzipSync(body))
    .map(([name, bytes]) => `${name}\n${Buffer.from(bytes).toString('latin1')}`)
    .join('\n');

/**
 * A workbench with the data its scripts begin with. That comes in pieces which are numbered and ordered as chance has
 * it: they are compared one by one, whatever their number, place and names for each other.
 */
function workbench(html: string): string {
  const pushed = /<script[^>]*>self\.__next_f\.push\(\[1,("(?:[^"\\]|\\.)*")\]\)<\/script>/g;
  const flight = [...html.matchAll(pushed)].map(([, text]) => JSON.parse(text!) as string).join('');
  return `${html.replace(pushed, '')}\n${rows(flight)}`;
}
const rows = (flight: string) =>
  flight
    // A long text ends where it ends, without a new line.
    .split(/\n|(?=\b[0-9a-f]{1,3}:(?:\["\$|T[0-9a-f]+,|I\[|HL\[|X|null|"\$))/)
    .map((row) => row.replace(/^[0-9a-f]*:/, '').replace(/\$([A-Za-z@]?)[0-9a-f]+\b/g, '$1'))
    .sort()
    .join('\n');

const flown = (text: string, headers: string) =>
  headers.includes('text/x-component') ? rows(text) : text.includes('__next_f') ? workbench(text) : text;

/** How an answer reads where it is compared. */
export function read({ status, headers, body }: Told): string {
  const packed = body.subarray(0, 2).toString() === 'PK';
  const words = packed
    ? unpacked(body)
    : body.includes(0)
      ? body.toString('latin1')
      : normal(flown(body.toString('utf8'), headers));
  return `${status}\n${normal(headers)}\n\n${words}`;
}

/** One request as it is written, to be answered without compression (`path` may hold what `fetch` would tidy up). */
export function tell(
  forum: TestForum,
  path: string,
  options: { cookie?: string | null; method?: string; headers?: Record<string, string>; body?: Buffer } = {},
): Promise<Told> {
  const { hostname, port } = new URL(forum.address);
  const { cookie, method = 'GET', headers, body } = options;
  // From another address each: no question is refused for the number of those before it.
  const from = [...randomBytes(3)].join('.');
  const all = {
    host,
    'accept-encoding': 'identity',
    'x-forwarded-for': `10.${from}`,
    ...(cookie ? { cookie } : {}),
    ...(method === 'GET' ? {} : { origin: `http://${host}` }),
    ...headers,
  };
  return new Promise((resolve, reject) => {
    const req = request({ hostname, port, path, method, headers: all }, (res) => {
      const parts: Buffer[] = [];
      res.on('data', (part) => parts.push(part));
      res.on('end', () => {
        const told: string[] = [];
        for (let at = 0; at < res.rawHeaders.length; at += 2)
          if (!volatile.has(res.rawHeaders[at]!.toLowerCase()))
            told.push(`${res.rawHeaders[at]!.toLowerCase()}: ${res.rawHeaders[at + 1]}`);
        resolve({
          status: res.statusCode!,
          headers: told.sort().join('\n'),
          body: Buffer.concat(parts),
        });
      });
    });
    req.on('error', reject);
    req.end(body);
  });
}

/** A question to the blind rooms of one forum, as a phone sends it. */
export const boxOf = (forum: TestForum) => async (body: Uint8Array) =>
  new Uint8Array((await tell(forum, '/api/box', { method: 'POST', body: Buffer.from(body) })).body);

/**
 * Two built forums on two databases of which one is a copy of the other to the last id, with the same secrets, the same
 * people signed in and the same public content. Whatever is done in `full` alone is all that they differ by.
 * To be called once, at the top of a file.
 */
export function twoWorlds() {
  const names = [0, 1].map(() => `w_${randomBytes(6).toString('hex')}`) as [string, string];
  const urlOf = (name: string) => {
    const url = new URL(inject('databaseUrl'));
    url.pathname = `/${name}`;
    return url.href;
  };
  const folders: string[] = [];
  const clients: ReturnType<typeof postgres>[] = [];
  const both: OneWorld[] = [];
  const cookies: Partial<Record<Role, string>> = {};
  let world: World;

  const open = (name: string) => {
    const client = postgres(urlOf(name), { max: 4, onnotice: () => {}, connection: { TimeZone: 'UTC' } });
    clients.push(client);
    return drizzle(client) as unknown as Db;
  };
  beforeAll(async () => {
    await onServer(`create database ${names[0]} template template_forum`);
    // What reaches for the forum's database by itself finds the empty world's.
    setDatabaseUrl(urlOf(names[0]));
    const first = open(names[0]);
    world = await buildWorld(first);
    for (const [role, personId] of Object.entries(world.cast as Cast))
      if (personId) cookies[role as Role] = (await signIn(first, personId)).cookie;
    // Nobody may be connected to what is copied.
    await clients.pop()!.end();
    await onServer(`create database ${names[1]} template ${names[0]}`);
    for (const name of names) {
      const dataDir = mkdtempSync(join(tmpdir(), 'frente-unido-world-'));
      folders.push(dataDir);
      copyFileSync(join(runtime().config.dataDir, 'secrets.json'), join(dataDir, 'secrets.json'));
      const env = {
        DATA_DIR: dataDir,
        TRUSTED_PROXIES: '1',
        NEXTAUTH_SECRET: runtime().secrets.session,
        DATABASE_POOL: '4',
      };
      const forum = await startTestForum({ databaseUrl: urlOf(name), env });
      both.push({ forum, db: open(name), url: urlOf(name) });
    }
  }, 180_000);
  afterAll(async () => {
    for (const { forum } of both) await forum.remove();
    for (const client of clients) await client.end();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    await closeDatabase();
    for (const name of names) await onServer(`drop database if exists ${name} with (force)`);
  });
  return {
    /** The world in which there has never been a room. */
    get empty() {
      return both[0]!;
    },
    get full() {
      return both[1]!;
    },
    get world() {
      return world;
    },
    cookieOf: (role: Role) => cookies[role] ?? null,
  };
}
