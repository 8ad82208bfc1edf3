import type { ServerResponse } from 'node:http';
import { sql } from 'drizzle-orm';
import type { Db } from '~/db/client';
import { lateJobs } from '../jobs';

/** `GET /api/health`: 200 when all parts answer, 503 otherwise. Says nothing of people or content. */
export async function health(
  res: ServerResponse,
  parts: { db: Db; jobs: { healthy(): boolean }; realtime: { healthy(): boolean }; version: string },
): Promise<void> {
  const database = await parts.db
    .execute(sql`select 1`)
    .then(() => true)
    .catch(() => false);
  const late = database ? await lateJobs(parts.db).catch(() => -1) : -1;
  const jobs = parts.jobs.healthy() && late === 0;
  const realtime = parts.realtime.healthy();
  const word = (good: boolean) => (good ? 'ok' : 'failing');
  const good = database && realtime && parts.jobs.healthy();
  res.statusCode = good ? 200 : 503;
  res.setHeader('Content-Type', 'application/json');
  res.setHeader('Cache-Control', 'no-store');
  res.end(
    JSON.stringify({
      database: word(database),
      realtime: word(realtime),
      jobs: jobs ? 'ok' : parts.jobs.healthy() ? 'late' : 'failing',
      version: parts.version,
    }),
  );
}
