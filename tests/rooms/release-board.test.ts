import { constants, generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  boardOf,
  idOf,
  type Phase,
  type PublicList,
  phaseOf,
  type Release,
  type Said,
} from '~/app/_room/release/board';
import {
  nameOf,
  proposalOf,
  type ReleaseWord,
  readReleaseWord,
  writeReleaseWord,
} from '~/app/_room/release/messages';
import { dayAfter } from '~/server/day';
import { readContent, writeContent } from '~/server/rooms/rules/contents';
import { contentLengths } from '~/server/rooms/rules/sizes';
import { keyIdOf } from '~/server/rooms/rules/tokens';
import { aConcern, anArticle } from '../support/releases';

const gone = 'f6'.repeat(32);
const [ana, berta, celia, dora, nadie] = ['a1', 'b2', 'c3', 'd4', 'e5'].map((one) => one.repeat(32)) as [
  string,
  string,
  string,
  string,
  string,
];
const roster = {
  members: [ana, berta, celia, dora].map((sign) => ({ sign, seal: sign, name: sign, vouches: 0 })),
  stewards: [ana, berta, celia],
  former: new Map([[gone, 'La que salió']]),
};
const day = '2026-11-10';
const proposal = proposalOf(new Uint8Array(32).fill(5), aConcern());
const { name } = proposal;
const says = (by: string, word: ReleaseWord): Said => ({ by, word });
const plain = (by: string, type: 'agreed' | 'held' | 'withdrawn') => says(by, { type, name });
const deposited = (by: string, on: string) => says(by, { type: 'deposited', name, day: on });
const laid = (by: string, on: string) => says(by, { type: 'laid', name, day: on });
const proposed = says(dora, { type: 'proposed', ...proposal });
const agreed = [plain(ana, 'agreed'), plain(berta, 'agreed')];
const pair = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const modulus = new Uint8Array(Buffer.from(pair.export({ format: 'jwk' }).n!, 'base64url'));
const key = keyIdOf(modulus);
const pss = { key: pair, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 0 };
const signature = new Uint8Array(sign('sha384', Buffer.from(name, 'hex'), pss));
const bytes = (fill: number) => new Uint8Array(256).fill(fill);
const signed = (by: string) =>
  says(by, {
    type: 'signed',
    name,
    key,
    day,
    blinded: bytes(1),
    inverse: bytes(2),
    signature: { by, bytes: new Uint8Array(64) },
  });
const bought = (by: string, change = {}) =>
  says(by, { type: 'bought', name, key, day, modulus, signature, ...change });
const none = { released: [], bases: [] };
const all = [proposed, ...agreed, signed(ana), bought(berta)];
const list = (kind: 'concern' | 'refused', state: string): PublicList => ({
  released: [{ id: idOf(proposal), kind, state, ...(kind === 'concern' ? { number: 7 } : {}) }],
  bases: [],
});

describe('how far a text is', () => {
  const table: [string, Said[], string, PublicList | null, Phase][] = [
    ['one has proposed it', [proposed], day, null, { phase: 'proposed' }],
    ['two want it', [proposed, agreed[0]!], day, null, { phase: 'proposed' }],
    ['one agreed twice', [proposed, agreed[0]!, agreed[0]!], day, null, { phase: 'proposed' }],
    ['a stranger agreed', [proposed, agreed[0]!, plain(nadie, 'agreed')], day, null, { phase: 'proposed' }],
    ['three want it', [proposed, ...agreed], day, null, { phase: 'agreed' }],
    ['one steward signed today', [proposed, ...agreed, signed(ana)], day, null, { phase: 'signed' }],
    ['one signed yesterday', [proposed, ...agreed, signed(ana)], dayAfter(day, 1), null, { phase: 'agreed' }],
    ['who is no steward signed', [proposed, ...agreed, signed(dora)], day, null, { phase: 'agreed' }],
    ['one signed twice', [proposed, ...agreed, signed(ana), bought(ana)], day, null, { phase: 'signed' }],
    ['two signed', all, day, null, { phase: 'resting', opens: '2026-11-12' }],
    ['a day later', all, dayAfter(day, 1), null, { phase: 'resting', opens: '2026-11-12' }],
    ['its day has come', all, dayAfter(day, 2), null, { phase: 'ready' }],
    ['nobody took it out', all, dayAfter(day, 15), null, { phase: 'late' }],
    ['a member held it', [...all, plain(dora, 'held')], dayAfter(day, 2), null, { phase: 'held' }],
    ['who held it has gone', [...all, plain(gone, 'held')], dayAfter(day, 2), null, { phase: 'held' }],
    ['a stranger held it', [...all, plain(nadie, 'held')], dayAfter(day, 2), null, { phase: 'ready' }],
    [
      'it was handed out',
      [...all, deposited(dora, dayAfter(day, 2))],
      dayAfter(day, 2),
      null,
      { phase: 'waits' },
    ],
    [
      'and its hour passed',
      [...all, deposited(dora, dayAfter(day, 2))],
      dayAfter(day, 3),
      none,
      { phase: 'waits' },
    ],
    ['it was a lie', [...all, deposited(dora, dayAfter(day, 2))], dayAfter(day, 4), none, { phase: 'ready' }],
    [
      'nobody has looked',
      [...all, deposited(dora, dayAfter(day, 2))],
      dayAfter(day, 4),
      null,
      { phase: 'waits' },
    ],
    [
      'the lie is told again, and of a day to come',
      [...all, ...[2, 4].map((on) => deposited(dora, dayAfter(day, on))), deposited(berta, '9999-01-01')],
      dayAfter(day, 4),
      none,
      { phase: 'ready' },
    ],
    [
      'after a lie it was handed out',
      [...all, deposited(dora, day), deposited(ana, dayAfter(day, 4))],
      dayAfter(day, 4),
      none,
      { phase: 'waits' },
    ],
    [
      'no signature was bought',
      [...all.slice(0, -1), bought(berta, { signature: bytes(3) })],
      dayAfter(day, 2),
      null,
      { phase: 'agreed' },
    ],
    [
      'a number that is no key',
      [...all.slice(0, -1), bought(berta, { modulus: bytes(0) })],
      dayAfter(day, 2),
      null,
      { phase: 'agreed' },
    ],
    [
      'a member has it in her keyring, and it rests',
      [...all, laid(dora, day)],
      day,
      null,
      { phase: 'laid', opens: '2026-11-12', by: [dora] },
    ],
    [
      'its day has come, and she has three days',
      [...all, laid(dora, day)],
      dayAfter(day, 5),
      none,
      { phase: 'laid', opens: '2026-11-12', by: [dora] },
    ],
    ['then another takes it up', [...all, laid(dora, day)], dayAfter(day, 6), none, { phase: 'ready' }],
    [
      'who takes it up has three days again',
      [...all, laid(dora, day), laid(ana, dayAfter(day, 6))],
      dayAfter(day, 9),
      none,
      { phase: 'laid', opens: '2026-11-12', by: [ana] },
    ],
    [
      'she says again that she has it, each third day: another takes it up all the same',
      [...all, ...[0, 3, 6, 9].map((on) => laid(dora, dayAfter(day, on)))],
      dayAfter(day, 10),
      none,
      { phase: 'ready' },
    ],
    ['a stranger says she has it', [...all, laid(nadie, day)], dayAfter(day, 2), none, { phase: 'ready' }],
    [
      'she says it of a day to come',
      [...all, laid(dora, '9999-01-01')],
      dayAfter(day, 2),
      none,
      { phase: 'ready' },
    ],
    [
      'it lies there and is held',
      [...all, laid(dora, day), plain(ana, 'held')],
      dayAfter(day, 2),
      none,
      { phase: 'held' },
    ],
    [
      'it lies there too long',
      [...all, laid(dora, dayAfter(day, 14))],
      dayAfter(day, 15),
      none,
      { phase: 'late' },
    ],
    ['laid unbought', [proposed, laid(dora, day)], day, null, { phase: 'proposed' }],
    ['handed out unbought', [proposed, deposited(dora, day)], day, null, { phase: 'proposed' }],
    ['taken back', [proposed, plain(dora, 'withdrawn')], day, null, { phase: 'withdrawn' }],
    ['taken back by another', [proposed, plain(ana, 'withdrawn')], day, null, { phase: 'proposed' }],
    [
      'taken back too late',
      [...all, plain(dora, 'withdrawn')],
      day,
      null,
      { phase: 'resting', opens: '2026-11-12' },
    ],
    [
      'it has appeared',
      [...all, deposited(dora, dayAfter(day, 2))],
      dayAfter(day, 3),
      list('concern', 'recibida'),
      { phase: 'out', kind: 'concern', state: 'recibida', number: 7 },
    ],
    ['it could not', all, dayAfter(day, 3), list('refused', 'name'), { phase: 'refused', why: 'name' }],
  ];
  it.each(table)('%s', (_what, said, today, publics, phase) => {
    const [release] = boardOf(said, roster) as [Release];
    expect(phaseOf(release, roster, today, publics)).toEqual(phase);
  });

  it('a good signature stays, whatever another steward says after it', () => {
    const worse = bought(celia, { signature: bytes(3) });
    for (const said of [
      [...all, worse],
      [...all.slice(0, -1), worse, bought(berta)],
    ])
      expect(boardOf(said, roster)[0]!.bought?.signature).toEqual(signature);
  });

  it('who has gone agrees no more', () => {
    const fewer = { ...roster, members: roster.members.filter(({ sign }) => sign !== berta) };
    const [release] = boardOf([proposed, ...agreed], fewer) as [Release];
    expect(phaseOf(release, fewer, day, null)).toEqual({ phase: 'proposed' });
  });

  it('in whatever order it is said, nothing is ready without a first steward and another after her, nor once held', () => {
    const [first, second, stop] = [signed(ana), bought(berta), plain(dora, 'held')];
    fc.assert(
      fc.property(fc.shuffledSubarray([proposed, ...agreed, first, second, stop]), (said) => {
        const [release] = boardOf(said, roster);
        const ready = release && phaseOf(release, roster, dayAfter(day, 2), null).phase === 'ready';
        const [at, cover, sale, held] = [proposed, first, second, stop].map((one) => said.indexOf(one)) as [
          number,
          number,
          number,
          number,
        ];
        expect(ready ?? false).toBe(at >= 0 && cover > at && sale > cover && held < at);
      }),
    );
  });
});

describe('what is said and what leaves, in bytes', () => {
  it('comes back as it was written, and in no other way', () => {
    for (const one of all) {
      const { type, body } = writeReleaseWord(one.word);
      expect(readReleaseWord(type, body)).toEqual(one.word);
      for (const cut of [body.subarray(1), body.subarray(0, -1), new Uint8Array([...body, 0])])
        expect(readReleaseWord(type, cut)).not.toEqual(one.word);
    }
    expect(readReleaseWord(47, new Uint8Array(32))).toBeNull();
  });

  it('a text has one name for its salt and its bytes, and one of two lengths', () => {
    for (const content of [aConcern(), anArticle()]) {
      const written = writeContent(content);
      expect(contentLengths).toContain(written.length);
      expect(readContent(written)).toEqual(content);
      expect(nameOf(new Uint8Array(32), written)).not.toBe(nameOf(new Uint8Array(32).fill(1), written));
      const bent = Uint8Array.from(written);
      bent[bent.length - 1] = 1;
      expect(() => readContent(bent)).toThrow();
    }
  });

  it('whatever is typed, it is written in the one way there is or not at all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 10, maxLength: 200 }), (words) => {
        const written = writeContent(aConcern({ words }));
        try {
          expect(writeContent(readContent(written))).toEqual(written);
        } catch (error) {
          expect((error as Error).name).toBe('Error');
        }
      }),
      { numRuns: 30 },
    );
  });
});
