import './runtime';
import { database, setDatabaseUrl } from '~/db/client';
import { importPadronJob } from '~/server/associations/jobs';
import type { Job } from '~/server/jobs';

// Another process at work on an import: says how far it is, until it is killed.
const [url, job] = process.argv.slice(2);
setDatabaseUrl(url!);
importPadronJob(database(), JSON.parse(job!) as Job, async (done) => {
  console.info(`done ${done}`);
  // Slow enough to be caught half-way.
  await new Promise((resolve) => setTimeout(resolve, 50));
}).then(() => process.exit(0));
