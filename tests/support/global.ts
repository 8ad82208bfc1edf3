import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import type { TestProject } from 'vitest/node';
import { startEmbedded } from '~/db/embedded';
import { migrate } from '~/db/migrate';

declare module 'vitest' {
  interface ProvidedContext {
    /** URL of the run's server; its database `template_forum` is migrated and empty. */
    databaseUrl: string;
  }
}

const PREFIX = 'frente-unido-tests-';

/** One PostgreSQL for the whole run, in a folder of its own, with one migrated database to copy from. */
export default async function setup(project: TestProject) {
  await sweep();
  const dataDir = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  // Made 0700, which as root would send the data to a folder that outlives the run.
  chmodSync(dataDir, 0o711);
  const server = await startEmbedded({ dataDir, fsync: false });
  const sql = postgres(server.url, { max: 1 });
  await sql.unsafe('create database template_forum');
  const template = new URL(server.url);
  template.pathname = '/template_forum';
  await migrate(template.href);
  // A connection left open to it would stop the next test file from copying it.
  await sql.unsafe('alter database template_forum allow_connections false');
  await sql.end();
  project.provide('databaseUrl', server.url);
  return async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}

// A run that was killed leaves its server behind; its folder's name says whose it was.
async function sweep() {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(PREFIX) || alive(Number(name.slice(PREFIX.length).split('-')[0]))) continue;
    const dataDir = join(tmpdir(), name);
    if (existsSync(join(dataDir, 'postgres', 'postmaster.pid')))
      await (await startEmbedded({ dataDir })).stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function alive(pid: number) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
