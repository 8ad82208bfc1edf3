import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { atEnd, until } from './clients';
import { install } from './debian';
import { freePort } from './forum';

/** Whether there is a Redis to try with: the machine's, or Debian's; says it loudly where none can be had. */
export function redisHere(): boolean {
  const found = () => spawnSync('redis-server', ['--version']).status === 0;
  if (!found()) install('redis-server');
  const there = found();
  if (!there)
    console.warn('\n!!! No redis-server on this machine: several processes together are NOT TRIED here.\n');
  return there;
}

const answers = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.end();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });

/** A Redis of one's own, that keeps nothing and can be killed and started again; gone after the test. */
export async function startRedis() {
  const port = await freePort();
  let child: ChildProcess;
  const start = async () => {
    child = spawn(
      'redis-server',
      ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
      {
        stdio: 'ignore',
      },
    );
    await until('redis answers', () => answers(port), 30_000);
  };
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  await start();
  atEnd(kill);
  return { url: `redis://127.0.0.1:${port}`, start, kill };
}
