import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { build } from 'esbuild';
import { hocuspocus, type Speech, yWebsocket } from './words';

/** CPU of a process so far in microseconds; its memory in bytes. */
export type Usage = { cpu: number; rss: number; live: number };

const oursBuilt = '.next/bench/ours.mjs';

/** Ours is measured as it is shipped: one file, without anything that reads TypeScript. */
export async function bundleOurs(entry = 'bench/realtime/ours.ts', outfile = oursBuilt): Promise<void> {
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'esm',
  });
}

type Kind = {
  /** Its program. */
  file: string;
  speech: Speech;
  env?: Record<string, string>;
  /** Says when something has been taken, whatever that means there. */
  acknowledges?: boolean;
  /** Keeps documents, in memory at least. */
  keeps?: boolean;
  /** Writes to PostgreSQL. */
  durable?: boolean;
};

export const kinds = {
  'bare relay': { file: 'bench/realtime/peers/bare.mjs', speech: yWebsocket },
  'joined relay': { file: 'bench/realtime/peers/joined.mjs', speech: yWebsocket },
  '@y/websocket-server': { file: 'bench/realtime/peers/ywebsocket.mjs', speech: yWebsocket, keeps: true },
  Hocuspocus: {
    file: 'bench/realtime/peers/hocuspocus.mjs',
    speech: hocuspocus,
    acknowledges: true,
    keeps: true,
  },
  'Hocuspocus, stored': {
    file: 'bench/realtime/peers/hocuspocus.mjs',
    speech: hocuspocus,
    env: { STORE: '1' },
    acknowledges: true,
    keeps: true,
    durable: true,
  },
  ours: { file: oursBuilt, speech: yWebsocket, acknowledges: true, keeps: true, durable: true },
} satisfies Record<string, Kind>;
export type Name = keyof typeof kinds;
export const names = Object.keys(kinds) as Name[];
export const kindOf = (name: Name): Kind => kinds[name];

export type Server = {
  name: Name;
  port: number;
  speech: Speech;
  /** «rest»: what waits to be written down is. «clean»: and no garbage is left. */
  ask(what: 'usage' | 'rest' | 'clean'): Promise<Usage>;
  end(): Promise<void>;
};

/** A server that answers as peers/child.mjs does. */
export type Child = Pick<Server, 'port' | 'ask' | 'end'>;

/** Starts a program of the bench as a process of its own; with BENCH_PROFILE set it leaves a CPU profile there. */
export async function startChild(
  name: string,
  file: string,
  env: Record<string, string>,
  args: string[] = [],
): Promise<Child> {
  const profile = process.env.BENCH_PROFILE
    ? ['--cpu-prof', `--cpu-prof-dir=${process.env.BENCH_PROFILE}`]
    : [];
  const execArgv = ['--expose-gc', ...args, ...profile];
  const child: ChildProcess = fork(file, [], {
    execArgv,
    env: { ...process.env, NODE_ENV: 'production', ...env },
  });
  const asked = new Map<number, (usage: Usage) => void>();
  let last = 0;
  let ending = false;
  const started = once(child, 'message') as Promise<[{ port: number }]>;
  child.on('exit', (code) => {
    if (ending) return;
    console.error(`${name} ended with ${code} in the middle of the bench`);
    process.exit(1);
  });
  const [{ port }] = await started;
  child.on('message', ({ id, ...usage }: Usage & { id: number }) => {
    asked.get(id)?.(usage);
    asked.delete(id);
  });
  return {
    port,
    ask: (what) =>
      new Promise((resolve) => {
        asked.set(++last, resolve);
        child.send({ id: last, ask: what });
      }),
    async end() {
      ending = true;
      const gone = once(child, 'exit');
      child.disconnect();
      await gone;
    },
  };
}

/** Starts one of the sync servers. @param args for Node. */
export async function startServer(
  name: Name,
  env: Record<string, string>,
  args: string[] = [],
): Promise<Server> {
  const { file, speech, env: own = {} } = kindOf(name);
  return { ...(await startChild(name, file, { ...env, ...own }, args)), name, speech };
}
