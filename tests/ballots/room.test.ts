import '../support/runtime';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { ballots, papers } from '~/db/schema/ballots';
import { persons } from '~/db/schema/people';
import { roomCounts, roomObjections } from '~/db/schema/room-votes';
import { runtime } from '~/server/runtime';
import { buildDelegates, buildVersion, hours, sheetOf } from '../support/ballots';
import { callAs, problemOf } from '../support/call';
import { testDatabase } from '../support/db';
import { forumWorld } from '../support/people';

const test = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
let versionId: string;
let numbers: { presides: string; counterOne: string; counterTwo: string };

// Nieves, Rufino and ten more may vote; Delia presides, Elvira and Tomasa count.
beforeAll(async () => {
  world = await forumWorld(test.db);
  await buildDelegates(test.db, world.florDeCuarzo.id, 10);
  versionId = (await buildVersion(test.db, { count: 1 })).id;
  const number = async (id: string) =>
    (await test.db.select().from(persons).where(eq(persons.id, id)))[0]!.number;
  const { delia, elvira, tomasa } = world.people;
  numbers = {
    presides: await number(delia.id),
    counterOne: await number(elvira.id),
    counterTwo: await number(tomasa.id),
  };
});
const as = async (name: keyof typeof world.people) => (await callAs(test.db, world.people[name].id)).ballots;
const asked = (method: string) => ({
  ...{ key: crypto.randomUUID(), title: 'Votación en la sala', versionId, scope: 'whole', method },
  ...{ closesAt: hours(3).toISOString(), template: 'mayoria', ...numbers },
});
async function opened(method: 'hands' | 'consensus' | 'roll_call') {
  const gloria = await as('gloria');
  const input = asked(method);
  await gloria.prepare(input as never);
  await gloria.open({ id: input.key });
  return input.key;
}
const hand = (id: string, yes: number, no: number, abstain = 0) => ({
  ...{ id, position: 1, present: yes + no + abstain, yes, no, abstain },
});

describe('a vote in the room that its counters do not bring to an end', () => {
  it('is ended by the secretary with a reason that everybody reads, and decides nothing', async () => {
    const id = await opened('hands');
    const gloria = await as('gloria');
    expect((await gloria.detail({ id })).abilities.annul).toBe(true);
    await problemOf((await as('nieves')).annul({ id, reason: 'Porque sí, nada más.' }));
    await gloria.annul({ id, reason: 'Una de quienes contaban se fue antes.' });
    const [row] = await test.db.select().from(ballots).where(eq(ballots.id, id));
    expect(row!.state).toBe('closed');
    expect((await gloria.result({ id })).annulled).toContain('se fue');
    await problemOf((await as('elvira')).countRoom(hand(id, 5, 2)));
  });
});

describe('a show of hands', () => {
  it('is announced with who presides and who counts, two different people, by a rule without groups', async () => {
    const gloria = await as('gloria');
    const refused = async (over: object) =>
      (await problemOf(gloria.prepare({ ...asked('hands'), ...over } as never))).code;
    expect(await refused({ template: 'frente' })).toBe('ballots.room_groups');
    expect(await refused({ counterTwo: numbers.counterOne })).toBe('ballots.room_two');
    expect(await refused({ presides: '0000' })).toBe('ballots.room_person');
    const [carla] = await test.db.select().from(persons).where(eq(persons.id, world.people.carla.id));
    expect(await refused({ counterTwo: carla!.number })).toBe('ballots.teller_office');
    const id = await opened('hands');
    const [row] = await test.db.select().from(ballots).where(eq(ballots.id, id));
    expect(JSON.parse(row!.manifest!)).toMatchObject({
      secrecy: 'before everybody',
      room: { method: 'hands', presides: world.people.delia.id },
    });
    expect(existsSync(join(runtime().config.dataDir, 'keys', id))).toBe(false);
    await expect(
      test.db.update(ballots).set({ method: 'secret' }).where(eq(ballots.id, id)),
    ).rejects.toThrow();
  });

  it('stands when both have written the same; a difference is shown and counted again', async () => {
    const id = await opened('hands');
    const [elvira, tomasa, gloria] = [await as('elvira'), await as('tomasa'), await as('gloria')];
    await elvira.countRoom(hand(id, 7, 2, 1));
    expect((await problemOf(elvira.countRoom(hand(id, 7, 2, 1)))).code).toBe('ballots.room_waits');
    // The other does not read what the first has written, only that she has.
    const waiting = (await tomasa.room({ id })).questions[0]!;
    expect([waiting.entered, waiting.differs, waiting.stands]).toEqual([['Elvira Mamani'], null, null]);
    await tomasa.countRoom(hand(id, 6, 3, 1));
    expect((await gloria.room({ id })).questions[0]!.differs).toMatchObject([
      { name: 'Elvira Mamani', entry: { yes: 7 } },
      { name: 'Tomasa Ccama', entry: { yes: 6 } },
    ]);
    expect((await problemOf(gloria.closeRoom({ id }))).code).toBe('ballots.room_open');
    await tomasa.countRoom(hand(id, 7, 2, 1));
    await elvira.countRoom(hand(id, 7, 2, 1));
    expect((await problemOf(elvira.countRoom(hand(id, 1, 2)))).code).toBe('ballots.room_stands');
    await gloria.closeRoom({ id });
    const { questions, turnout, method } = await gloria.result({ id });
    expect(questions.map(({ yes, no, abstain, verdict }) => [yes, no, abstain, verdict])).toEqual([
      [7, 2, 1, 'aprobado'],
    ]);
    expect([method, turnout.voted, turnout.entitled, turnout.bases]).toEqual(['hands', 10, 12, []]);
    // Both turns stay.
    expect(await test.db.select().from(roomCounts).where(eq(roomCounts.ballotId, id))).toHaveLength(4);
    await expect(test.db.delete(roomCounts)).rejects.toThrow();
  });

  it('takes no sheet, and no count from anybody else; numbers must add up', async () => {
    const id = await opened('hands');
    expect((await problemOf((await as('nieves')).cast(await sheetOf(test.db, id, 'si')))).status).toBe(404);
    expect(await test.db.select().from(papers).where(eq(papers.ballotId, id))).toEqual([]);
    for (const name of ['nieves', 'delia', 'gloria', 'carla'] as const)
      expect((await problemOf((await as(name)).countRoom(hand(id, 7, 2)))).status).toBe(403);
    const elvira = await as('elvira');
    expect((await problemOf(elvira.countRoom({ ...hand(id, 7, 2), present: 10 }))).code).toBe(
      'ballots.room_sum',
    );
    expect((await problemOf(elvira.countRoom(hand(id, 13, 0)))).code).toBe('ballots.room_present');
    expect((await problemOf(elvira.countRoom({ id, position: 1 }))).code).toBe('ballots.room_number');
  });
});

describe('consensus and roll call', () => {
  it('one objection in its words ends a consensus', async () => {
    const id = await opened('consensus');
    const [elvira, tomasa, gloria] = [await as('elvira'), await as('tomasa'), await as('gloria')];
    const said = { id, position: 1, words: 'Así queda fuera quien no tiene contrato.' };
    const key = crypto.randomUUID();
    await elvira.recordObjection({ ...said, key });
    // Tomasa heard the same one; and another, by name, which is taken back.
    expect((await problemOf(tomasa.recordObjection({ ...said, key: crypto.randomUUID() }))).code).toBe(
      'ballots.objection_there',
    );
    const other = crypto.randomUUID();
    await tomasa.recordObjection({ ...said, key: other, words: 'Lucho Quispe se queda con todo.' });
    await problemOf((await as('nieves')).withdrawObjection({ id, objection: other }));
    await elvira.withdrawObjection({ id, objection: other });
    await problemOf(elvira.withdrawObjection({ id, objection: other }));
    expect((await gloria.room({ id })).questions[0]!.objections.map((one) => one.id)).toEqual([key]);
    const none = tomasa.countRoom({ id, position: 1, present: 11, objections: 0 });
    expect((await problemOf(none)).code).toBe('ballots.room_objections');
    for (const counter of [elvira, tomasa])
      await counter.countRoom({ id, position: 1, present: 11, objections: 1 });
    await gloria.closeRoom({ id });
    expect((await gloria.result({ id })).questions[0]).toMatchObject({ no: 1, verdict: 'no_aprobado' });
    expect((await problemOf(elvira.withdrawObjection({ id, objection: key }))).status).toBe(403);
    // What names a person goes out of sight; that somebody objected stays.
    await problemOf(elvira.hideObjection({ id, objection: key, why: 'Nombra a una persona.' }));
    await gloria.hideObjection({ id, objection: key, why: 'Nombra a una persona.' });
    expect((await (await as('nieves')).room({ id })).questions[0]!.objections).toMatchObject([
      { words: null, hidden: 'Nombra a una persona.' },
    ]);
    const row = eq(roomObjections.id, key);
    await expect(test.db.update(roomObjections).set({ words: 'Otra cosa.' }).where(row)).rejects.toThrow();
    await expect(test.db.update(roomObjections).set({ withdrawn: true }).where(row)).rejects.toThrow();
    await expect(test.db.delete(roomObjections).where(row)).rejects.toThrow();
  });

  it('a roll call is a list by name that two people wrote alike, and its quorum is those who answered', async () => {
    const id = await opened('roll_call');
    const { roll } = await (await as('nieves')).room({ id });
    expect(roll).toHaveLength(12);
    const answers = roll.map(({ personId }, i) => ({
      person: personId,
      choice: i < 6 ? ('si' as const) : i < 8 ? ('no' as const) : ('ausente' as const),
    }));
    const nieves = await as('nieves');
    const seen = async (who: Awaited<ReturnType<typeof as>>) => (await who.room({ id })).questions[0]!;
    const elvira = await as('elvira');
    const slip = answers.map((one, i) => (i === 0 ? { ...one, choice: 'no' as const } : one));
    await elvira.countRoom({ id, position: 1, answers: slip });
    await (await as('tomasa')).countRoom({ id, position: 1, answers });
    // Until the whole is over, only those who count read who said what: nobody follows another.
    expect((await seen(elvira)).differs).toHaveLength(2);
    for (const who of [nieves, await as('gloria'), (await callAs(test.db, null)).ballots])
      expect(await seen(who)).toMatchObject({ sealed: 'differs', differs: null, stands: null });
    for (const name of ['elvira', 'tomasa'] as const)
      await (await as(name)).countRoom({ id, position: 1, answers });
    expect(await seen(nieves)).toMatchObject({ sealed: 'stands', stands: null });
    expect(JSON.stringify(await nieves.room({ id }))).not.toContain('"si"');
    await (await as('gloria')).closeRoom({ id });
    expect((await seen(nieves)).stands).toHaveProperty('answers');
    expect((await nieves.result({ id })).questions[0]).toMatchObject({ yes: 6, no: 2, verdict: 'aprobado' });
    expect((await nieves.roll({ id })).filter(({ voted }) => voted)).toHaveLength(8);
    const from = { id, position: 1, answers: [{ person: world.people.carla.id, choice: 'si' as const }] };
    expect((await problemOf((await as('elvira')).countRoom(from))).status).toBe(403);
  });
});
