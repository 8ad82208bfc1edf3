import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { backup } from '~/db/backup';
import { migrate } from '~/db/migrate';
import { restore } from '~/db/restore';
import { emptyDatabase } from '~/tests/support/db';
import { migrationFolder } from '~/tests/support/migrations';
import { FORUM_SQL, fillForum } from './forum';
import { portrait } from './portrait';

// Servers and processes start here; a busy machine takes its time over that.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

type Database = Awaited<ReturnType<typeof emptyDatabase>>;

const folder = mkdtempSync(join(tmpdir(), 'frente-unido-backup-'));
const file = join(folder, 'lunes.backup');
const today = migrationFolder(FORUM_SQL);
const tomorrow = migrationFolder(
  FORUM_SQL,
  "alter table mesas add column region text not null default 'Puno';",
);
const elsewhere = migrationFolder('create table mesas (name text);');
let forum: Database;
const targets: Database[] = [];

beforeAll(async () => {
  forum = await emptyDatabase();
  await migrate(forum.url, today);
  await fillForum(forum.sql);
  await save(forum, 'lunes');
});

afterEach(async () => {
  for (const target of targets.splice(0)) await target.drop();
});

afterAll(async () => {
  await forum.drop();
  for (const made of [folder, today, tomorrow, elsewhere]) rmSync(made, { recursive: true });
});

async function newDatabase() {
  const target = await emptyDatabase();
  targets.push(target);
  return target;
}

/** A backup in `folder`. Forced row security binds the tables' owner too, who alone reads and writes here. */
async function save({ url, sql }: Database, name: string) {
  await sql`alter table notes no force row level security`;
  const saved = await backup(url, join(folder, `${name}.backup`));
  await sql`alter table notes force row level security`;
  return saved;
}

describe('a forum that moves to a new machine', () => {
  let moved: Database;

  beforeAll(async () => {
    moved = await emptyDatabase();
    await restore(moved.url, file, today);
  });

  afterAll(() => moved.drop());

  test('is there again to the last byte: rows, links, guards, counters', async () => {
    expect(await portrait(moved.sql)).toEqual(await portrait(forum.sql));
  });

  test('gives the same backup again, row for row', async () => {
    const first = await save(forum, 'old-machine');
    const second = await save(moved, 'new-machine');
    expect(second.tables).toEqual(first.tables);
    expect(second.sequences).toEqual(first.sequences);
  });

  test('can be searched, and its views are full', async () => {
    const found =
      await moved.sql`select words from concerns where search @@ to_tsquery('spanish', 'mercurio')`;
    expect(found).toEqual([{ words: 'El mercurio\tllega al río\nde mi casa' }]);
    expect(await moved.sql`select * from by_area`).toEqual(await forum.sql`select * from by_area`);
  });

  test('is guarded again: the audit cannot be changed, a link to nobody is refused', async () => {
    await expect(moved.sql`delete from audit`).rejects.toThrow('the audit is append-only');
    await expect(moved.sql`truncate audit`).rejects.toThrow('the audit is append-only');
    await expect(moved.sql`update people set association = 99`).rejects.toThrow(
      'violates foreign key constraint',
    );
  });

  test('goes on counting where it stopped', async () => {
    const [person] =
      await moved.sql`insert into people (alias, association) values ('Nieves', null) returning id`;
    const [receipt] = await moved.sql`select nextval('receipts') as next`;
    expect([person?.id, receipt?.next]).toEqual([4, '5000']);
  });
});

test('a backup goes into a newer version of the program, which brings it forward', async () => {
  const target = await newDatabase();
  await restore(target.url, file, tomorrow);
  const mesas = await target.sql`select region from mesas`;
  expect(mesas.map((mesa) => mesa.region)).toEqual(['Puno', 'Puno', 'Puno']);
});

test('nobody is signed in after a restore, and who had signed out before stays out', async () => {
  const real = await newDatabase();
  await migrate(real.url);
  const signedIn = await real.sql`
    with nieves as (insert into persons (number, name) values ('12345678', 'Nieves Choque') returning id)
    insert into sessions (person_id, device, seen_on, expires_at, ended_at)
    select id, 'phone', '2026-11-23', now() + interval '1 day', ended
      from nieves, (values (null), (timestamptz '2026-11-01')) as phone(ended) returning id`;
  expect(signedIn).toHaveLength(2);
  await backup(real.url, join(folder, 'sessions.backup'));
  const target = await newDatabase();
  await restore(target.url, join(folder, 'sessions.backup'));
  expect((await target.sql`select 1 from sessions where ended_at is null`).length).toBe(0);
  expect((await target.sql`select 1 from sessions where ended_at = '2026-11-01'`).length).toBe(1);
  // The forum that was saved goes on as it was.
  expect((await real.sql`select 1 from sessions where ended_at is null`).length).toBe(1);
});

describe('what is saved', () => {
  test('is one moment, though people go on writing', async () => {
    const busy = await newDatabase();
    await migrate(busy.url, today);
    // So many rows in the table that is saved first that people write a good deal before the next one's turn.
    await busy.sql`insert into audit (what) select repeat('a', 50) from generate_series(1, 30000)`;
    let [written, stop] = [0, false];
    // Each concern is written together with its audit row, so at any one moment there are equally many new ones.
    const writing = (async () => {
      for (; !stop; written++) {
        await busy.sql.begin(async (tx) => {
          await tx`insert into audit (who, what) values (null, 'concerns.raise')`;
          await tx`insert into concerns (id, words) values (gen_random_uuid(), ${`Palabra ${written}`})`;
        });
      }
    })();
    await expect.poll(() => written).toBeGreaterThan(5);
    const saved = await save(busy, 'busy');
    stop = true;
    await writing;
    const rows = (manifest: typeof saved, name: string) =>
      manifest.tables.find((table) => table.name === name)!.rows;
    expect(rows(saved, 'public.concerns')).toBe(rows(saved, 'public.audit') - 30_000);
    expect(rows(saved, 'public.concerns')).toBeGreaterThan(5);
    expect(rows(saved, 'public.concerns')).toBeLessThan(written);
  });

  test('does not tell in which order papers and roll were written', async () => {
    const target = await newDatabase();
    await migrate(target.url, today);
    for (const handle of ['c', 'a', 'b']) await target.sql`insert into papers values (${handle}, 'si')`;
    await save(target, 'papers');
    const text = gunzipSync(readFileSync(join(folder, 'papers.backup'))).toString('latin1');
    expect(text).toContain('a\tsi\nb\tsi\nc\tsi\n');
  });

  test('is for its owner only, and never half there', async () => {
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const target = join(folder, 'never.backup');
    await expect(backup(forum.url.replace(/\/e_\w+$/, '/nowhere'), target)).rejects.toThrow(
      /^There is no database nowhere at 127\.0\.0\.1:\d+; create it or check DATABASE_URL\.$/,
    );
    await expect(backup((await newDatabase()).url, target)).rejects.toThrow(
      'There is no forum in this database.',
    );
    expect([existsSync(target), existsSync(`${target}.part`)]).toEqual([false, false]);
  });

  test('rows hidden from the role that saves are not silently left out', async () => {
    await expect(backup(forum.url, join(folder, 'hidden.backup'))).rejects.toThrow(
      /^The role of DATABASE_URL may not read everything \(.*notes.*\); let one with BYPASSRLS do it\.$/,
    );
  });

  test('an earlier backup is not overwritten', async () => {
    const before = readFileSync(file);
    await expect(backup(forum.url, file)).rejects.toThrow(
      `The file ${file} exists already; choose another name.`,
    );
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test('30 000 papers pass through in pieces', async () => {
    const big = await newDatabase();
    await migrate(big.url, today);
    await big.sql`insert into papers select md5(n::text), repeat('sí ', 60) from generate_series(1, 30000) n`;
    const saved = await save(big, 'big');
    const target = await newDatabase();
    const taken = await restore(target.url, join(folder, 'big.backup'), today);
    expect(taken.tables).toEqual(saved.tables);
    expect(await target.sql`select count(*)::int as papers from papers`).toEqual([{ papers: 30000 }]);
  });
});

describe('what is refused, leaving the database as it was', () => {
  async function refused(name: string, bytes: Buffer, sentence: RegExp, migrations = today) {
    const damaged = join(folder, name);
    writeFileSync(damaged, bytes);
    const target = await newDatabase();
    await expect(restore(target.url, damaged, migrations)).rejects.toThrow(sentence);
    expect(
      await target.sql`select tablename from pg_tables where schemaname in ('public', 'drizzle')`,
    ).toEqual([]);
  }

  test('a database that holds something', async () => {
    const target = await newDatabase();
    await target.sql`create table shopping (what text)`;
    await expect(restore(target.url, file, today)).rejects.toThrow(
      'The database is not empty; restore into a new one.',
    );
    expect(
      await target.sql`select tablename from pg_tables where schemaname in ('public', 'drizzle')`,
    ).toEqual([{ tablename: 'shopping' }]);
  });

  test('rows that contradict each other, with the words of the database', async () => {
    const odd = await newDatabase();
    await migrate(odd.url, today);
    await odd.sql`alter table papers drop constraint papers_pkey`;
    await odd.sql`insert into papers select 'the same', 'si' from generate_series(1, 20000)`;
    await save(odd, 'odd');
    const bytes = readFileSync(join(folder, 'odd.backup'));
    await refused('twice', bytes, /duplicate key value violates unique constraint "papers_pkey"/);
  });

  test('a link to nobody, with the words of the database', async () => {
    const odd = await newDatabase();
    await migrate(odd.url, today);
    await odd.sql`alter table people drop constraint people_association_fkey`;
    await odd.sql`insert into people (alias, association) values ('Nieves', 77)`;
    await save(odd, 'link');
    await refused('nobody', readFileSync(join(folder, 'link.backup')), /violates foreign key constraint/);
  });

  test('a file cut off anywhere', async () => {
    const whole = readFileSync(file);
    for (const length of [11, Math.floor(whole.length / 2), whole.length - 9, whole.length - 1]) {
      await refused(`cut-${length}`, whole.subarray(0, length), /is cut off: its end is missing\.$/);
    }
  });

  test('a file cut off cleanly between two pieces', async () => {
    const plain = gunzipSync(readFileSync(file));
    const manifest = plain.lastIndexOf('{"tables"') - 5;
    await refused('no-manifest', gzipSync(plain.subarray(0, manifest)), /is cut off: its end is missing\.$/);
  });

  test('a file with any one bit turned', async () => {
    const whole = readFileSync(file);
    for (const place of [0.1, 0.3, 0.5, 0.7, 0.9]) {
      const bytes = Buffer.from(whole);
      const at = Math.floor(bytes.length * place);
      bytes[at] = bytes[at]! ^ 0x10;
      await refused(`bit-${place}`, bytes, /is (damaged|cut off)/);
    }
  });

  test('a changed word inside an intact gzip, by the checksum of its table', async () => {
    const plain = gunzipSync(readFileSync(file));
    const at = plain.indexOf('mercurio');
    plain.write('plomo...', at);
    await refused('word', gzipSync(plain), /is damaged: the checksum of table public\.concerns is wrong\.$/);
  });

  test('a row taken out with its checksum put right, by the checksum of the whole', async () => {
    const plain = gunzipSync(readFileSync(file)).toString('latin1');
    const header = plain.replace('"version":1', '"version":0');
    await refused('header', gzipSync(Buffer.from(header, 'latin1')), /is damaged: its checksum is wrong\.$/);
  });

  test('something added at the end', async () => {
    const plain = Buffer.concat([gunzipSync(readFileSync(file)), Buffer.from('D\0\0\0\u0001x')]);
    await refused('more', gzipSync(plain), /is damaged\.$/);
  });

  test('a photo, a text, an empty file, no file', async () => {
    await refused('photo', createHash('sha512').update('photo').digest(), /is not a backup of the forum\.$/);
    await refused('text', gzipSync('Acta de la asamblea'), /is not a backup of the forum\.$|is damaged\.$/);
    await refused('empty', Buffer.alloc(0), /is cut off: its end is missing\.$/);
    await expect(restore(forum.url, join(folder, 'none'), today)).rejects.toThrow(
      /^There is no file .*none\.$/,
    );
  });

  test('a backup of a newer version of the forum', async () => {
    const target = await newDatabase();
    await restore(target.url, file, tomorrow);
    await save(target, 'tomorrow');
    await refused(
      'newer',
      readFileSync(join(folder, 'tomorrow.backup')),
      /was made by a newer version of the forum/,
    );
  });

  test('a backup of a newer format', async () => {
    const plain = gunzipSync(readFileSync(file)).toString('latin1').replace('"version":1', '"version":2');
    await refused(
      'format',
      gzipSync(Buffer.from(plain, 'latin1')),
      /was made by a newer version of the forum/,
    );
  });

  test('a backup of another program', async () => {
    await refused(
      'other',
      readFileSync(file),
      /was made by a forum with other tables than this one\.$/,
      elsewhere,
    );
  });
});
