import type { Db } from '~/db/client';
import { logError } from '../log';
import { appendAll, type Entry, UnknownText } from './log';

/** `seq`: durable under this number. `'gone'`: the text is no longer there. `'waiting'`: not yet, and trying on. */
export type Outcome = { seq: number } | 'gone' | 'waiting';
type Waiting = Entry & { settled: (outcome: Outcome) => void };
type Watcher = { until: number; resolve: () => void };
type Queue = { waiting: Waiting[]; bytes: number; added: number; done: number; watchers: Watcher[] };

type Options = {
  windowMs?: number;
  atOnce?: number;
  written?: (textId: string, from: number, entries: readonly Entry[]) => void;
};
const ignore = () => {};

const queuedAtMost = 4 * 1024 * 1024;
const batchAtMost = 500;
const retryMs = [250, 500, 1000, 2000];

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/**
 * Writes updates to their logs, those of one text within `windowMs` in one commit, and says of each when it is
 * durable. Where the database does not answer, what was added stays here and is tried again.
 * @param options.atOnce how many texts are written at one moment, so that pages keep their connections.
 * @param options.written is told of every commit: from which seq on these entries stand.
 */
export function startCommits(db: Db, { windowMs = 10, atOnce = 4, written = ignore }: Options = {}) {
  const queues = new Map<string, Queue>();
  const turns: (() => void)[] = [];
  let busy = 0;
  let failing = false;
  let given = false;

  async function write(textId: string, batch: Waiting[]): Promise<number> {
    while (busy >= atOnce) await new Promise<void>((resolve) => turns.push(resolve));
    busy++;
    try {
      return await appendAll(db, textId, batch);
    } finally {
      busy--;
      turns.shift()?.();
    }
  }

  function settle(queue: Queue, batch: Waiting[], outcome: (i: number) => Outcome): void {
    queue.waiting.splice(0, batch.length);
    queue.done += batch.length;
    batch.forEach((entry, i) => {
      queue.bytes -= entry.bytes.length;
      entry.settled(outcome(i));
    });
    queue.watchers = queue.watchers.filter(({ until, resolve }) => until > queue.done || resolve());
  }

  async function drain(textId: string, queue: Queue): Promise<void> {
    let tries = 0;
    while (queue.waiting.length > 0 && !given) {
      const batch = queue.waiting.slice(0, batchAtMost);
      try {
        const last = await write(textId, batch);
        failing = false;
        tries = 0;
        written(textId, last - batch.length + 1, batch);
        settle(queue, batch, (i) => ({ seq: last - batch.length + 1 + i }));
        if (queue.waiting.length > 0) await pause(windowMs);
      } catch (error) {
        if (error instanceof UnknownText) {
          settle(queue, batch, () => 'gone');
          continue;
        }
        if (!failing) logError('text log', error);
        failing = true;
        for (const entry of queue.waiting) entry.settled('waiting');
        await pause(retryMs[Math.min(tries++, retryMs.length - 1)]!);
      }
    }
    queues.delete(textId);
  }

  return {
    /**
     * Takes an update in charge. `settled` is called with 'waiting' any number of times, then once with the end.
     * @returns false when too much is waiting for this text already: then it was not taken.
     */
    add(textId: string, entry: Entry, settled: Waiting['settled']): boolean {
      let queue = queues.get(textId);
      if (queue && queue.bytes + entry.bytes.length > queuedAtMost) return false;
      if (!queue) {
        queue = { waiting: [], bytes: 0, added: 0, done: 0, watchers: [] };
        queues.set(textId, queue);
        const started = queue;
        setTimeout(() => void drain(textId, started), windowMs);
      }
      queue.waiting.push({ ...entry, settled });
      queue.bytes += entry.bytes.length;
      queue.added++;
      return true;
    },
    /** Resolves when what was added for this text so far has been settled. @throws Error after `withinMs`. */
    async settled(textId: string, withinMs = 5000): Promise<void> {
      const queue = queues.get(textId);
      if (!queue || queue.done >= queue.added) return;
      await new Promise<void>((resolve, reject) => {
        const late = setTimeout(() => reject(new Error('not durable yet')), withinMs);
        queue.watchers.push({
          until: queue.added,
          resolve: () => {
            clearTimeout(late);
            resolve();
          },
        });
      });
    },
    healthy: () => !failing,
    /** Waits until everything is durable, `withinMs` at most. */
    async close(withinMs: number): Promise<void> {
      const all = [...queues.keys()].map((textId) => this.settled(textId, withinMs).catch(() => {}));
      await Promise.all(all);
      given = true;
    },
  };
}
export type Commits = ReturnType<typeof startCommits>;
