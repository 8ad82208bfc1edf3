import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Form, Order } from '~/server/document/rules/leaves';

const bytesAtMost = 32 * 1024 * 1024;
const workerMs = 120_000;
const workerMb = 768;

const name = 'leaf-worker';
const built = () => resolve(join(process.env.NEXT_DIST_DIR ?? '.next', 'forum', `${name}.mjs`));
const source = () => pathToFileURL(resolve(`server/document/rules/${name}.ts`)).href;

// Asked for by its name: a bundler that saw `new Worker` would look for a program of its own to put there.
const threads = () => process.getBuiltinModule('node:worker_threads');

/** In production the thread's program is a file beside the server's; from source something must read TypeScript to it. */
function startWorker(workerData: Order) {
  const { Worker } = threads();
  const options = { workerData, execArgv: [], resourceLimits: { maxOldGenerationSizeMb: workerMb } };
  return process.env.NODE_ENV === 'production'
    ? new Worker(built(), options)
    : new Worker(`import('tsx/esm/api').then(({ tsImport }) => tsImport('${source()}', '${source()}'))`, {
        ...options,
        eval: true,
      });
}

/** @throws Error when it takes too long or too much. */
function madeAside(order: Order): Promise<Uint8Array> {
  const worker = startWorker(order);
  return new Promise<Uint8Array>((kept, failed) => {
    const late = setTimeout(() => {
      void worker.terminate();
      failed(new Error('the form took too long'));
    }, workerMs);
    worker.once('message', kept);
    worker.once('error', failed);
    worker.once('exit', () => {
      clearTimeout(late);
      failed(new Error('the form ended without a word'));
    });
  });
}

type Made = {
  kept: Map<string, Uint8Array>;
  making: Map<string, Promise<Uint8Array>>;
  last: Promise<unknown>;
};
const key = Symbol.for('frente-unido.leaves');
const holder = globalThis as { [key]?: Made };

function keep(kept: Made['kept'], id: string, bytes: Uint8Array, atMost: number): void {
  kept.set(id, bytes);
  let total = [...kept.values()].reduce((sum, one) => sum + one.length, 0);
  for (const [oldest, { length }] of kept) {
    if (total <= atMost) break;
    kept.delete(oldest);
    total -= length;
  }
}

/**
 * A version in a form that takes long to make: made once, since a version never changes, and kept under its seal.
 * One is made at a time; who asks for what is being made waits for the same one. One that fails is not kept.
 */
export function made(
  form: Form,
  canonical: string,
  sha256: string,
  { make = madeAside, atMost = bytesAtMost } = {},
): Promise<Uint8Array> {
  holder[key] ??= { kept: new Map(), making: new Map(), last: Promise.resolve() };
  const all = holder[key];
  const id = `${form} ${sha256}`;
  const ready = all.kept.get(id);
  if (ready) {
    // What was asked for last goes last.
    all.kept.delete(id);
    all.kept.set(id, ready);
    return Promise.resolve(ready);
  }
  const running = all.making.get(id);
  if (running) return running;
  const next = all.last
    .then(() => make({ form, canonical, sha256 }))
    .then((bytes) => {
      keep(all.kept, id, bytes, atMost);
      return bytes;
    })
    .finally(() => all.making.delete(id));
  all.making.set(id, next);
  all.last = next.catch(() => {});
  return next;
}
