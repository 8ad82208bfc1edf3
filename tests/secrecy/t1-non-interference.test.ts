import { getTableName, is, sql } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import WebSocket from 'ws';
import { kindOf, kinds } from '~/app/kinds';
import type { Db } from '~/db/client';
import * as roomTables from '~/db/schema/rooms';
import { actorOfPerson, anonymous } from '~/server/actor';
import { describe as problem } from '~/server/problem';
import { writeAsk } from '~/server/rooms/rules/wire';
import { forumCaller } from '~/server/root';
import type { Role } from '~/tests/access/roles';
import { samples } from '~/tests/access/samples';
import { rows } from '~/tests/access/table';
import { tokenFrom } from '~/tests/support/tokens';
import { type UsedRoom, usedRoom } from '~/tests/support/used-room';
import { boxOf, type OneWorld, read, tell, twoWorlds } from '~/tests/support/worlds';

// Here two worlds answer out of one process: what it counts in memory of the one is not to be told by the other.
vi.mock('~/server/limits', async (original) => ({
  ...(await original<typeof import('~/server/limits')>()),
  tooMany: async () => false,
}));

// Two forums that are copies of each other; in one of them there is a room. Nobody outside it sees any difference.
const given = twoWorlds();
/** The member of the base was in the room, and has been taken out. */
const outsiders: Role[] = [
  ...(['anonymous', 'admin', 'officer', 'secretary', 'forumSecretary', 'delegate', 'liaison'] as const),
  'member',
];
let room: UsedRoom;
/** What each role comes to in the empty world, with what she read there. */
let addresses: Map<Role, Map<string, string>>;

beforeAll(async () => {
  // Everybody's phone is given the same each day; what one of them pays for is the other world's only difference.
  const give = ({ forum }: OneWorld) => tokenFrom(forum.address, given.cookieOf('delegate')!);
  await give(given.empty)(boxOf(given.empty.forum));
  room = await usedRoom(boxOf(given.full.forum), give(given.full));
  addresses = new Map();
  for (const role of outsiders) {
    addresses.set(role, await crawl(role));
    // She has been seen today, there as here.
    await tell(given.full.forum, '/', { cookie: given.cookieOf(role) });
  }
}, 240_000);

const pattern = (path: string) =>
  kinds.find(({ pattern: one }) =>
    new RegExp(`^${one.replace(/:[a-z]+/g, '[^/]+')}$`).test(path.split('?')[0]!),
  )?.pattern;

/** The forum's addresses as she comes to them by following links and forms: one of each kind of page, or two. */
async function crawl(role: Role): Promise<Map<string, string>> {
  const cookie = given.cookieOf(role);
  const seen = new Set<string>(['/', '/mi-espacio', '/ayuda']);
  const counted = new Map<string, number>();
  const found = new Map<string, string>();
  for (const path of seen) {
    const told = await tell(given.empty.forum, path, { cookie });
    found.set(path, read(told));
    if (path.startsWith('/api/')) continue;
    const body = told.body.toString('utf8');
    for (const [, raw] of body.matchAll(/(?:href|action)="(\/[^"#]*)/g)) {
      const href = raw!.replaceAll('&amp;', '&');
      const name = pattern(href) ?? (href.startsWith('/api/open/') ? href.split('?')[0]! : null);
      if (!name || name === '/salir' || seen.has(href)) continue;
      const times = counted.get(name) ?? 0;
      if (times >= (role === 'forumSecretary' ? 2 : 1)) continue;
      counted.set(name, times + 1);
      seen.add(href);
    }
  }
  return found;
}

/** The same question to both, until they say the same or have differed three times: a minute may pass in between. */
async function difference(ask: (world: OneWorld) => Promise<string>): Promise<[string, string] | null> {
  for (let tries = 0; tries < 3; tries++) {
    const [empty, full] = await Promise.all([ask(given.empty), ask(given.full)]);
    if (empty === full) return null;
    if (tries === 2) return [empty, full];
  }
  return null;
}
/** Where two answers part, with what stands around it. */
function parting([empty, full]: [string, string]): string {
  let at = 0;
  while (at < empty.length && empty[at] === full[at]) at++;
  const around = (text: string) => text.slice(Math.max(0, at - 80), at + 120);
  return `without: ${around(empty)}\nwith: ${around(full)}`;
}
async function page(path: string, role: Role, headers: Record<string, string> = {}) {
  const ask = async ({ forum }: OneWorld) =>
    read(await tell(forum, path, { cookie: given.cookieOf(role), headers }));
  const known = Object.keys(headers).length === 0 ? addresses.get(role)!.get(path) : undefined;
  return known !== undefined && known === (await ask(given.full)) ? null : difference(ask);
}
async function differing(asked: [string, Role, Record<string, string>?][]): Promise<string[]> {
  const found: string[] = [];
  for (const [path, role, headers] of asked) {
    const apart = await page(path, role, headers);
    if (apart) found.push(`${role} ${path}\n${parting(apart)}`);
  }
  return found;
}

describe('every page', () => {
  it.each(outsiders)('is the same to the byte for: %s', async (role) => {
    const paths = [...addresses.get(role)!.keys()];
    // So that no role is found equal by having seen nothing.
    expect(paths.length).toBeGreaterThan(role === 'anonymous' ? 20 : 25);
    expect(await differing(paths.map((path) => [path, role]))).toEqual([]);
  });

  it('and what a router asks of a workbench, in its own form', async () => {
    const benches = outsiders.flatMap((role) =>
      [...addresses.get(role)!.keys()]
        .filter((path) => kindOf(path.split('?')[0]!) === 'workbench')
        .map((path): [string, Role, Record<string, string>] => [path, role, { rsc: '1' }]),
    );
    expect(benches.length).toBeGreaterThan(0);
    expect(await differing(benches)).toEqual([]);
  });

  it('whatever is asked for in its query: the words, names and numbers of the room among it', async () => {
    const forms = new Map<string, Set<string>>();
    for (const path of addresses.get('forumSecretary')!.keys()) {
      const [bare, query] = path.split('?') as [string, string?];
      const known = forms.get(bare) ?? new Set<string>();
      for (const name of new URLSearchParams(query).keys()) known.add(name);
      forms.set(bare, known);
    }
    // What pages read beside what they link to, and what other software is asked with.
    const more = ['q', 'parte', 'pagina', 'page', 'area', 'orden', 'order', 'exclude_groups', 'sala', 'room'];
    const words = [room.names[0]!, room.names[3]!, room.names[4]!, '-1', "' or 1=1 --"];
    const asked = [...forms].flatMap(([bare, names], at): [string, Role][] =>
      [...new Set([...names, ...more])].map((name, turn) => {
        const value = words[(at + turn) % words.length]!;
        const role = (['anonymous', 'forumSecretary', 'admin'] as const)[(at + turn) % 3]!;
        return [`${bare}?${new URLSearchParams({ [name]: value })}`, role];
      }),
    );
    expect(await differing(asked.filter((_, at) => at % 4 === 0))).toEqual([]);
  });

  it('and what is asked for by machines: files, open data, what is not there, and whatever sounds like a room', async () => {
    const guessed = [
      ...[
        '/robots.txt',
        '/sitemap.xml',
        '/feed',
        '/rss.xml',
        '/manifest.webmanifest',
        '/sw.js',
        '/clave.html',
      ],
      ...['/salas', `/salas/${room.room}`, `/sala/${room.room}`, `/mesas/${room.room}`, '/box', '/api/box'],
      ...[`/borradores/${room.room}`, `/api/rooms/${room.room}`, '/api/salas.json', '/api/open/rooms.json'],
      ...['/api/open/archive.zip', '/api/open/concerns.json?page=2', '/api/open/versions.pem', '/api/health'],
    ];
    const preview = { 'user-agent': 'WhatsApp/2.23.20.0 A' };
    const asked = guessed.flatMap((path): [string, Role, Record<string, string>?][] => [
      [path, 'anonymous'],
      [path, 'anonymous', preview],
      [path, 'admin'],
    ]);
    expect(await differing(asked)).toEqual([]);
  });
});

const undone = new Error('undone');
/** What is drawn for each call: ids, keys, codes, and the moment. Numbers, words and orders stay. */
function shape(value: unknown): string {
  const known = new Map<string, string>();
  const named = (id: string) => {
    const name = known.get(id) ?? `id${known.size}`;
    known.set(id, name);
    return name;
  };
  return (JSON.stringify(value) ?? 'nothing')
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, named)
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'moment');
}
const form = (answer: string) => answer.replace(/(?<=:"|\["|",")[^"]+(?="[,\]}])/g, 'letters');

/** Everything of a procedure for somebody, in one world, undone afterwards. */
async function told(world: OneWorld, name: string, me: string | null, blind: boolean): Promise<string> {
  const { input, given: prepare } = samples[name]!;
  const [capability, procedure] = name.split(' · ')[0]!.split('.') as [string, string];
  let said = '';
  await world.db
    .transaction(async (tx) => {
      const db = tx as unknown as Db;
      await prepare?.(db, given.world, me);
      // In the full world no table of the rooms is to be found by its name: whoever looks for one falls.
      if (blind) await db.execute(sql`set local search_path to outside, public`);
      const actor = me ? await actorOfPerson(db, me) : anonymous;
      const forum = forumCaller({ db, actor, address: `10.9.${++asked >> 8}.${asked & 255}`, locale: 'es' });
      const call = (forum as unknown as Record<string, Record<string, (input: unknown) => Promise<unknown>>>)[
        capability
      ]![procedure]!;
      try {
        const answer = await call(await input(given.world, me, db));
        said = shape(answer);
      } catch (error) {
        said = shape(problem(error, 'es'));
      }
      throw undone;
    })
    .catch((error) => {
      if (error !== undone) throw error;
    });
  return said;
}
let asked = 0;

/** What a socket is told, and how it ends. */
function socket(world: OneWorld, path: string, role: Role, first?: Uint8Array): Promise<string> {
  const cookie = given.cookieOf(role);
  const origin = world.forum.address;
  const ws = new WebSocket(`${origin.replace('http', 'ws')}${path}`, {
    headers: { origin, 'x-forwarded-for': '10.8.8.8', ...(cookie ? { cookie } : {}) },
  });
  const came: string[] = [];
  ws.on('open', () => first && ws.send(first));
  ws.on('message', (data: Buffer) => came.push(data.toString('base64')));
  return new Promise((resolve) => {
    ws.on('error', ({ message }) => resolve([message, ...came].join('\n')));
    ws.on('close', (code, reason) => resolve([code, reason, ...came].join('\n')));
  });
}
/** The same id in the one way in which texts are named. */
const asUuid = (hex: string) => hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5');

describe('every socket', () => {
  it.each(outsiders)('says the same, whatever of the room is asked for, to: %s', async (role) => {
    const rooms = [`/yjs/draft:${asUuid(room.room)}`, `/yjs/room:${asUuid(room.room)}`, `/box/${room.room}`];
    for (const path of [...rooms, `/yjs/article:${room.names[1]}`, '/yjs/', '/socket'])
      expect(await difference((world) => socket(world, path, role))).toBeNull();
  });

  it('and the rooms’ own, to who has no key of it: to the byte; to whom it was taken from: as many bytes', async () => {
    const nobody = { after: 0, prev: '00'.repeat(32), proof: [] };
    const unknown = writeAsk({ op: 'read', access: new Uint8Array(32).fill(9), ...nobody });
    for (const first of [unknown, new Uint8Array(0), new Uint8Array(90).fill(1)]) {
      expect(await difference((world) => socket(world, '/box', 'anonymous', first))).toBeNull();
      expect(
        await difference(async ({ forum }) => Buffer.from(await boxOf(forum)(first)).toString('hex')),
      ).toBeNull();
    }
    const both = [given.empty, given.full];
    const hers = await Promise.all(both.map((world) => socket(world, '/box', 'member', room.stale)));
    expect(hers[1]!.length).toBe(hers[0]!.length);
    expect(hers[1]!.split('\n')[0]).toBe(hers[0]!.split('\n')[0]);
  });
});

// Signed with a key that each forum has drawn for itself.
const ofEachWorld = new Set(['people.tokens']);

describe('every procedure', () => {
  beforeAll(async () => {
    const { db } = given.full;
    await db.execute(sql`create schema outside`);
    for (const table of Object.values(roomTables).filter((one) => is(one, PgTable))) {
      const name = getTableName(table);
      // What a room has let out, and what was paid with, is the forum’s to read.
      if (/^(releases|spent_tokens)$/.test(name)) continue;
      await db.execute(sql.raw(`create view outside.${name} as select 'not for you' as refused`));
    }
  });

  it.each(rows)('says the same: $name', async ({ name }) => {
    for (const role of outsiders) {
      const me = given.world.cast[role];
      const empty = await told(given.empty, name, me, false);
      const full = await told(given.full, name, me, true);
      if (full === empty) continue;
      // What is drawn for each call (a card, a receipt, a salt) is another in one and the same world too: then all but
      // the letters of it is compared.
      const drawn = ofEachWorld.has(name) || (await told(given.empty, name, me, false)) !== empty;
      expect([role, drawn ? form(full) : full]).toEqual([role, drawn ? form(empty) : empty]);
    }
  });
});

describe('and where one thing told of a room, it would be seen:', () => {
  it('a number in a title, put there by hand', async () => {
    const { db } = given.full;
    await db.execute(
      sql`update spaces set title = title || (select count(*) from rooms) where kind = 'table'`,
    );
    // A page that was made a moment ago is shown for a moment more.
    await tell(given.full.forum, '/planteamientos/nuevo', { method: 'POST', body: Buffer.from('') });
    expect(await differing([['/mesas', 'anonymous']])).not.toEqual([]);
    const seen = (world: OneWorld) => told(world, 'spaces.list', null, false);
    expect(await seen(given.full)).not.toBe(await seen(given.empty));
  });

  it('a procedure that looked at a table of theirs would fall', async () => {
    const look = given.full.db.transaction(async (tx) => {
      await tx.execute(sql`set local search_path to outside, public`);
      await tx.execute(sql`select id from rooms`);
    });
    await expect(look).rejects.toThrow();
  });
});
