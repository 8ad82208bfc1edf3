import { rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addExtensions } from '~/db/extensions';
import { migrate } from '~/db/migrate';
import { emptyDatabase } from '~/tests/support/db';
import { migrationFolder } from '~/tests/support/migrations';

const FIRST =
  "create table mesas (name text);--> statement-breakpoint\ninsert into mesas values ('Ambiente');";
const SECOND = 'alter table mesas add column region text;';

let forum: Awaited<ReturnType<typeof emptyDatabase>>;
const folders: string[] = [];

beforeEach(async () => {
  forum = await emptyDatabase();
});

afterEach(async () => {
  await forum.drop();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function version(...texts: string[]) {
  const folder = migrationFolder(...texts);
  folders.push(folder);
  return folder;
}

const applied = async () => (await forum.sql`select hash from drizzle.__drizzle_migrations`).length;

describe('migrations at start', () => {
  test('four starts at once: each succeeds, each step runs once', async () => {
    const folder = version(FIRST, SECOND);
    await Promise.all([1, 2, 3, 4].map(() => migrate(forum.url, folder)));
    expect(await forum.sql`select name, region from mesas`).toEqual([{ name: 'Ambiente', region: null }]);
    expect(await applied()).toBe(2);
  });

  test('a new version adds its steps and keeps what is there', async () => {
    await migrate(forum.url, version(FIRST));
    await forum.sql`insert into mesas values ('Salud')`;
    await migrate(forum.url, version(FIRST, SECOND));
    expect(await forum.sql`select name, region from mesas order by name`).toEqual([
      { name: 'Ambiente', region: null },
      { name: 'Salud', region: null },
    ]);
  });

  test('a step that fails takes the others of that start back', async () => {
    await migrate(forum.url, version(FIRST));
    await expect(migrate(forum.url, version(FIRST, SECOND, 'select no_such_thing();'))).rejects.toThrow();
    await expect(forum.sql`select region from mesas`).rejects.toThrow('column "region" does not exist');
    expect(await applied()).toBe(1);
  });

  test('after a failure the lock is free for the next start', async () => {
    await expect(migrate(forum.url, version('select no_such_thing();'))).rejects.toThrow();
    await migrate(forum.url, version(FIRST));
    expect(await applied()).toBe(1);
  });

  test('an old program does not touch the database of a newer one', async () => {
    await migrate(forum.url, version(FIRST, SECOND));
    await expect(migrate(forum.url, version(FIRST))).rejects.toThrow(
      'The database was written by a newer version of the forum; start that version instead.',
    );
  });
});

describe('the extensions that the searches need', () => {
  test('are made; where one may not be, a sentence says what to write', async () => {
    await addExtensions(forum.sql);
    expect(await forum.sql`select public.similarity('balanza', 'valanza') > 0.4 as near`).toEqual([
      { near: true },
    ]);
    await expect(addExtensions(forum.sql, ['no_such_module'])).rejects.toThrow(
      'Let whoever runs the database write: CREATE EXTENSION no_such_module WITH SCHEMA public;',
    );
  });

  test('in another schema are named, with what moves them', async () => {
    await forum.sql`create schema elsewhere`;
    await forum.sql`create extension pg_trgm with schema elsewhere`;
    await expect(addExtensions(forum.sql)).rejects.toThrow('ALTER EXTENSION pg_trgm SET SCHEMA public;');
  });
});

describe('a wrong DATABASE_URL stops the start with one sentence, without its password', () => {
  const start = (change: (url: URL) => void) => {
    const url = new URL(forum.url);
    change(url);
    return migrate(url.href, version(FIRST)).catch((error: Error) => error.message.replace(/:\d+/, ':PORT'));
  };

  test('nobody listens there', async () => {
    expect(await start((url) => Object.assign(url, { port: '1' }))).toBe(
      'No database answers at 127.0.0.1:PORT; check DATABASE_URL.',
    );
  });

  test('the password is another', async () => {
    expect(await start((url) => Object.assign(url, { password: 'secreto' }))).toBe(
      'The database at 127.0.0.1:PORT refuses the password of forum; check DATABASE_URL.',
    );
  });

  test('there is no such database', async () => {
    expect(await start((url) => Object.assign(url, { pathname: '/foro' }))).toBe(
      'There is no database foro at 127.0.0.1:PORT; create it or check DATABASE_URL.',
    );
  });

  test('it keeps its text in another encoding', async () => {
    const name = `latin_${process.pid}`;
    await forum.sql.unsafe(
      `create database ${name} template template0 encoding latin1 locale_provider libc locale 'C'`,
    );
    const said = await start((url) => Object.assign(url, { pathname: `/${name}` }));
    await forum.sql.unsafe(`drop database ${name} with (force)`);
    expect(said).toBe('The database keeps its text as LATIN1; the forum needs one made with UTF8.');
  });
});
