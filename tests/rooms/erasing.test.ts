import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { eraser, type Told } from '~/app/_keyring/frame/erasing';
import type { Entry } from '~/app/_keyring/lock';
import { entryKinds } from '~/app/_room/entry';
import {
  begun,
  type Erasing,
  erasingEntries,
  partsOf,
  readErasing,
  tokensIn,
  tokensLeft,
  waitingEntries,
  withoutErased,
  writeErasing,
} from '~/app/_room/erasing';
import { writeFounding } from '~/app/_room/kept';
import { meetingOf } from '~/app/_room/meeting';
import { newCode, newMemberKeys } from '~/app/_room/protocol/keys';
import { writeDone } from '~/server/rooms/rules/wire';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const words = (sittings: number, each: number, seed = 7): Erasing => ({
  seed: new Uint8Array(32).fill(seed),
  said: Array.from({ length: sittings * each }, (_, at) => ({
    session: new Uint8Array(new Uint32Array([Math.floor(at / each), 1]).buffer),
    counter: (at % each) + 1,
  })),
});
const aState = meetingOf(newCode()).state;
const nameOf = (token: Uint8Array) => Buffer.from(token).toString('hex');

/**
 * A keyring that locks two minutes after it was opened, as a frame that nobody touches does, and a forum that erases, as
 * long as it answers at all.
 */
function phone(entries: readonly Entry[], answers: () => 'erased' | 'fails' | 'silent' = () => 'erased') {
  let kept = entries;
  let open = true;
  let forget: (() => void)[] = [];
  const asked: string[] = [];
  const erased = new Set<string>();
  const told: Told[] = [];
  let full = false;
  const host = {
    entries: () => (open ? kept : []),
    keep: async (change: (now: readonly Entry[]) => Entry[]) => {
      if (!open || full) throw new Error('not written');
      kept = change(kept);
    },
    onLock: (one: () => void) => void forget.push(one),
  };
  const ask = async (body: Uint8Array) => {
    const token = nameOf(body.slice(-32));
    asked.push(token);
    const answer = answers();
    if (answer === 'silent') throw new Error('no network');
    if (answer === 'erased') erased.add(token);
    return writeDone(answer === 'erased' ? 1 : 0);
  };
  let founding = false;
  const { goOn } = eraser(
    host,
    ask,
    (now) => void told.push(now),
    () => founding,
  );
  return {
    host,
    asked,
    erased,
    told,
    kept: () => kept,
    founds: (now: boolean) => {
      founding = now;
    },
    cannotWrite: (now: boolean) => {
      full = now;
    },
    async sitting(ms = 120_000) {
      open = true;
      goOn();
      // Asked for twice in one sitting, it is begun once.
      goOn();
      await vi.advanceTimersByTimeAsync(ms);
      open = false;
      for (const one of forget) one();
      forget = [];
      await vi.advanceTimersByTimeAsync(1000);
    },
  };
}

describe('Río left a room, and her keyring is opened now and then, no room with it', () => {
  it('forty words of hers are gone after some short sittings, and hardly one is asked for twice', async () => {
    const hers = phone(erasingEntries(words(8, 5)));
    let sittings = 0;
    for (; hers.kept().length > 0 && sittings < 40; sittings++) await hers.sitting();
    expect(hers.kept()).toEqual([]);
    expect(hers.erased).toEqual(new Set(tokensIn(words(8, 5)).map(nameOf)));
    // Of each sitting at most the last few were not written down.
    expect(hers.asked.length).toBeLessThanOrEqual(40 + sittings * 5);
    expect(hers.told.filter(({ how }) => how === 'done')).toHaveLength(1);
    expect(hers.told.at(-1)).toEqual({ left: 0, how: 'done' });
  });

  it.each(['fails', 'silent'] as const)(
    'a forum that %s has erased nothing: it stays, is asked for again, and is not called done',
    async (how) => {
      let answer: 'fails' | 'silent' | 'erased' = how;
      const hers = phone(erasingEntries(words(1, 3)), () => answer);
      await hers.sitting();
      expect(hers.kept()).toEqual(erasingEntries(words(1, 3)));
      expect(hers.told.at(-1)).toEqual({ left: 3, how: 'away' });
      answer = 'erased';
      for (let day = 0; day < 3; day++) await hers.sitting();
      expect([hers.kept(), hers.erased.size]).toEqual([[], 3]);
      expect(hers.told.filter((one) => one.how === 'done')).toHaveLength(1);
    },
  );

  it('where the keyring cannot be written it is not done either; on another day it is asked for once more', async () => {
    const hers = phone(erasingEntries(words(1, 2)));
    hers.cannotWrite(true);
    await hers.sitting();
    expect([hers.erased.size, hers.kept().length]).toEqual([2, 1]);
    expect(hers.told.every(({ how }) => how !== 'done')).toBe(true);
    hers.cannotWrite(false);
    await hers.sitting();
    expect(hers.kept()).toEqual([]);
    expect(hers.told.filter(({ how }) => how === 'done')).toHaveLength(1);
  });

  it('where another phone of hers has put the room away, what waited for that begins here', async () => {
    const hers = phone(waitingEntries('ab'.repeat(16), words(1, 2)));
    for (let day = 0; day < 3; day++) await hers.sitting();
    expect([hers.kept(), hers.erased.size]).toEqual([[], 2]);
  });

  it('while she founds a room nothing is asked and nothing is written; afterwards it goes on', async () => {
    const hers = phone([...waitingEntries('ab'.repeat(16), words(1, 2)), ...erasingEntries(words(1, 3, 8))]);
    const before = hers.kept();
    hers.founds(true);
    await hers.sitting();
    expect([hers.asked, hers.kept()]).toEqual([[], before]);
    hers.founds(false);
    for (let day = 0; day < 4; day++) await hers.sitting();
    expect([hers.kept(), hers.erased.size]).toEqual([[], 5]);
  });

  it('a keyring with nothing to erase asks nothing, writes nothing and says nothing', async () => {
    const other: Entry = { kind: entryKinds.founding, bytes: new Uint8Array([1, 2, 3]) };
    const hers = phone([other]);
    await hers.sitting();
    expect([hers.asked, hers.told, hers.kept()]).toEqual([[], [], [other]]);
  });
});

describe('what is kept of it', () => {
  it('however much she said, none of it is left out', () => {
    for (const erasing of [words(1, 600), words(600, 1), words(251, 3), words(2, 251)]) {
      const parts = partsOf(erasing).map((part) => readErasing(writeErasing(part)));
      const lines = parts.flatMap(({ said }) => said.map(({ session, counter }) => `${session}/${counter}`));
      expect(lines).toHaveLength(erasing.said.length);
      expect(new Set(lines)).toEqual(
        new Set(erasing.said.map(({ session, counter }) => `${session}/${counter}`)),
      );
    }
  });

  it('two phones of hers write in whatever order: gone is what either heard of, and all else is still there', () => {
    const first = [
      ...erasingEntries(words(3, 3)),
      { kind: entryKinds.room, bytes: new Uint8Array([9]) },
      ...erasingEntries(words(2, 2, 8)),
    ];
    const all = tokensLeft(first).map(nameOf);
    const some = fc.subarray(all).map((names) => new Set(names));
    fc.assert(
      fc.property(fc.array(some, { maxLength: 4 }), fc.array(fc.nat(), { maxLength: 4 }), (writes, order) => {
        const turned = [...writes].sort(
          (a, b) => (order[writes.indexOf(a)] ?? 0) - (order[writes.indexOf(b)] ?? 0),
        );
        const leftOf = (all: Set<string>[]) =>
          all.reduce((entries, gone) => withoutErased(entries, gone), first);
        const gone = new Set(writes.flatMap((one) => [...one]));
        for (const entries of [leftOf(writes), leftOf(turned)]) {
          expect(tokensLeft(entries).map(nameOf)).toEqual(all.filter((name) => !gone.has(name)));
          expect(entries.filter(({ kind }) => kind === entryKinds.room)).toHaveLength(1);
        }
      }),
    );
  });

  it('what waits for a room that still stands does not begin, and what cannot be read is thrown away by nobody', () => {
    const odd: Entry = { kind: entryKinds.erasing, bytes: new Uint8Array([1, 2]) };
    expect(tokensLeft([odd])).toEqual([]);
    expect(withoutErased([odd], new Set(['x']))).toEqual([odd]);
    const room = new Uint8Array([0, 0, 0, 0, ...new Uint8Array(16).fill(0xab), 1, 2, 3]);
    const waits = waitingEntries('ab'.repeat(16), words(1, 1));
    const kinds = (entries: Entry[]) => begun(entries).map(({ kind }) => kind);
    expect(kinds([{ kind: entryKinds.room, bytes: room }, ...waits])).toEqual([
      entryKinds.room,
      entryKinds.waiting,
    ]);
    expect(kinds(waits)).toEqual([entryKinds.erasing]);
    // In the sitting of its founding the room still lies there as that; another founding, or one of no room yet, is none.
    const began = { title: 'La nuestra', code: [1, 2, 3, 4, 5, 6, 7, 8], name: 'Río', mine: newMemberKeys() };
    const founding = (drawn: string | null): Entry => ({
      kind: entryKinds.founding,
      bytes: writeFounding({
        ...began,
        drawn: drawn === null ? null : { room: drawn.repeat(16), key: new Uint8Array(32), state: aState },
      }),
    });
    expect(kinds([founding('ab'), ...waits])).toEqual([entryKinds.founding, entryKinds.waiting]);
    for (const one of [founding('cd'), founding(null)])
      expect(kinds([one, ...waits])).toEqual([entryKinds.founding, entryKinds.erasing]);
  });
});
