import { hexToBytes, randomBytes } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Entry, sealKeyring } from '~/app/_keyring/lock';
import { waitingEntries } from '~/app/_room/erasing';
import { idOf, type PublicList } from '~/app/_room/release/board';
import { type HandedOut, handOutFirst } from '~/app/_room/release/handing';
import {
  drawnFrom,
  firstOf,
  fitsInKeyring,
  isLaidFor,
  isTried,
  type Laid,
  laidEntry,
  laidIn,
  laidName,
  mayGo,
  readLaid,
  withLaid,
  withoutLaid,
} from '~/app/_room/release/laid';
import { proposalOf } from '~/app/_room/release/messages';
import { Purse } from '~/app/_room/release/tokens';
import type { Content } from '~/server/releases/rules';
import type { Token } from '~/server/rooms/rules/tokens';
import { readAsk, writeDone } from '~/server/rooms/rules/wire';
import { aConcern, anArticle } from '../support/releases';

const minute = (when: string) => Math.floor(Date.parse(when) / 60_000);
const token = (nonce: Uint8Array): Token => ({
  key: '0a'.repeat(8),
  nonce,
  signature: new Uint8Array(256).fill(4),
});
const room = '11'.repeat(16);
function aText(salt = 5, given: Content = aConcern()): Laid {
  const { salt: its, bytes, name } = proposalOf(new Uint8Array(32).fill(salt), given);
  const from = minute('2026-11-10T20:00:00-05:00');
  return { room, salt: its, bytes, token: token(hexToBytes(name)), day: '2026-11-10', from };
}

describe('when a text may go', () => {
  const table: [string, string, Partial<Laid>, ReturnType<typeof mayGo>][] = [
    ['on the day of the signatures', '2026-11-10T23:00:00-05:00', {}, 'rests'],
    ['on the next one', '2026-11-11T23:00:00-05:00', {}, 'rests'],
    ['its day has come', '2026-11-12T00:00:00-05:00', {}, 'goes'],
    ['in London it is that day already', '2026-11-12T03:00:00Z', {}, 'rests'],
    [
      'laid a moment ago',
      '2026-11-12T10:00:00-05:00',
      { from: minute('2026-11-12T14:00:00-05:00') },
      'rests',
    ],
    [
      'and some hours later',
      '2026-11-12T14:00:00-05:00',
      { from: minute('2026-11-12T14:00:00-05:00') },
      'goes',
    ],
    [
      'the phone’s clock was put back by days since',
      '2026-11-12T10:00:00-05:00',
      { from: minute('2026-11-20T14:00:00-05:00') },
      'goes',
    ],
    ['its last day', '2026-11-24T23:00:00-05:00', {}, 'goes'],
    ['one day too late', '2026-11-25T00:00:00-05:00', {}, 'late'],
    ['or by a clock that is ahead', '2026-12-22T23:00:00-05:00', {}, 'late'],
    ['weeks too late', '2026-12-23T00:00:00-05:00', {}, 'over'],
  ];
  it.each(table)('%s', (_what, now, change, verdict) => {
    expect(mayGo({ ...aText(), ...change }, new Date(now))).toBe(verdict);
  });

  it('is drawn, four to eight hours after it was laid, whatever the hour', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 40 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (ms, chance) => {
          const now = new Date(ms);
          const wait = drawnFrom(now, () => chance) - Math.floor(ms / 60_000);
          expect(wait).toBeGreaterThanOrEqual(240);
          expect(wait).toBeLessThan(480);
        },
      ),
    );
  });
});

describe('whether one that may go is tried', () => {
  const laid = { day: '2026-11-10', from: minute('2026-11-13T01:00:00-05:00') };
  it.each([
    ['on its first day', '2026-11-12', false, 0.9, true],
    ['though the day’s tokens have come', '2026-11-12', true, 0.9, true],
    ['on the day that was drawn', '2026-11-13', true, 0.9, true],
    ['on a later day, by chance', '2026-11-14', false, 0.49, true],
    ['or not', '2026-11-14', false, 0.5, false],
    ['on a later day on which the tokens have come', '2026-11-14', true, 0, false],
  ] as const)('%s', (_what, day, filled, chance, tried) => {
    expect(isTried(laid, new Date(`${day}T12:00:00-05:00`), filled, chance)).toBe(tried);
  });
});

it.each([
  [{ due: true, entered: false, pays: true }, 'hand_out'],
  [{ due: false, entered: false, pays: true }, 'fill_up'],
  [{ due: true, entered: true, pays: true }, 'fill_up'],
  [{ due: true, entered: false, pays: false }, 'fill_up'],
] as const)('one thing in a sitting: %o → %s', (facts, first) => {
  expect(firstOf(facts)).toBe(first);
});

describe('in the keyring', () => {
  it('is read as it was written, whatever else lies there; laid again it lies there once; it goes with its room', () => {
    const [one, other] = [aText(5), aText(6, anArticle())];
    const strange = { kind: 1, bytes: randomBytes(40) };
    const entries = withLaid(withLaid(withLaid([strange], one), other), { ...one, from: one.from + 9 });
    expect(laidIn(entries)).toEqual([other, { ...one, from: one.from + 9 }]);
    expect(entries[0]).toBe(strange);
    expect(entries.filter(isLaidFor(room))).toHaveLength(2);
    expect(entries.filter(isLaidFor('22'.repeat(16)))).toEqual([]);
    expect(laidIn(withoutLaid(entries, new Set([laidName(other)])))).toHaveLength(1);
    expect(readLaid({ ...laidEntry(one), bytes: laidEntry(one).bytes.slice(0, -1) })).toBeNull();
  });

  it('an article that would fill it is not laid there, nor what leaves no place to go out of a room with erasing', () => {
    const article = (words: number) => aText(5, anArticle({ text: 'palabra '.repeat(words) }));
    expect(fitsInKeyring(aText(), [])).toBe(true);
    expect(fitsInKeyring(article(1200), [])).toBe(false);
    const rooms: Entry[] = [{ kind: 1, bytes: randomBytes(5000) }];
    expect(fitsInKeyring(article(900), [])).toBe(true);
    expect(fitsInKeyring(article(900), rooms)).toBe(false);
    // What is laid once more takes its own place.
    const full: Entry[] = [{ kind: 1, bytes: randomBytes(4500) }];
    expect(fitsInKeyring(article(900), withLaid(full, article(900)))).toBe(fitsInKeyring(article(900), full));
  });

  it('beside what may be laid there four tokens, and four hundred voices that are to be erased, find place', () => {
    const laid = aText(5, anArticle({ text: 'palabra '.repeat(900) }));
    for (let bytes = 0; bytes < 12_000; bytes += 100) {
      const entries: Entry[] = [{ kind: 1, bytes: randomBytes(bytes) }];
      if (!fitsInKeyring(laid, entries)) continue;
      const voices = Array.from({ length: 400 }, (_, counter) => ({ session: new Uint8Array(8), counter }));
      const seed = new Uint8Array(32);
      const waits = waitingEntries(room, { seed, said: voices });
      const tokens = { kind: 4, bytes: new Uint8Array(6 * 300) };
      expect(() => sealKeyring(seed, [...withLaid(entries, laid), ...waits, tokens])).not.toThrow();
    }
  });
});

describe('a keyring that was just opened', () => {
  const now = new Date('2026-11-12T12:00:00-05:00');
  const none: PublicList = { released: [], bases: [] };
  const listed = (laid: Laid, kind: 'concern' | 'refused' = 'concern'): PublicList => ({
    released: [{ id: idOf({ name: laidName(laid) }), kind, state: 'x' }],
    bases: [],
  });
  type Given = {
    laid?: Laid[];
    door?: number | null;
    list?: PublicList | null;
    entered?: boolean;
    tokens?: number;
    when?: Date;
    refused?: Map<string, number>;
    random?: () => number;
  };
  async function opened(given: Given) {
    const { laid = [aText()], door = 1, list = none, entered = false, tokens = 1 } = given;
    const { when = now, random = () => 0 } = given;
    const asked: string[] = [];
    const gone = new Set<string>();
    const purse = new Purse(Array.from({ length: tokens }, (_, at) => token(new Uint8Array(32).fill(at))));
    const said: HandedOut = await handOutFirst(
      laid,
      purse,
      {
        ...{ now: when, random },
        server: async (body) => {
          asked.push(readAsk(body).op);
          if (door === null) throw new Error('no network');
          return writeDone(door);
        },
        list: async () => {
          asked.push('list');
          if (!list) throw new Error('no network');
          return list;
        },
      },
      {
        ...{ gone, refused: given.refused, entered: () => entered },
        going: () => void asked.push('going'),
      },
    );
    return {
      said,
      asked: asked.join(' '),
      gone: laid.map((one) => gone.has(laidName(one))),
      left: purse.tokens.length,
    };
  }
  const rests = { ...aText(6), day: '2026-11-12' };
  const late = { ...aText(7), day: '2026-09-01' };
  const table: [string, Given, Awaited<ReturnType<typeof opened>>][] = [
    ['nothing lies there', { laid: [] }, { said: 'nothing', asked: '', gone: [], left: 1 }],
    [
      'what lies there rests: nobody is asked',
      { laid: [rests] },
      { said: 'nothing', asked: '', gone: [false], left: 1 },
    ],
    ['it goes', {}, { said: 'left', asked: 'list going deposit', gone: [true], left: 0 }],
    [
      'it had gone before',
      { door: 2 },
      { said: 'waited', asked: 'list going deposit', gone: [true], left: 0 },
    ],
    [
      'it is refused, and stays',
      { door: 0 },
      { said: 'refused', asked: 'list going deposit', gone: [false], left: 1 },
    ],
    [
      'the net fails in between: it stays',
      { door: null },
      { said: 'unknown', asked: 'list going deposit', gone: [false], left: 1 },
    ],
    [
      'the list cannot be had: it stays',
      { list: null },
      { said: 'nothing', asked: 'list', gone: [false], left: 1 },
    ],
    [
      'everybody reads it already',
      { list: listed(aText()) },
      { said: 'nothing', asked: 'list', gone: [true], left: 1 },
    ],
    [
      'everybody reads that it could not appear',
      { list: listed(aText(), 'refused') },
      { said: 'nothing', asked: 'list', gone: [true], left: 1 },
    ],
    [
      'she went into a room first',
      { entered: true },
      { said: 'nothing', asked: 'list', gone: [false], left: 1 },
    ],
    ['she has no token', { tokens: 0 }, { said: 'nothing', asked: 'list', gone: [false], left: 0 }],
    [
      'it is refused: what is sent is sent once, however much she could pay',
      { door: 0, tokens: 6 },
      { said: 'refused', asked: 'list going deposit', gone: [false], left: 6 },
    ],
    [
      'what is a day too late stays: her clock may be ahead',
      { when: new Date('2026-11-26T12:00:00-05:00') },
      { said: 'nothing', asked: '', gone: [false], left: 1 },
    ],
    [
      'one of two goes, and what is weeks too late is put away',
      { laid: [late, aText(), aText(8)] },
      { said: 'left', asked: 'list going deposit', gone: [true, true, false], left: 0 },
    ],
  ];
  it.each(table)('%s', async (_what, given, expected) => {
    expect(await opened(given)).toEqual(expected);
  });
});

describe('whatever comes between', () => {
  type Step =
    | { kind: 'opens'; who: 0 | 1; entered: boolean; net: 'there' | 'before' | 'after' }
    | { kind: 'held' }
    | { kind: 'night' };
  const step: fc.Arbitrary<Step> = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constant('opens' as const),
        who: fc.constantFrom(0 as const, 1 as const),
        entered: fc.boolean(),
        net: fc.constantFrom('there' as const, 'there' as const, 'before' as const, 'after' as const),
      }),
    },
    { weight: 3, arbitrary: fc.constant<Step>({ kind: 'night' }) },
    { weight: 1, arbitrary: fc.constant<Step>({ kind: 'held' }) },
  );
  /** The forum, as far as this text goes: what it has taken, what waits, what everybody reads. */
  const door = () => ({ taken: 0, waits: false, out: false, held: false });

  it('a text that lies in two keyrings comes out once or not at all, and leaves a keyring only when it cannot be lost', async () => {
    const laid = aText();
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const forum = door();
        const keyrings = [withLaid([], laid), withLaid([], laid)];
        let day = 0;
        const now = () => new Date(Date.parse('2026-11-11T12:00:00-05:00') + day * 86_400_000);
        const open = async ({ who, entered, net }: Extract<Step, { kind: 'opens' }>) => {
          const gone = new Set<string>();
          const server = async (body: Uint8Array) => {
            expect(readAsk(body).op).toBe('deposit');
            if (net === 'before') throw new Error('no network');
            const again = forum.taken > 0 || forum.held;
            const answer = again ? (forum.waits ? 2 : 0) : 1;
            if (!again) Object.assign(forum, { taken: forum.taken + 1, waits: true });
            if (net === 'after') throw new Error('the answer is lost');
            return writeDone(answer);
          };
          const list = async () => (forum.out ? listOf(laid) : { released: [], bases: [] });
          const purse = new Purse([token(new Uint8Array(32).fill(who))]);
          const sitting = { gone, entered: () => entered, going: () => expect(entered).toBe(false) };
          const said = await handOutFirst(
            laidIn(keyrings[who]!),
            purse,
            { server, list, now: now(), random: () => 0 },
            sitting,
          );
          // A sitting in which it went writes nothing: its keyring is as it was until another one.
          if (said === 'nothing' || said === 'waited') keyrings[who] = withoutLaid(keyrings[who]!, gone);
        };
        for (const one of steps) {
          if (one.kind === 'opens') await open(one);
          else if (one.kind === 'held') Object.assign(forum, { held: !forum.out, waits: false });
          else {
            day++;
            if (forum.waits) Object.assign(forum, { waits: false, out: true });
          }
          expect(forum.taken).toBeLessThanOrEqual(1);
          const late = mayGo(laid, now()) === 'over';
          for (const keyring of keyrings)
            if (laidIn(keyring).length === 0) expect(forum.taken === 1 || late).toBe(true);
        }
        // Opened with a signal and without a room, before it is too late, it goes.
        if (mayGo(laid, now()) !== 'goes' || forum.held || laidIn(keyrings[0]!).length === 0) return;
        await open({ kind: 'opens', who: 0, entered: false, net: 'there' });
        expect(forum.taken).toBe(1);
      }),
      { numRuns: 200 },
    );
  });
  const listOf = (laid: Laid): PublicList => ({
    released: [{ id: idOf({ name: laidName(laid) }), kind: 'concern', state: 'recibida' }],
    bases: [],
  });
});
