import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeDatabase, database, setDatabaseUrl } from '~/db/client';
import { startEmbedded } from '~/db/embedded';
import { migrate } from '~/db/migrate';
import '~/tests/support/runtime';
import { killRounds } from '~/tests/support/kill';

// npm run soak -- drafts [ROUNDS] [WRITERS]: what was acknowledged is in the database after every SIGKILL.
const [rounds = 1000, writers = 20] = process.argv.slice(2).map(Number);
const dataDir = mkdtempSync(join(tmpdir(), 'frente-unido-soak-'));
chmodSync(dataDir, 0o711);
const server = await startEmbedded({ dataDir });
const url = new URL(server.url);
try {
  await migrate(url.href);
  setDatabaseUrl(url.href);
  const end = await killRounds({
    db: database(),
    databaseUrl: url.href,
    rounds,
    writers,
    lifeMs: 400,
    say: (line) => console.info(line),
  });
  console.info(
    `${end.rounds} kills, ${end.acknowledged} acknowledged lines, ${end.lost.length} lost, ${end.missing.length} missing at the end`,
  );
  if (end.lost.length + end.missing.length > 0) process.exitCode = 1;
} finally {
  await closeDatabase();
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
