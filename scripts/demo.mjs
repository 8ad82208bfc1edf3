// Starts the demo forum: builds if needed, loads the fictional forum into an empty data folder, says who may sign in.
import { spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { stale } from './stale.mjs';
import './mend.mjs';

const host = process.env.HOST || '127.0.0.1';
const wanted = 3000;

/** Whether nobody listens there; what else may be wrong with it, the forum itself says when it starts. */
const isFree = (port) =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error) => resolve(error.code !== 'EADDRINUSE'));
    probe.listen(port, host, () => probe.close(() => resolve(true)));
  });

async function choosePort() {
  if (process.env.PORT) return process.env.PORT;
  let port = wanted;
  while (!(await isFree(port)) && port < wanted + 100) port++;
  if (port !== wanted) console.info(`Port ${wanted} is taken, so the demo uses ${port}.`);
  return String(port);
}

function introduce(cards, address) {
  const met = ['delegate', 'editor', 'liaison'].map((role) => cards.find((card) => card.role === role));
  const width = Math.max(...met.map(({ name }) => name.length));
  const lines = met.map(
    ({ role, name, number, code }) => `  ${role.padEnd(8)}  ${name.padEnd(width)}  ${number}  ${code}`,
  );
  console.info(`\nThe demo forum answers at ${address}`);
  console.info(
    `Its people are fictional. Sign in at ${new URL('/entrar', address)} with one of their cards:\n`,
  );
  console.info(`${lines.join('\n')}\n\nThe README lists more of them. Ctrl+C stops the demo.`);
}

if (stale()) {
  console.info('Building the forum; this takes about a minute and is done once.');
  const built = spawnSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' });
  if (built.status !== 0) process.exit(built.status ?? 1);
}
const forum = join(process.env.NEXT_DIST_DIR ?? '.next', 'forum');
const { cards } = await import(pathToFileURL(join(forum, 'cards.mjs')).href);
const child = spawn(process.execPath, ['--enable-source-maps', join(forum, 'server.mjs')], {
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  env: {
    ...process.env,
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    FORUM_DEMO: '1',
    DATA_DIR: process.env.DATA_DIR || '.data/demo',
    PORT: await choosePort(),
  },
});
child.on('message', ({ address }) => introduce(cards, address));
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 0)));
