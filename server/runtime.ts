import type { Config } from './config';
import type { Secrets } from './secrets';

/** What the process was started with; set once by main.ts, read by both module graphs. */
export type Runtime = {
  config: Config;
  secrets: Secrets;
  version: string;
  /** Sets up an empty forum; another at each start, printed on the console, kept nowhere. */
  setupCode: string;
  /** scrypt's N for new passphrases; only tests take less than the full cost. */
  passphraseCost?: number;
};

const key = Symbol.for('frente-unido.runtime');
const holder = globalThis as { [key]?: Runtime };

export function setRuntime(runtime: Runtime): void {
  holder[key] = runtime;
}

/** @throws Error when asked before the start, as `next build` would. */
export function runtime(): Runtime {
  if (!holder[key]) throw new Error('the forum has not been started');
  return holder[key];
}
