import '../support/runtime';
import { asc, eq, inArray } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { ballots, countedAs, papers, rollEntries } from '~/db/schema/ballots';
import { articles, versionArticles } from '~/db/schema/document';
import { persons } from '~/db/schema/people';
import { castSheet } from '~/server/ballots/commands/cast';
import { delegates } from '~/server/ballots/commands/roll';
import type { Choice } from '~/server/ballots/rules';
import { type AnyRule, charters } from '~/server/ballots/rules/charter';
import {
  buildDelegates,
  buildVersion,
  closed,
  hours,
  openedBallot,
  preparedBallot,
  sheetOf,
} from '../support/ballots';
import { callAs, problemOf } from '../support/call';
import { testDatabase } from '../support/db';
import { buildAssociation } from '../support/factories';
import { forumWorld } from '../support/people';

const test = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
let women: string[];
let men: string[];

// Twelve women of Puno; sixteen men of a cooperative in Potosí; Rufino and Nieves say nothing of themselves.
beforeAll(async () => {
  world = await forumWorld(test.db);
  const potosi = await buildAssociation(test.db, {
    name: 'El Porvenir',
    kind: 'cooperativa',
    country: 'BO',
    department: 'BO-P',
  });
  women = await buildDelegates(test.db, world.florDeCuarzo.id, 12);
  men = await buildDelegates(test.db, potosi.id, 16);
  await test.db.update(persons).set({ sex: 'mujer' }).where(inArray(persons.id, women));
  await test.db.update(persons).set({ sex: 'hombre' }).where(inArray(persons.id, men));
});

async function agree(people: readonly string[], agreed = true) {
  for (const person of people) await (await callAs(test.db, person)).ballots.countMe({ agree: agreed });
}
async function cast(ballotId: string, personId: string, choices: Choice | Choice[]) {
  const sheet = await sheetOf(test.db, ballotId, choices);
  await test.db.transaction((tx) => castSheet(tx, { ...sheet, ballotId, personId }));
}
const result = async (id: string) => (await callAs(test.db, null)).ballots.result({ id });
const front = { rule: charters.frente };

describe('a rule that counts the women apart', () => {
  it('is not opened with fewer than ten who agreed to it: nobody is guessed at', async () => {
    await agree(women.slice(0, 9));
    const ballot = await preparedBallot(test.db, front);
    const gloria = await callAs(test.db, world.people.gloria.id);
    const refused = await problemOf(gloria.ballots.open({ id: ballot.id }));
    expect(JSON.stringify(refused)).toContain('hay 9 que dieron su permiso y 21 personas más');
    expect(JSON.stringify(refused)).not.toMatch(/Delegada/);
    await agree(women);
    await agree([women[0]!], false);
    await agree([women[0]!]);
    await gloria.ballots.open({ id: ballot.id });
    const [opened] = await test.db.select().from(ballots).where(eq(ballots.id, ballot.id));
    const manifest = JSON.parse(opened!.manifest!);
    expect(manifest.format).toBe('frente-unido/ballot/2');
    expect(manifest.dimensions).toEqual(['overall', 'cooperative', 'region', 'women']);
    expect(manifest.rule).toEqual(JSON.parse(JSON.stringify(charters.frente)));
    expect(manifest.plan.dimensions.map(({ groups }: { groups: unknown }) => groups)).toEqual([
      [
        { label: 'inside', holds: ['inside'], roll: 16 },
        { label: 'outside', holds: ['outside'], roll: 14 },
      ],
      // One delegate of Arequipa is counted with the neighbours of Puno.
      [
        { label: '04+21', holds: ['04', '21'], roll: 14 },
        { label: 'BO-P', holds: ['BO-P'], roll: 16 },
      ],
      [
        { label: 'women', holds: ['women'], roll: 12 },
        { label: 'others', holds: ['others'], roll: 18 },
      ],
    ]);
    const places = await test.db
      .select({ places: rollEntries.places })
      .from(rollEntries)
      .where(eq(rollEntries.personId, women[0]!));
    expect(places).toContainEqual({ places: [1, 0, 0] });
  });

  it('a paper for each dimension, alike to the eye while it is open', async () => {
    const ballot = await openedBallot(test.db, front);
    await cast(ballot.id, women[0]!, 'si');
    await cast(ballot.id, women[0]!, 'no');
    const box = await test.db.select().from(papers).where(eq(papers.ballotId, ballot.id));
    expect(box).toHaveLength(16);
    expect(new Set(box.map(({ label }) => label))).toEqual(new Set(['']));
    expect(new Set(box.map(({ sealed }) => sealed!.length))).toEqual(new Set([36]));
  });
});

/** Everybody votes; the women say no to the second article. */
async function votedFront(rule: AnyRule = charters.frente) {
  const ballot = await openedBallot(test.db, { rule });
  for (const [i, one] of women.entries())
    await cast(ballot.id, one, [i < 7 ? 'si' : 'no', i < 4 ? 'si' : 'no', 'si', i < 8 ? 'si' : 'no']);
  for (const [i, one] of men.entries())
    await cast(ballot.id, one, [
      i < 9 ? 'si' : 'no',
      i < 15 ? 'si' : 'no',
      i < 9 ? 'si' : 'no',
      i < 9 ? 'si' : 'no',
    ]);
  await closed(test.db, ballot.id);
  return ballot;
}

describe('when it closes', () => {
  it('the rule speaks of each article, with what it found, and the groups’ papers are gone', async () => {
    const ballot = await votedFront();
    const { questions, sumsAgree, next } = await result(ballot.id);
    expect(sumsAgree).toBe(true);
    expect(questions.map(({ yes, no, verdict }) => [yes, no, verdict])).toEqual([
      [16, 12, 'aprobado'],
      [19, 9, 'vuelve'],
      [21, 7, 'aprobado'],
      [17, 11, 'aprobado'],
    ]);
    expect(questions[1]!.told!.findings).toEqual({
      quorum: [true, true],
      overall: [true],
      groups: [false, false, false],
    });
    // All women said yes to the third: that is not told.
    expect(questions[2]!.told!.women).toEqual({ told: 'band' });
    expect(questions[0]!.told!.women).toEqual({ told: 'yes', yes: 7, cast: 12 });
    expect(next).toBe('second_vote');
    const left = await test.db.select().from(papers).where(eq(papers.ballotId, ballot.id));
    expect(new Set(left.map(({ dimension }) => dimension))).toEqual(new Set(['overall']));
    expect(left).toHaveLength(28 * 4);
  });

  it('what came back is voted a second time, as a later version has it; then both texts stand', async () => {
    // Without days for reasons, so that the second vote need not wait for them.
    const { reasons: _days, ...rule } = charters.frente;
    const ballot = await votedFront(rule);
    const gloria = await callAs(test.db, world.people.gloria.id);
    const { version } = await result(ballot.id);
    const asked = { id: ballot.id, title: 'Segunda votación', closesAt: hours(100).toISOString() };
    const key = () => crypto.randomUUID();
    expect((await problemOf(gloria.ballots.again({ ...asked, key: key() }))).code).toBe(
      'ballots.again_version',
    );
    expect(
      (await problemOf(gloria.ballots.again({ ...asked, key: key(), versionId: version.id }))).code,
    ).toBe('ballots.again_version');
    const later = await buildVersion(test.db);
    const [sent] = await test.db
      .select({ id: versionArticles.articleId })
      .from(versionArticles)
      .where(eq(versionArticles.versionId, version.id))
      .orderBy(asc(versionArticles.number))
      .offset(1)
      .limit(1);
    const made = await test.db.select().from(versionArticles).where(eq(versionArticles.versionId, later.id));
    // The same article, rewritten, in the place of the later version's third.
    await test.db.insert(versionArticles).values({ ...made[0]!, id: key(), articleId: sent!.id, number: 4 });
    const second = await gloria.ballots.again({ ...asked, key: key(), versionId: later.id });
    expect((await problemOf(gloria.ballots.again({ ...asked, key: key(), versionId: later.id }))).code).toBe(
      'ballots.again_done',
    );
    await gloria.ballots.open({ id: second.id });
    const questions = await gloria.ballots.questions({ id: second.id });
    expect(questions.map(({ article }) => article?.number)).toEqual([4]);
    for (const [i, one] of women.entries()) await cast(second.id, one, i < 3 ? 'si' : 'no');
    for (const one of men) await cast(second.id, one, 'si');
    await closed(test.db, second.id);
    const told = await result(second.id);
    expect(told.questions.map(({ verdict }) => verdict)).toEqual(['disenso']);
    expect(told.next).toBeNull();
    expect(articles).toBeDefined();
  });

  it('without quorum there is a second call, of a week at least, where a third is enough', async () => {
    const ballot = await openedBallot(test.db, front);
    for (const one of women.slice(0, 10)) await cast(ballot.id, one, 'si');
    await closed(test.db, ballot.id);
    expect((await result(ballot.id)).questions[0]!.verdict).toBe('sin_quorum');
    const gloria = await callAs(test.db, world.people.gloria.id);
    const asked = { id: ballot.id, title: 'Segunda convocatoria', key: crypto.randomUUID() };
    const short = await problemOf(gloria.ballots.again({ ...asked, closesAt: hours(100).toISOString() }));
    expect([short.code, short.fields?.closesAt]).toEqual([
      'ballots.again_days',
      'Deja al menos 7 días para votar.',
    ]);
    const second = await gloria.ballots.again({ ...asked, closesAt: hours(200).toISOString() });
    await gloria.ballots.open({ id: second.id });
    for (const [i, one] of women.slice(0, 10).entries()) await cast(second.id, one, i < 6 ? 'si' : 'no');
    await closed(test.db, second.id);
    const told = await result(second.id);
    // A third of thirty came, all from one side: the other group's no is not needed, since nine or fewer speak for none.
    expect(told.questions[0]!.verdict).toBe('aprobado');
    expect(told.next).toBeNull();
  });
});

it('who is on no roll is in no count: agreement alone gives no vote', async () => {
  await test.db.update(persons).set({ sex: 'mujer' }).where(eq(persons.id, world.people.sabina.id));
  await agree([world.people.sabina.id]);
  const roll = await test.db.transaction((tx) => delegates(tx));
  expect(roll.map(({ personId }) => personId)).not.toContain(world.people.sabina.id);
  const kept = await test.db.select().from(countedAs).where(eq(countedAs.personId, world.people.sabina.id));
  expect(kept).toHaveLength(1);
});
