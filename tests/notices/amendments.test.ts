import '../support/runtime';
import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { mandates } from '~/db/schema/associations';
import { consultedWorld, proposal } from '../support/amendments';
import { callAs } from '../support/call';
import { testDatabase } from '../support/db';
import { freezing } from '../support/document';
import { buildMandate, buildPerson } from '../support/factories';

type Caller = Awaited<ReturnType<typeof callAs>>;
const about = async (caller: Caller, subject: string) =>
  (await caller.notices.mine({ page: 1 })).items
    .filter(({ href }) => href.includes(subject))
    .map(({ kind }) => kind);

describe('of an amendment', () => {
  const database = testDatabase();
  it('who proposed it and the delegates of its base are told what became of it, not who decided', async () => {
    const w = await consultedWorld(database.db);
    const nieves = await w.as('nieves');
    const propose = async (over: Record<string, unknown>) =>
      (await nieves.amendments.propose(proposal(w.florDeCuarzo.id, over))).id;
    const [water, wells] = [(await w.place(1, 1)).id, (await w.place(1, 2)).id];
    const no = await propose({ versionArticleId: water, text: 'El agua es de todas.' });
    const yes = await propose({ versionArticleId: wells, text: 'Los pozos se cuidan.' });
    const late = await propose({ versionArticleId: water, text: 'El agua se cuida y no se cobra.' });
    const emilia = await w.as('emilia');
    await emilia.amendments.reject({ id: no, reason: 'Ya está dicho.' });
    await emilia.amendments.accept({ id: yes });
    const { seq } = await emilia.document.workingArticle({ id: w.ids.water });
    await emilia.document.editText({ key: randomUUID(), id: w.ids.water, base: seq, text: 'Otro texto.' });
    await emilia.document.freeze(freezing(1));
    expect(await about(nieves, no)).toEqual(['amendment.rejected']);
    expect(await about(nieves, yes)).toEqual(['amendment.accepted']);
    expect(await about(nieves, late)).toEqual(['amendment.overtaken']);
    for (const other of [emilia, await w.as('sabina'), await w.as('gloria')])
      expect(await about(other, no)).toEqual([]);
    const later = await buildPerson(database.db, { name: 'Delegada que vino después' });
    await database.db
      .update(mandates)
      .set({ state: 'withdrawn' })
      .where(eq(mandates.personId, w.people.nieves.id));
    await buildMandate(database.db, w.florDeCuarzo.id, later.id);
    expect(await about(await callAs(database.db, later.id), no)).toEqual([]);
    expect(await about(nieves, no)).toEqual(['amendment.rejected']);
  });
});
