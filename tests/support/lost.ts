// A process of its own whose connections to the database are ended in the middle of transactions: it says what became
// of each, in one line. With one connection in its pool, so that whatever is left over meets the next one.
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { closeDatabase, database, type Tx } from '~/db/client';

const killer = postgres(process.env.DATABASE_URL!, { max: 1 });
const db = database();
const says: Record<string, unknown> = {};
const fate = (work: Promise<unknown>) =>
  work.then(
    () => 'well',
    () => 'refused',
  );

async function pidOf(tx: Tx): Promise<number> {
  const [row] = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
  return row!.pid;
}
async function gone(pid: number): Promise<void> {
  await killer`select pg_terminate_backend(${pid})`;
  while ((await killer`select 1 from pg_stat_activity where pid = ${pid}`).length > 0) await pause(5);
}
async function working(pid: number): Promise<void> {
  while (
    (await killer`select 1 from pg_stat_activity where pid = ${pid} and wait_event = 'PgSleep'`).length === 0
  )
    await pause(5);
}

await killer`create table lost (word text)`;
says.inFlight = [];
for (let i = 0; i < 5; i++) {
  let pid = 0;
  const told = fate(
    db.transaction(async (tx) => {
      pid = await pidOf(tx);
      await tx.execute(sql`select pg_sleep(30)`);
    }),
  );
  while (pid === 0) await pause(1);
  await working(pid);
  await gone(pid);
  (says.inFlight as string[]).push(await told);
}
// With the very one connection; greeted with what was left over, it would not answer in time.
says.next = (await db.execute(sql`select 1 as one`))[0];

// Between two of its questions; then somebody else begins on that connection, and the first one goes on.
let open = () => {};
const opened = new Promise<void>((resolve) => {
  open = resolve;
});
let pid = 0;
let late: Promise<string> | undefined;
const first = fate(
  db.transaction(async (tx) => {
    await tx.execute(sql`insert into lost values ('before')`);
    pid = await pidOf(tx);
    await opened;
    late = fate(tx.execute(sql`insert into lost values ('late')`));
    await late;
    throw new Error('so that it is rolled back, again');
  }),
);
while (pid === 0) await pause(1);
await gone(pid);
says.first = await first;
says.second = await fate(
  db.transaction(async (tx) => {
    await tx.execute(sql`insert into lost values ('second')`);
    open();
    while (!late) await pause(1);
    says.late = await late;
    await tx.execute(sql`insert into lost values ('second again')`);
  }),
);
says.words = (await killer`select word from lost order by word`).map(({ word }) => word);
await killer.end();
await closeDatabase();
console.info(JSON.stringify(says));
