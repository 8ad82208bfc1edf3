import '../support/runtime';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inArray } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { persons } from '~/db/schema/people';
import { checks, judge } from '~/scripts/verify-ballot.mjs';
import { castSheet } from '~/server/ballots/commands/cast';
import type { Choice } from '~/server/ballots/rules';
import { charters } from '~/server/ballots/rules/charter';
import { bentArchives, resealed } from '../support/archives';
import { buildDelegates, closed, openedBallot, sheetOf } from '../support/ballots';
import { callAs, problemOf } from '../support/call';
import { testDatabase } from '../support/db';
import { forumWorld } from '../support/people';

const test = testDatabase();
const folder = mkdtempSync(join(tmpdir(), 'frente-unido-archive-'));
let world: Awaited<ReturnType<typeof forumWorld>>;
let open: string;
/** By two numbers of the assembly's own, and by the rule of the front. */
let [plain, front] = ['', ''];
let frontId: string;

async function voted(rule: object, women: readonly string[], men: readonly string[]) {
  const ballot = await openedBallot(test.db, { rule } as Parameters<typeof openedBallot>[1]);
  const cast = async (personId: string, choices: Choice[]) => {
    const sheet = await sheetOf(test.db, ballot.id, choices);
    await test.db.transaction((tx) => castSheet(tx, { ...sheet, ballotId: ballot.id, personId }));
  };
  for (const [i, one] of women.entries())
    await cast(one, [
      i < 7 ? 'si' : 'no',
      i < 4 ? 'si' : 'no',
      i < 5 ? 'si' : i < 10 ? 'no' : 'abstencion',
      'si',
    ]);
  for (const [i, one] of men.entries())
    await cast(one, [i < 9 ? 'si' : 'no', i < 15 ? 'si' : 'no', 'si', 'abstencion']);
  await closed(test.db, ballot.id);
  return ballot.id;
}
const archiveOf = async (id: string) => (await (await callAs(test.db, null)).ballots.archive({ id })).archive;

beforeAll(async () => {
  world = await forumWorld(test.db);
  const women = await buildDelegates(test.db, world.florDeCuarzo.id, 14);
  const men = await buildDelegates(test.db, world.tresVetas.id, 18);
  await test.db.update(persons).set({ sex: 'mujer' }).where(inArray(persons.id, women));
  for (const one of women) await (await callAs(test.db, one)).ballots.countMe({ agree: true });
  plain = await archiveOf(await voted({ quorumPercent: 50, majorityPercent: 60 }, women, men));
  frontId = await voted(charters.frente, women, men);
  front = await archiveOf(frontId);
  open = (await openedBallot(test.db)).id;
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the script on this text, as anybody would on the file. */
function verified(text: string) {
  const path = join(folder, 'archive.json');
  writeFileSync(path, text);
  const ran = spawnSync(process.execPath, ['scripts/verify.mjs', path], { encoding: 'utf8' });
  return { code: ran.status, out: ran.stdout, problem: ran.stderr };
}

describe('the archive of a closed ballot', () => {
  it('is counted again by anybody who has it and no forum, who is told what that proves', () => {
    for (const text of [plain, front]) {
      const { code, out, problem } = verified(text);
      expect([code, problem]).toEqual([0, '']);
      expect(out).toContain('dan la misma cuenta');
      expect(out).toContain('No puede contar otra vez a los grupos');
      expect(out).toContain(`Sello: ${JSON.parse(text).sha256}`);
    }
  });

  it('is the same bytes for everybody, and is not there before the close', async () => {
    for (const person of [null, world.people.nieves.id, world.people.carla.id])
      expect((await (await callAs(test.db, person)).ballots.archive({ id: frontId })).archive).toBe(front);
    const never = crypto.randomUUID();
    for (const person of [null, world.people.gloria.id]) {
      const call = await callAs(test.db, person);
      expect(await problemOf(call.ballots.archive({ id: open }))).toEqual(
        await problemOf(call.ballots.archive({ id: never })),
      );
    }
  });

  it('holds nobody, no hour of a vote, and no paper of a group', async () => {
    const said = JSON.parse(front);
    expect(Object.keys(said).sort()).toEqual(
      'ballot closedAt format manifest manifestSha256 papers roll sha256 tally'.split(' '),
    );
    for (const { id, name } of await test.db.select().from(persons)) {
      expect(front).not.toContain(id);
      expect(front).not.toContain(name);
    }
    expect(said.papers.map((some: unknown[]) => some.length)).toEqual([32, 32, 32, 32]);
  });
});

describe('an archive that is not the forum’s', () => {
  it('fails when it is empty, cut short, or no archive', () => {
    for (const text of [
      '',
      '{}',
      'null',
      '[]',
      '{"format":"frente-unido/archive/1"}',
      plain.slice(0, -1),
      plain.slice(0, 500),
    ]) {
      const { code, problem } = verified(text);
      expect([text.slice(0, 20), code]).toEqual([text.slice(0, 20), 1]);
      expect(problem).not.toBe('');
      expect(judge(text).good).toBe(false);
    }
  });

  it.each(Object.keys(checks))('fails when the check «%s» throws, says nothing, or is not there', (name) => {
    const check = checks[name as keyof typeof checks];
    const never = () => new Promise(() => {});
    const thrown = () => {
      throw new Error('broken');
    };
    for (const run of [thrown, () => undefined, () => 1, never]) {
      const { good, failed } = judge(front, { ...checks, [name]: { ...check, run } } as typeof checks);
      expect([good, failed]).toEqual([false, [name]]);
    }
    const { [name as keyof typeof checks]: _gone, ...rest } = checks;
    expect(judge(front, rest as typeof checks).good).toBe(false);
    expect(judge(front).good).toBe(true);
  });

  const bent: [string, (archive: ReturnType<typeof JSON.parse>) => void, string][] = [
    [
      'a paper says something else',
      (a) => (a.papers[0][3][1] = a.papers[0][3][1] === 'si' ? 'no' : 'si'),
      'tally',
    ],
    ['a paper is gone', (a) => a.papers[0].pop(), 'voters'],
    ['a paper is there twice', (a) => a.papers[1].push(a.papers[1][0]), 'papers'],
    ['papers lie in another order', (a) => a.papers[0].reverse(), 'papers'],
    ['two questions have changed places', (a) => a.papers.reverse(), 'papers'],
    ['more voted than the roll has', (a) => (a.roll.voted = 1000), 'roll'],
    ['another roll', (a) => (a.roll.sha256 = 'ab'.repeat(32)), 'roll'],
    ['a count that is not the papers’', (a) => (a.tally[0].yes += 1), 'tally'],
    ['another verdict', (a) => (a.tally[1].verdict = 'aprobado'), 'verdict'],
    [
      'all groups are said to have agreed',
      (a) => (a.tally[1].told.findings.groups = [true, true, true]),
      'verdict',
    ],
    [
      'the women’s counts were told where they name somebody',
      (a) => (a.tally[3].told.women = { told: 'counts', counts: { yes: 14, no: 0, abstain: 0 } }),
      'groups',
    ],
    [
      'a region more',
      (a) => a.tally[0].told.groups.push({ dimension: 'region', label: '13', favour: true }),
      'groups',
    ],
    ['another rule', (a) => (a.manifest = a.manifest.replace('"share":55', '"share":45')), 'manifest'],
    ['a word of its own', (a) => (a.note = 'hola'), 'form'],
  ];
  it.each(bent)('fails though its seal was made again: %s', (_story, change, by) => {
    const archive = JSON.parse(front);
    change(archive);
    const { good, failed } = judge(resealed(archive));
    expect(good).toBe(false);
    expect(failed).toContain(by);
  });

  it('fails in every one of two hundred bent archives, of both kinds', () => {
    for (const text of [plain, front])
      for (const { text: bad, how } of bentArchives(text, 100, 1))
        expect([how, judge(bad).good]).toEqual([how, false]);
  });
});
