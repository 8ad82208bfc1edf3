import { randomUUID } from 'node:crypto';
import { desc } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { acts } from '~/db/schema/acts';
import { type ConsultedWorld, consultedWorld, proposal, storyDatabase } from '../support/amendments';
import { problemOf } from '../support/call';
import { testDatabase } from '../support/db';
import { fieldsOf, freezing } from '../support/document';

const db = storyDatabase(testDatabase());
let w: ConsultedWorld;
beforeEach(async () => {
  w = await consultedWorld(db());
});

const working = async (id: string) => (await w.as('emilia')).document.workingArticle({ id });
const lastAct = async () => (await db().select().from(acts).orderBy(desc(acts.number)).limit(1))[0]!;
const undo = async (id: string) => (await w.as('emilia')).document.undo({ key: randomUUID(), id });

async function merged() {
  const [a, b] = [await working(w.ids.water), await working(w.ids.wells)];
  const { actId } = await (await w.as('emilia')).document.merge({
    ...{ key: randomUUID(), id: a.id, other: b.id, title: a.title, wording: 'first' as const },
    ...{ revision: a.revision, otherRevision: b.revision, seq: a.seq, otherSeq: b.seq },
  });
  return actId!;
}
async function propose(version: number, text: string) {
  const { id } = await w.place(version, 1);
  const given = { versionArticleId: id, text };
  return (await w.as('nieves')).amendments.propose(proposal(w.florDeCuarzo.id, given));
}

describe('while a base waits for an answer', () => {
  it('a joining that was frozen since is not undone under the words that the base speaks of', async () => {
    const act = await merged();
    const emilia = await w.as('emilia');
    await emilia.document.freeze(freezing(1));
    const before = await working(w.ids.water);
    await propose(2, `${before.text}\nSiempre.`);
    expect(await problemOf(undo(act))).toMatchObject({ code: 'document.amendment_waits' });
    expect(await working(w.ids.water)).toMatchObject({ text: before.text, revision: before.revision });
    expect((await lastAct()).id).toBe(act);
  });

  it('what only touches its fields is undone as ever', async () => {
    const emilia = await w.as('emilia');
    const a = await working(w.ids.water);
    await emilia.document.setFields({ ...fieldsOf(a), law: 'Otra ley.' });
    const act = (await lastAct()).id;
    await propose(1, `${a.text}\nSiempre.`);
    await undo(act);
    expect((await working(w.ids.water)).law).toBe(a.law);
  });
});

describe('what the committee has taken up', () => {
  it('is not overwritten when an act is undone that was before', async () => {
    const act = await merged();
    const emilia = await w.as('emilia');
    await emilia.document.freeze(freezing(1));
    const { text } = await working(w.ids.water);
    const { id } = await propose(2, text.replace('no se cobra', 'es libre'));
    await emilia.amendments.accept({ id });
    expect(await problemOf(undo(act))).toMatchObject({ code: 'acts.changed.words.unrecorded' });
    expect((await working(w.ids.water)).text).toContain('es libre');
  });

  it('is not taken back by undoing: an article that an amendment removed stays out', async () => {
    const emilia = await w.as('emilia');
    const { id: versionArticleId } = await w.place(1, 1);
    const given = { kind: 'remove' as const, versionArticleId };
    const { id } = await (await w.as('nieves')).amendments.propose(proposal(w.florDeCuarzo.id, given));
    await emilia.amendments.accept({ id });
    const act = await lastAct();
    expect(act.kind).toBe('retire');
    expect(await problemOf(undo(act.id))).toMatchObject({ code: 'acts.amended' });
    expect((await lastAct()).id).toBe(act.id);
  });
});
