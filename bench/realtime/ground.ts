import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeDatabase, database, setDatabaseUrl } from '~/db/client';
import { startEmbedded } from '~/db/embedded';
import { migrate } from '~/db/migrate';
import { associations, memberships } from '~/db/schema/associations';
import { drafts, texts } from '~/db/schema/drafts';
import { forum } from '~/db/schema/kernel';
import { persons, sessions } from '~/db/schema/people';
import { spaceRoles, spaces } from '~/db/schema/spaces';
import { readConfig } from '~/server/config';
import { setRuntime } from '~/server/runtime';
import { readSecrets } from '~/server/secrets';
import { sealSession } from '~/server/session';
import type { Door } from './client';
import type { Name, Server } from './servers';

/** A document, and the text it has where it is ours. */
export type Place = { room: string; textId: string };

const day = 24 * 3600 * 1000;
const people = 100;

/** One PostgreSQL for all who write to one, writing as safely as in real life, and a space with many writers. */
export async function layGround() {
  const dataDir = mkdtempSync(join(tmpdir(), 'frente-unido-realtime-'));
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
  const db = database();
  const sql = db.$client;
  await sql`create table bench_docs (name text primary key, data bytea not null)`;
  await db.insert(forum).values({ name: 'Foro de prueba' });
  const [base] = await db
    .insert(associations)
    .values({ name: 'Flor de Cuarzo', kind: 'asociacion', country: 'PE', department: '21' })
    .returning();
  const [space] = await db
    .insert(spaces)
    .values({ kind: 'table', title: 'Mesa del Agua', areas: ['agua'] })
    .returning();
  const writers = await db
    .insert(persons)
    .values(
      Array.from({ length: people }, (_, i) => ({ name: `Escritora ${i}`, number: String(10_000_000 + i) })),
    )
    .returning({ id: persons.id });
  const personIds = writers.map(({ id }) => id);
  await db
    .insert(memberships)
    .values(personIds.map((personId) => ({ associationId: base!.id, personId, role: 'member' as const })));
  await db
    .insert(spaceRoles)
    .values(personIds.map((personId) => ({ spaceId: space!.id, personId, role: 'writer' as const })));
  const opened = await db
    .insert(sessions)
    .values(
      personIds.map((personId) => ({
        personId,
        device: 'x',
        seenOn: '2026-01-31',
        expiresAt: new Date(Date.now() + day),
      })),
    )
    .returning({ id: sessions.id, personId: sessions.personId });
  const cookies = await Promise.all(
    opened.map(async ({ id, personId }) => {
      const { name, value } = await sealSession(id, personId);
      return `${name}=${value}`;
    }),
  );
  const [backend] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
  const postmaster = Number(statOf(backend!.pid)[1]);

  let callers = 0;
  return {
    sql,
    authors: personIds,
    env: { DATABASE_URL: embedded.url, DATA_DIR: dataDir, TRUSTED_PROXIES: '1' },
    /** CPU of the whole database so far, in microseconds; the kernel counts in hundredths of a second. */
    databaseCpu: () => cpuBelow(postmaster),
    /** A caller's headers: each from an address of her own, as the proxy tells it, and few for each person. */
    headers(port: number): Record<string, string> {
      const n = callers++;
      return {
        Cookie: cookies[n % people]!,
        Origin: `http://127.0.0.1:${port}`,
        'X-Forwarded-For': `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`,
      };
    },
    /** New documents; for ours drafts that are there, for the others names of the same length. */
    async rooms(name: Name, count: number): Promise<Place[]> {
      if (name !== 'ours')
        return Array.from({ length: count }, () => ({ room: `draft:${randomUUID()}`, textId: '' }));
      const made = await db
        .insert(texts)
        .values(Array.from({ length: count }, () => ({ kind: 'draft' as const })))
        .returning({ id: texts.id });
      const rows = await db
        .insert(drafts)
        .values(made.map(({ id }) => ({ spaceId: space!.id, textId: id, title: 'Agua limpia' })))
        .returning({ id: drafts.id, textId: drafts.textId });
      return rows.map(({ id, textId }) => ({ room: `draft:${id}`, textId }));
    },
    /** One new document. */
    async place(name: Name): Promise<Place> {
      return (await this.rooms(name, 1))[0]!;
    },
    door(server: Server, room: string): Door {
      return { port: server.port, speech: server.speech, room, headers: this.headers(server.port) };
    },
    async remove() {
      await closeDatabase();
      await embedded.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
export type Ground = Awaited<ReturnType<typeof layGround>>;

/** The fields of /proc/PID/stat from the state on: [0] state, [1] parent, [11] user, [12] system, then of its dead. */
function statOf(pid: number): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function cpuBelow(postmaster: number): number {
  let ticks = 0;
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const fields = statOf(Number(entry));
      const own = Number(entry) === postmaster;
      if (!own && Number(fields[1]) !== postmaster) continue;
      const count = own ? 4 : 2;
      for (let i = 0; i < count; i++) ticks += Number(fields[11 + i]);
    } catch {
      // A process that has just ended.
    }
  }
  return ticks * 10_000;
}

/** CPU of the whole machine so far, in microseconds. */
export function machineCpu(): number {
  const [user, nice, system, , , irq, softirq] = readFileSync('/proc/stat', 'utf8')
    .split('\n', 1)[0]!
    .trim()
    .split(/\s+/)
    .slice(1)
    .map(Number) as [number, number, number, number, number, number, number];
  return (user + nice + system + irq + softirq) * 10_000;
}
