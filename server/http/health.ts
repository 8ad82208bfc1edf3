import type { ServerResponse } from 'node:http';
import { sql } from 'drizzle-orm';
import type { Db } from '~/db/client';
import { lateJobs } from '../jobs';

/**
 * `GET /api/health`: 200 when all parts answer, 503 otherwise. Says nothing of people or content. Without Redis, where
 * there is one, what is written elsewhere comes later: that is said, and is no reason to take a process away.
 */
export async function health(
  res: ServerResponse,
  parts: {
    db: Db;
    jobs: { healthy(): boolean };
    realtime: { healthy(): boolean; others(): boolean | null };
    version: string;
  },
): Promise<void> {
  const database = await parts.db
    .execute(sql`select 1`)
    .then(() => true)
    .catch(() => false);
  const late = database ? await lateJobs(parts.db).catch(() => -1) : -1;
  const jobs = parts.jobs.healthy() && late === 0;
  const realtime = parts.realtime.healthy();
  const others = parts.realtime.others();
  const word = (good: boolean) => (good ? 'ok' : 'failing');
  const good = database && realtime && parts.jobs.healthy();
  res.statusCode = good ? 200 : 503;
  res.setHeader('Content-Type', 'application/json');
  res.setHeader('Cache-Control', 'no-store');
  res.end(
    JSON.stringify({
      database: word(database),
      realtime: word(realtime),
      ...(others === null ? {} : { redis: word(others) }),
      jobs: jobs ? 'ok' : parts.jobs.healthy() ? 'late' : 'failing',
      version: parts.version,
    }),
  );
}
