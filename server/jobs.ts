import { and, eq, inArray, lt, or, sql } from 'drizzle-orm';
import type { Db, DbOrTx } from '~/db/client';
import { jobs } from '~/db/schema/kernel';
import { publish, subscribe } from './events';
import { logError } from './log';

export type Job = { id: string; kind: string; payload: Record<string, unknown>; attempts: number };
/** Does one job; says how far it is; throws to be tried again, at most `attemptsAtMost` times. */
export type JobHandler = (
  db: Db,
  job: Job,
  progress: (done: number, total: number) => Promise<void>,
) => Promise<void>;

const leaseSeconds = 60;
const attemptsAtMost = 5;
const pollMs = 2000;

/** Kinds that plan their own next round: how long after the last failed try they begin again. */
export type Rounds = Record<string, number>;

/** Adds a job in the caller's transaction; `wake` is to be called, or the poll finds it within two seconds. */
export async function addJob(
  tx: DbOrTx,
  kind: string,
  payload: Record<string, unknown>,
  runAt?: Date,
): Promise<string> {
  const [row] = await tx
    .insert(jobs)
    .values({ kind, payload, ...(runAt ? { runAt } : {}) })
    .returning({ id: jobs.id });
  return row!.id;
}
/**
 * Adds a job that comes back by itself, unless one of its kind stands already; forgets those that are done.
 * @param besides the job in hand, which plans the next one.
 */
export async function addJobOnce(
  db: DbOrTx,
  kind: string,
  payload: Record<string, unknown>,
  runAt: Date,
  besides: string | null = null,
): Promise<void> {
  await db.delete(jobs).where(and(eq(jobs.kind, kind), inArray(jobs.state, ['done', 'failed'])));
  await db.execute(sql`
    insert into ${jobs} (kind, payload, run_at)
    select ${kind}, ${JSON.stringify(payload)}::jsonb, ${runAt.toISOString()}::timestamptz
    where not exists (select 1 from ${jobs} where kind = ${kind} and state in ('waiting', 'running')
      and id is distinct from ${besides}::uuid)`);
}
export const wakeJobs = (kind: string) => publish({ type: 'job.added', kind });

async function take(db: Db): Promise<Job | null> {
  const rows = await db.execute<Job & { [key: string]: unknown }>(sql`
    update jobs set state = 'running', attempts = attempts + 1,
      leased_until = now() + make_interval(secs => ${leaseSeconds})
    where id = (
      select id from jobs
      where (state = 'waiting' and run_at <= now()) or (state = 'running' and leased_until < now())
      order by run_at limit 1 for update skip locked)
    returning id, kind, payload, attempts`);
  return rows[0] ?? null;
}

async function perform(
  db: Db,
  handlers: Record<string, JobHandler>,
  job: Job,
  rounds: Rounds,
): Promise<void> {
  const mine = eq(jobs.id, job.id);
  const leasedUntil = sql`now() + make_interval(secs => ${leaseSeconds})`;
  const heart = setInterval(
    () =>
      db
        .update(jobs)
        .set({ leasedUntil })
        .where(mine)
        .catch(() => {}),
    (leaseSeconds * 1000) / 3,
  );
  try {
    const handler = handlers[job.kind];
    if (!handler) throw new Error(`no handler for ${job.kind}`);
    await handler(db, job, async (done, total) => {
      await db.update(jobs).set({ done, total, leasedUntil }).where(mine);
    });
    await db.update(jobs).set({ state: 'done', finishedAt: sql`now()`, leasedUntil: null }).where(mine);
  } catch (error) {
    const last = job.attempts >= attemptsAtMost;
    // Nobody else plans the next round of one that comes back by itself: it would stand still until a new start.
    const again = last ? rounds[job.kind] : undefined;
    logError(`job ${job.kind}`, error);
    await db
      .update(jobs)
      .set({
        state: last && again === undefined ? 'failed' : 'waiting',
        ...(again === undefined ? {} : { attempts: 0 }),
        problem: error instanceof Error ? error.name : 'unknown',
        runAt: sql`now() + make_interval(secs => ${again === undefined ? 2 ** job.attempts : again / 1000})`,
        leasedUntil: null,
      })
      .where(mine);
  } finally {
    clearInterval(heart);
  }
}

/**
 * Runs jobs one after another until closed. A job whose process died is taken again when its lease is over,
 * so handlers must be idempotent.
 */
export function startJobs(db: Db, handlers: Record<string, JobHandler>, rounds: Rounds = {}) {
  let closed = false;
  let running: Promise<void> = Promise.resolve();
  let healthy = true;
  const drain = async () => {
    try {
      for (let job = await take(db); job && !closed; job = await take(db))
        await perform(db, handlers, job, rounds);
      healthy = true;
    } catch (error) {
      healthy = false;
      logError('jobs', error);
    }
  };
  const wake = () => {
    if (!closed) running = running.then(drain);
  };
  const timer = setInterval(wake, pollMs);
  const silence = subscribe((event) => event.type === 'job.added' && wake());
  wake();
  return {
    healthy: () => healthy,
    /** Waits for the job in hand; takes no other. */
    async close() {
      closed = true;
      clearInterval(timer);
      silence();
      await running;
    },
  };
}

/** How many jobs are late by more than a minute: for the health page. */
export async function lateJobs(db: DbOrTx): Promise<number> {
  const rows = await db
    .select({ n: sql<number>`count(*)::int` })
    .from(jobs)
    .where(
      or(
        eq(jobs.state, 'failed'),
        and(eq(jobs.state, 'waiting'), lt(jobs.runAt, sql`now() - interval '1 minute'`)),
      ),
    );
  return rows[0]?.n ?? 0;
}
