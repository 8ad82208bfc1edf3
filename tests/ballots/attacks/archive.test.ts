import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checks, judge } from '~/scripts/verify-ballot.mjs';
import { sealMark } from '~/server/ballots/commands/box';
import type { Choice } from '~/server/ballots/rules';
import { charters } from '~/server/ballots/rules/charter';
import type { Tables } from '~/server/ballots/rules/conditions';
import { planOf } from '~/server/ballots/rules/plan';
import { tell } from '~/server/ballots/rules/publication';
import { forumArchive, plainArchive, resealed } from '../../support/archives';
import { derived } from '../../support/plans';

const of = (si: number, no: number, abstencion = 0): Choice[] => [
  ...Array.from({ length: si }, () => 'si' as const),
  ...Array.from({ length: no }, () => 'no' as const),
  ...Array.from({ length: abstencion }, () => 'abstencion' as const),
];
const plain = plainArchive([of(8, 3, 1), of(4, 8)], 15);
const front = forumArchive(1);
type Archive = ReturnType<typeof JSON.parse>;

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
/** A question's papers in the order of their hashes again, as whoever forges would leave them. */
const inOrder = (archive: Archive, i: number) => {
  const hash = ([mark, choice]: string[]) => sha256(`${archive.ballot}|${i + 1}|${mark}|${choice}`);
  archive.papers[i].sort((a: string[], b: string[]) => (hash(a) < hash(b) ? -1 : 1));
};

// Each is caught by one check and no other: whoever took that check out of the script would be taken in.
const attacks: [number, string, keyof typeof checks, string, (archive: Archive) => void][] = [
  [31, 'a word more', 'form', plain, (a) => (a.note = 'hola')],
  [31, 'another hour, and the old seal', 'seal', plain, (a) => (a.closedAt = '2026-11-27T12:00:01.000Z')],
  [
    34,
    'another title than at the opening',
    'manifest',
    plain,
    (a) => (a.manifest = a.manifest.replace('prueba', 'veras')),
  ],
  [33, 'another roll of the same number', 'roll', plain, (a) => (a.roll.sha256 = 'ef'.repeat(32))],
  [
    24,
    'a question that went badly is left out',
    'questions',
    plain,
    (a) => {
      a.tally.pop();
      a.papers.pop();
    },
  ],
  [17, 'papers in an order of their own', 'papers', plain, (a) => a.papers[0].reverse()],
  [
    14,
    'one paper more than people voted, counted',
    'voters',
    plain,
    (a) => {
      a.papers[0].push([randomUUID(), 'si']);
      a.tally[0].yes += 1;
      inOrder(a, 0);
    },
  ],
  [
    24,
    'a no that is a yes',
    'tally',
    plain,
    (a) => {
      a.papers[0].find((paper: string[]) => paper[1] === 'no')[1] = 'si';
      inOrder(a, 0);
    },
  ],
  [24, 'another word on the same count', 'verdict', plain, (a) => (a.tally[1].verdict = 'aprobado')],
  [
    26,
    'a group told of that the plan does not have',
    'groups',
    front,
    (a) =>
      a.tally
        .find(({ told }: Archive) => told.groups)!
        .told.groups.push({ dimension: 'region', label: 'x', favour: true }),
  ],
];

describe('an archive that somebody made to be believed', () => {
  it('is believed as the forum made it', () => {
    expect([judge(plain).failed, judge(front).failed]).toEqual([[], []]);
  });
  it.each(attacks)('%i: %s', (_n, _story, name, text, change) => {
    const archive = JSON.parse(text);
    change(archive);
    const seal = name === 'seal' ? JSON.parse(text).sha256 : null;
    const bent = seal ? JSON.stringify(archive) : resealed(archive);
    expect(judge(bent).failed).toEqual([name]);
    // With that one check away it is taken for good: nothing else would have said so.
    const gullible = { ...checks, [name]: { says: '', run: () => true } } as typeof checks;
    expect(judge(bent, gullible).good).toBe(true);
  });
  it('24: two questions that have changed their columns', () => {
    const archive = JSON.parse(plain);
    const [a, b] = archive.tally;
    archive.tally = [
      { ...b, position: 1 },
      { ...a, position: 2 },
    ];
    expect(judge(resealed(archive)).failed).toEqual(['tally']);
  });
  it('31: every one of its bytes, flipped', () => {
    const bytes = Buffer.from(plain);
    for (let i = 0; i < bytes.length; i++) {
      const bent = Buffer.from(bytes);
      bent[i]! ^= 1 << (i % 7);
      expect([i, judge(bent.toString()).good]).toEqual([i, false]);
    }
  });
});

describe('26: a small group of one mind', () => {
  const voter = { cooperative: false, country: 'PE', department: '21' };
  const roll = [true, false].flatMap((woman) => Array.from({ length: 12 }, () => ({ ...voter, woman })));
  const charter = charters.con_mujeres;
  const plan = planOf(charter, roll)!;
  const group = (label: string, yes: number, no: number) => ({
    label,
    roll: 12,
    counts: { yes, no, abstain: 0 },
  });
  const tables: Tables = {
    overall: { label: '', roll: 24, counts: { yes: 18, no: 6, abstain: 0 } },
    by: { women: [group('women', 12, 0), group('others', 6, 6)] },
  };
  const kin = [0, 1].map((place) => ({ places: [place], n: 12 }));
  it('is told as a band; without the margin their count names all twelve', () => {
    const told = tell(charter, 'first', plan, tables, 'whole');
    expect(told.women).toEqual({ told: 'band' });
    expect(derived(plan, kin, tables.overall.counts, told)).toBe(0);
    const careless = tell(charter, 'first', { ...plan, margin: -1 }, tables, 'whole');
    expect(derived(plan, kin, tables.overall.counts, careless)).toBe(12);
  });
});

describe('32: lots that can be guessed', () => {
  const guessable = (source: string) => /Math\.random|seedrandom|\bdice\(|randomUUID\(\{/.test(source);
  it('are drawn nowhere in what counts votes', () => {
    const files = (folder: string): string[] =>
      readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
        entry.isDirectory() ? files(join(folder, entry.name)) : [join(folder, entry.name)],
      );
    const code = [...files('server/ballots'), 'db/schema/ballots.ts'].map((file) => [
      file,
      readFileSync(file, 'utf8'),
    ]);
    expect(code.filter(([, source]) => guessable(source!)).map(([file]) => file)).toEqual([]);
    expect(guessable('const key = Buffer.from([Math.random() * 256]);')).toBe(true);
  });

  /** Pearson's statistic of single bytes; of true lots it is 255 and seldom far from it. */
  const uneven = (bytes: Buffer) => {
    const seen = new Array<number>(256).fill(0);
    for (const byte of bytes) seen[byte]! += 1;
    const due = bytes.length / 256;
    return seen.reduce((sum, n) => sum + (n - due) ** 2 / due, 0);
  };
  const seals = () => {
    const key = Buffer.alloc(32, 5);
    const some = Array.from({ length: 4000 }, () =>
      sealMark(key, Buffer.alloc(32), { choice: 'si', place: 0 }),
    );
    return {
      sealed: Buffer.concat(some.map((seal) => seal.subarray(12))),
      all: new Set(some.map(String)).size,
      nonces: Buffer.concat(some.map((seal) => seal.subarray(0, 12))),
    };
  };
  it('nor in the seals: four thousand of one choice are four thousand that look like nothing', () => {
    const { nonces, sealed, all } = seals();
    expect(all).toBe(4000);
    // Seven deviations from what is expected: not once in a thousand million runs.
    for (const bytes of [nonces, sealed])
      expect(Math.abs(uneven(bytes) - 255)).toBeLessThan(7 * Math.sqrt(510));
  });
  it('which a fixed nonce would show at once', () => {
    expect(uneven(Buffer.concat(Array.from({ length: 4000 }, () => Buffer.alloc(12, 9))))).toBeGreaterThan(
      10_000,
    );
  });
});
