import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { hocuspocus, type Speech, yWebsocket } from './words';

/** CPU of a process so far in microseconds; its memory in bytes. */
export type Usage = { cpu: number; rss: number; live: number };

type Kind = {
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
  'bare relay': { file: 'peers/bare.mjs', speech: yWebsocket },
  'joined relay': { file: 'peers/joined.mjs', speech: yWebsocket },
  '@y/websocket-server': { file: 'peers/ywebsocket.mjs', speech: yWebsocket, keeps: true },
  Hocuspocus: { file: 'peers/hocuspocus.mjs', speech: hocuspocus, acknowledges: true, keeps: true },
  'Hocuspocus, stored': {
    file: 'peers/hocuspocus.mjs',
    speech: hocuspocus,
    env: { STORE: '1' },
    acknowledges: true,
    keeps: true,
    durable: true,
  },
  ours: { file: 'ours.ts', speech: yWebsocket, acknowledges: true, keeps: true, durable: true },
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

/** Starts a server of the bench as a process of its own; with BENCH_PROFILE set it leaves a CPU profile there. */
export async function startServer(name: Name, env: Record<string, string>): Promise<Server> {
  const { file, speech, env: own = {} } = kindOf(name);
  const profile = process.env.BENCH_PROFILE
    ? ['--cpu-prof', `--cpu-prof-dir=${process.env.BENCH_PROFILE}`]
    : [];
  const execArgv = ['--expose-gc', ...profile, ...(file.endsWith('.ts') ? ['--import', 'tsx'] : [])];
  const child: ChildProcess = fork(`bench/realtime/${file}`, [], {
    execArgv,
    env: { ...process.env, NODE_ENV: 'production', ...env, ...own },
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
    name,
    port,
    speech,
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
