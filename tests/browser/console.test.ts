import { existsSync } from 'node:fs';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { pause } from '../support/clients';
import { testDatabase } from '../support/db';
import { startTestForum, type TestForum } from '../support/forum';
import { forumWorld } from '../support/people';

// A service manager that dies, `npm start | head`: the forum outlives whoever read what it prints.
const database = testDatabase();
let forum: TestForum;
beforeAll(async () => {
  await forumWorld(database.db);
  forum = await startTestForum({ databaseUrl: database.url });
}, 120_000);
afterAll(() => forum?.remove());

it.skipIf(!existsSync('/proc/self/stat'))(
  'a forum whose console is gone answers on, and does not wear itself out saying so',
  async () => {
    forum.deafen();
    await database.db.execute(sql`alter table concerns rename to concerns_lost`);
    expect((await fetch(`${forum.address}/planteamientos`)).status).toBe(500);
    await database.db.execute(sql`alter table concerns_lost rename to concerns`);
    const before = forum.worked();
    await pause(4000);
    // Without a listener it would write about its own writing, with all the processor it can get.
    expect(forum.worked() - before).toBeLessThan(1);
    expect((await fetch(`${forum.address}/planteamientos?q=agua`)).status).toBe(200);
  },
  60_000,
);
