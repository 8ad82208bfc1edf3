import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import postgres from 'postgres';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { texts } from '~/db/schema/drafts';
import { createText } from '~/server/drafts/commands';
import { type Commits, type Outcome, startCommits } from '~/server/realtime/commits';
import { type Ledger, ledgerOf } from '~/server/realtime/ledger';
import { appendAll, eraseText, read, UnknownText } from '~/server/realtime/log';
import { testDatabase } from '~/tests/support/db';
import { buildPerson } from '~/tests/support/factories';
import { until } from '~/tests/support/socket';

const t = testDatabase();
const make = () => t.db.transaction((tx) => createText(tx, 'draft', '', null));
const bytes = (...of: number[]) => new Uint8Array(of);
const told = (commits: Commits, textId: string, given: Uint8Array, author: string | null = null) => {
  const outcomes: Outcome[] = [];
  commits.add(textId, { author, bytes: given }, (outcome) => outcomes.push(outcome));
  return outcomes;
};
const logOf = async (textId: string) => (await read(t.db, textId)).map((row) => [row.seq, ...row.bytes]);

describe('what comes in for several texts at once', () => {
  it('is written in one statement, each text with its own numbers, its authors and the same bytes', async () => {
    const [agua, oro] = [await make(), await make()];
    const nieves = await buildPerson(t.db, { name: 'Nieves' });
    await appendAll(t.db, oro, [{ author: null, bytes: bytes(9) }]);
    const ledger = ledgerOf(t.db);
    const done = await ledger.together([
      {
        textId: agua,
        entries: [bytes(1, 0, 255), bytes(), bytes(2)].map((b) => ({ author: nieves.id, bytes: b })),
      },
      { textId: oro, entries: [{ author: null, bytes: bytes(3, 92, 39) }] },
    ]);
    expect(done).toEqual(
      new Map([
        [agua, 3],
        [oro, 2],
      ]),
    );
    expect(await logOf(agua)).toEqual([[1, 1, 0, 255], [2], [3, 2]]);
    expect(await logOf(oro)).toEqual([
      [1, 9],
      [2, 3, 92, 39],
    ]);
    const authors = await t.db.$client`select author from text_updates where text_id = ${agua}`;
    expect(authors.map(({ author }) => author)).toEqual([nieves.id, nieves.id, nieves.id]);
    const [row] = await t.db.select().from(texts).where(eq(texts.id, agua));
    expect(row!.lastSeq).toBe(3);
  });

  it('is durable for two of three when the third is erased meanwhile; who wrote there is told', async () => {
    const [agua, oro, camino] = [await make(), await make(), await make()];
    const commits = startCommits(ledgerOf(t.db), { windowMs: 1 });
    let written: Outcome[][] = [];
    await t.db.transaction(async (tx) => {
      await eraseText(tx, oro);
      written = [agua, oro, camino].map((id, i) => told(commits, id, bytes(i)));
      await until('two written', () => written[0]!.length > 0 && written[2]!.length > 0);
    });
    await until('all settled', () => written.every(({ length }) => length > 0));
    expect(written).toEqual([[{ seq: 1 }], ['gone'], [{ seq: 1 }]]);
    expect([await logOf(agua), await logOf(oro), await logOf(camino)]).toEqual([[[1, 0]], [], [[1, 2]]]);
    expect(commits.healthy()).toBe(true);
  });

  it('waits for nobody who holds one of the texts: that one alone comes later', async () => {
    const [agua, oro] = [await make(), await make()];
    const commits = startCommits(ledgerOf(t.db), { windowMs: 1 });
    let later: Outcome[] = [];
    await t.db.transaction(async (tx) => {
      await appendAll(tx, oro, [{ author: null, bytes: bytes(7) }]);
      later = told(commits, oro, bytes(8));
      for (let i = 0; i < 5; i++) {
        const now = told(commits, agua, bytes(i));
        await until('written', () => now.length > 0);
        expect(now).toEqual([{ seq: i + 1 }]);
      }
      expect(later).toEqual([]);
    });
    await until('written after all', () => later.length > 0);
    expect(later).toEqual([{ seq: 2 }]);
    expect(await logOf(oro)).toEqual([
      [1, 7],
      [2, 8],
    ]);
  });

  it('does not fail because of one text whose writer there is not', async () => {
    const silent = vi.spyOn(console, 'error').mockImplementation(() => {});
    const [agua, oro] = [await make(), await make()];
    const commits = startCommits(ledgerOf(t.db), { windowMs: 1 });
    const nobody = told(commits, agua, bytes(1), crypto.randomUUID());
    const fine = told(commits, oro, bytes(2));
    await until('one told to wait, one written', () => nobody.length > 0 && fine.length > 0);
    expect(nobody[0]).toBe('waiting');
    expect(fine).toEqual([{ seq: 1 }]);
    expect(commits.healthy()).toBe(true);
    expect(silent.mock.calls.flat().join()).toContain('text_updates_author_persons_id_fk');
    await commits.close(1);
    silent.mockRestore();
  });

  it('gives no number twice and loses nothing when two processes and a form write the same texts', async () => {
    const ids = await Promise.all([make(), make(), make()]);
    const both = [1, 2].map(() => startCommits(ledgerOf(t.db), { windowMs: 1 }));
    const all: Outcome[][] = [];
    for (let round = 0; round < 40; round++) {
      for (const commits of both) for (const id of ids) all.push(told(commits, id, bytes(round)));
      if (round % 10 === 0)
        for (const id of ids) await appendAll(t.db, id, [{ author: null, bytes: bytes(99) }]);
      await new Promise(setImmediate);
    }
    await until('all settled', () => all.every(({ length }) => length > 0), 30_000);
    for (const id of ids) {
      const log = await logOf(id);
      expect(log.map(([seq]) => seq)).toEqual(Array.from({ length: 84 }, (_, i) => i + 1));
    }
  });
});

/** A ledger in memory that fails as it is told to; `calls` says what was asked of it at the same time. */
function ledgerThatFails(next: () => 'well' | 'before' | 'after' | 'data' | 'busy', poisoned: Set<string>) {
  const log = new Map<string, number[]>();
  const inHand = new Set<string>();
  const faults: string[] = [];
  const dataError = () => Object.assign(Object.create(postgres.PostgresError.prototype), { code: '22000' });
  const write = (textId: string, entries: readonly { bytes: Uint8Array }[]) => {
    const rows = log.get(textId);
    if (!rows) return null;
    rows.push(...entries.map(({ bytes }) => bytes[0]! * 256 + bytes[1]!));
    return rows.length;
  };
  async function held<T>(textIds: string[], work: () => T): Promise<T> {
    for (const id of textIds) if (inHand.has(id)) faults.push('two batches of one text at once');
    for (const id of textIds) inHand.add(id);
    await new Promise((resolve) => setTimeout(resolve, 7));
    for (const id of textIds) inHand.delete(id);
    const fate = next();
    if (fate === 'before') throw new Error('connection lost');
    if (textIds.some((id) => poisoned.has(id)) || (fate === 'data' && textIds.length > 1)) throw dataError();
    const done = work();
    if (fate === 'after') throw new Error('connection lost after the commit');
    return done;
  }
  const ledger: Ledger = {
    together: (batches) =>
      held(
        batches.map(({ textId }) => textId),
        () => {
          const done = new Map<string, number | 'gone'>();
          for (const { textId, entries } of batches)
            if (next() !== 'busy') done.set(textId, write(textId, entries) ?? 'gone');
          return done;
        },
      ),
    alone: (textId, entries) =>
      held([textId], () => {
        const last = write(textId, entries);
        if (last === null) throw new UnknownText(textId);
        return last;
      }),
  };
  return { log, ledger, faults };
}

describe('whatever the database does', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.spyOn(console, 'error').mockImplementation(() => {});
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  const fates = fc.array(
    fc.oneof(
      { weight: 6, arbitrary: fc.constant('well' as const) },
      {
        weight: 4,
        arbitrary: fc.constantFrom('before' as const, 'after' as const, 'data' as const, 'busy' as const),
      },
    ),
    { maxLength: 60 },
  );
  const adds = fc.array(fc.record({ text: fc.nat(5), after: fc.nat(12), large: fc.boolean() }), {
    minLength: 1,
    maxLength: 80,
  });

  it('nothing is called durable that is not in the log, every text keeps its order, and all comes through', async () => {
    await fc.assert(
      fc.asyncProperty(fates, adds, fc.constantFrom(1, 2, 3), async (fates, adds, atOnce) => {
        const ids = Array.from({ length: 6 }, (_, i) => `text ${i}`);
        // The last one is not there, the one before cannot be written until somebody has looked after it.
        const poisoned = new Set([ids[4]!]);
        let at = 0;
        const { log, ledger, faults } = ledgerThatFails(() => fates[at++] ?? 'well', poisoned);
        for (const id of ids.slice(0, 5)) log.set(id, []);
        const commits = startCommits(ledger, {
          atOnce,
          written: (textId, from, entries) => {
            const rows = log.get(textId)!.slice(from - 1, from - 1 + entries.length);
            if (rows.join() !== entries.map(({ bytes }) => bytes[0]! * 256 + bytes[1]!).join())
              faults.push('told as written what stands elsewhere');
          },
        });
        const ends: { id: string; n: number; outcomes: Outcome[] }[] = [];
        for (const [n, { text, after, large }] of adds.entries()) {
          const id = ids[text]!;
          const one = { id, n, outcomes: [] as Outcome[] };
          ends.push(one);
          const given = new Uint8Array(large ? 300_000 : 2);
          given.set([n >> 8, n & 255]);
          const taken = commits.add(id, { author: null, bytes: given }, (outcome) => {
            one.outcomes.push(outcome);
            if (typeof outcome === 'object' && log.get(id)![outcome.seq - 1] !== n)
              faults.push('not in the log');
          });
          if (!taken) ends.pop();
          await vi.advanceTimersByTimeAsync(after);
        }
        await vi.advanceTimersByTimeAsync(20_000);
        const open = ends.filter(({ outcomes }) => outcomes.at(-1) === 'waiting' || outcomes.length === 0);
        expect(open.filter(({ id }) => id !== ids[4])).toEqual([]);
        poisoned.clear();
        await vi.advanceTimersByTimeAsync(120_000);
        for (const { id, outcomes } of ends) {
          const last = outcomes.at(-1);
          expect(outcomes.filter((outcome) => outcome !== 'waiting').length).toBe(1);
          expect(last === 'gone').toBe(id === ids[5]);
        }
        expect(faults).toEqual([]);
        for (const id of ids.slice(0, 5)) {
          const numbers = ends
            .filter((end) => end.id === id)
            .map(({ outcomes }) => (outcomes.at(-1) as { seq: number }).seq);
          expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
          expect(new Set(numbers).size).toBe(numbers.length);
        }
        expect(commits.healthy()).toBe(true);
        await commits.close(0);
      }),
      { numRuns: 150 },
    );
  });

  it('a whole window is told once that it waits, is tried again, and comes through in its order', async () => {
    const fates: ('before' | 'well')[] = ['before', 'before'];
    const { log, ledger } = ledgerThatFails(() => fates.shift() ?? 'well', new Set());
    for (const id of ['agua', 'oro']) log.set(id, []);
    const commits = startCommits(ledger);
    const all = [
      told(commits, 'agua', bytes(0, 1)),
      told(commits, 'oro', bytes(0, 2)),
      told(commits, 'agua', bytes(0, 3)),
    ];
    await vi.advanceTimersByTimeAsync(20);
    expect(all).toEqual([['waiting'], ['waiting'], ['waiting']]);
    expect(commits.healthy()).toBe(false);
    await vi.advanceTimersByTimeAsync(1000);
    expect(all).toEqual([
      ['waiting', 'waiting', { seq: 1 }],
      ['waiting', 'waiting', { seq: 1 }],
      ['waiting', 'waiting', { seq: 2 }],
    ]);
    expect(commits.healthy()).toBe(true);
  });
});
