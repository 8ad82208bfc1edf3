import { logError } from '../log';
import { type Batch, isOfOneText, type Ledger } from './ledger';
import { type Entry, UnknownText } from './log';

/** `seq`: durable under this number. `'gone'`: the text is no longer there. `'waiting'`: not yet, and trying on. */
export type Outcome = { seq: number } | 'gone' | 'waiting';
type Waiting = Entry & { settled: (outcome: Outcome) => void };
type Watcher = { until: number; resolve: () => void };
/** What came in for one text. While it is `busy` its first entries are being written down, and no others. */
type Queue = {
  textId: string;
  waiting: Waiting[];
  bytes: number;
  added: number;
  done: number;
  watchers: Watcher[];
  busy: boolean;
  passedOver: number;
};
type Turn = Batch & { queue: Queue; entries: Waiting[] };

type Options = {
  windowMs?: number;
  atOnce?: number;
  aloneAtOnce?: number;
  written?: (textId: string, from: number, entries: readonly Entry[]) => void;
};
const ignore = () => {};

const queuedAtMost = 4 * 1024 * 1024;
// Of one statement: it keeps the process, and the texts' rows, for some milliseconds and no longer.
const bytesAtMost = 1024 * 1024;
const entriesAtMost = 1000;
const passedOverAtMost = 3;
const retryMs = [250, 500, 1000, 2000];
const retryAfter = (tries: number) => retryMs[Math.min(tries, retryMs.length) - 1]!;

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/**
 * Writes updates to their logs, those of all texts within `windowMs` in one commit, and says of each when it is
 * durable. Where the database does not answer, what was added stays here and is tried again. A text that cannot be
 * written with the others, or that somebody else keeps busy, is written alone and holds nobody up.
 * @param options.atOnce how many statements are under way at one moment; the more comes in meanwhile, the more the
 *   next one takes along. @param options.aloneAtOnce how many texts alone, so that pages keep their connections.
 * @param options.written is told of every text in every commit: from which seq on these entries stand.
 */
export function startCommits(
  ledger: Ledger,
  { windowMs = 10, atOnce = 2, aloneAtOnce = 2, written = ignore }: Options = {},
) {
  const queues = new Map<string, Queue>();
  const turns: (() => void)[] = [];
  let timer: NodeJS.Timeout | undefined;
  let underWay = 0;
  let alone = 0;
  let failures = 0;
  let given = false;

  function soon(): void {
    // While the database is away one asks, and the others wait for what it hears.
    if (timer || given || underWay >= (failures > 0 ? 1 : atOnce)) return;
    timer = setTimeout(round, failures > 0 ? retryAfter(failures) : windowMs);
  }

  function soonIfAny(): void {
    if ([...queues.values()].some(({ busy }) => !busy)) soon();
  }

  function round(): void {
    timer = undefined;
    if (given) return;
    const batches = nextTurns();
    if (batches.length === 0) return;
    underWay++;
    void writeTogether(batches).finally(() => {
      underWay--;
      soonIfAny();
    });
    soonIfAny();
  }

  /** The first entries of who waits, in the order in which they wait, as much as one statement takes. */
  function nextTurns(): Turn[] {
    const found: Turn[] = [];
    let bytes = 0;
    let count = 0;
    for (const queue of queues.values()) {
      if (queue.busy) continue;
      const entries =
        count === 0 ? atLeastOne(queue) : first(queue, bytesAtMost - bytes, entriesAtMost - count);
      if (entries.length === 0) break;
      for (const entry of entries) bytes += entry.bytes.length;
      count += entries.length;
      queue.busy = true;
      found.push({ textId: queue.textId, queue, entries });
    }
    return found;
  }

  async function writeTogether(batches: Turn[]): Promise<void> {
    let done: Awaited<ReturnType<Ledger['together']>>;
    try {
      done = await ledger.together(batches);
    } catch (error) {
      if (isOfOneText(error)) for (const { queue } of batches) void writeAlone(queue);
      else away(error, batches);
      return;
    }
    failures = 0;
    for (const { textId, queue, entries } of batches) {
      const last = done.get(textId);
      if (last !== undefined) settle(queue, entries, last);
      else if (++queue.passedOver >= passedOverAtMost) void writeAlone(queue);
      else queue.busy = false;
    }
  }

  async function writeAlone(queue: Queue): Promise<void> {
    for (let tries = 1; !given; tries++) {
      const turn = { textId: queue.textId, queue, entries: atLeastOne(queue) };
      const last = await inTurn(() => ledger.alone(turn.textId, turn.entries)).catch(failed);
      if (last === 'gone' || typeof last === 'number') {
        failures = 0;
        settle(queue, turn.entries, last);
        return soonIfAny();
      }
      if (!isOfOneText(last)) {
        away(last, [turn]);
        return soonIfAny();
      }
      if (tries === 1) logError('text log of one text', last);
      tellWaiting(queue);
      await pause(retryAfter(tries));
    }
  }

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    while (alone >= aloneAtOnce) await new Promise<void>((resolve) => turns.push(resolve));
    alone++;
    try {
      return await work();
    } finally {
      alone--;
      turns.shift()?.();
    }
  }

  function away(error: unknown, turns: readonly Turn[]): void {
    if (failures === 0) logError('text log', error);
    failures++;
    for (const { queue } of turns) queue.busy = false;
    for (const queue of queues.values()) tellWaiting(queue);
  }

  function tellWaiting({ waiting }: Queue): void {
    for (const entry of [...waiting]) careful(() => entry.settled('waiting'));
  }

  /** Ends the first entries of a queue: durable up to `last`, or gone. */
  function settle(queue: Queue, entries: Waiting[], last: number | 'gone'): void {
    queue.waiting.splice(0, entries.length);
    queue.done += entries.length;
    queue.passedOver = 0;
    for (const { bytes } of entries) queue.bytes -= bytes.length;
    const before = last === 'gone' ? 0 : last - entries.length;
    if (last !== 'gone') careful(() => written(queue.textId, before + 1, entries));
    entries.forEach((entry, i) => {
      careful(() => entry.settled(last === 'gone' ? 'gone' : { seq: before + 1 + i }));
    });
    queue.watchers = queue.watchers.filter(({ until, resolve }) => until > queue.done || resolve());
    // Who has more to be written goes to the end of the line.
    queues.delete(queue.textId);
    if (queue.waiting.length > 0) queues.set(queue.textId, queue);
    queue.busy = false;
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
        queue = {
          textId,
          waiting: [],
          bytes: 0,
          added: 0,
          done: 0,
          watchers: [],
          busy: false,
          passedOver: 0,
        };
        queues.set(textId, queue);
      }
      queue.waiting.push({ ...entry, settled });
      queue.bytes += entry.bytes.length;
      queue.added++;
      if (!queue.busy) soon();
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
    healthy: () => failures === 0,
    /** Waits until everything is durable, `withinMs` at most. */
    async close(withinMs: number): Promise<void> {
      const all = [...queues.keys()].map((textId) => this.settled(textId, withinMs).catch(() => {}));
      await Promise.all(all);
      given = true;
      clearTimeout(timer);
    },
  };
}
export type Commits = ReturnType<typeof startCommits>;

/** What a socket does with what it is told must not keep the others from being told. */
function careful(work: () => void): void {
  try {
    work();
  } catch (error) {
    logError('text log told', error);
  }
}

function first({ waiting }: Queue, bytesLeft: number, entriesLeft: number): Waiting[] {
  let count = 0;
  for (let bytes = 0; count < Math.min(waiting.length, entriesLeft); count++) {
    bytes += waiting[count]!.bytes.length;
    if (bytes > bytesLeft) break;
  }
  return waiting.slice(0, count);
}

/** Also the one that is larger than a statement should be. */
function atLeastOne(queue: Queue): Waiting[] {
  const few = first(queue, bytesAtMost, entriesAtMost);
  return few.length > 0 ? few : queue.waiting.slice(0, 1);
}

function failed(error: unknown): unknown {
  return error instanceof UnknownText ? 'gone' : error;
}
