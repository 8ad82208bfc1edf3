// Starts a real forum; builds first if there is no build of these sources.
import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { stale } from './stale.mjs';
import './mend.mjs';

if (stale()) {
  const built = spawnSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' });
  if (built.status !== 0) process.exit(built.status ?? 1);
}
const server = join(process.env.NEXT_DIST_DIR ?? '.next', 'forum/server.mjs');
const child = spawn(process.execPath, ['--enable-source-maps', server], {
  stdio: 'inherit',
  env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
});
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 0)));
