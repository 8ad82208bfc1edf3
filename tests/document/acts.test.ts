import { randomUUID } from 'node:crypto';
import { asc, eq, sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { acts } from '~/db/schema/acts';
import { concernDecisions, concerns } from '~/db/schema/concerns';
import { articles } from '~/db/schema/document';
import { textUpdates } from '~/db/schema/drafts';
import { firstUpdate } from '~/server/drafts/rules';
import { append } from '~/server/realtime/log';
import { problemOf } from '../support/call';
import { testDatabase } from '../support/db';
import { bytesOf } from '../support/desk';
import {
  type DocumentWorld,
  documentWorld,
  fieldsOf,
  freezing,
  readyArticle,
  words,
} from '../support/document';
import { buildDraft } from '../support/drafts';
import { buildConcern, buildMembership } from '../support/factories';

const database = testDatabase();
let world: DocumentWorld;
beforeAll(async () => {
  world = await documentWorld(database.db);
});

const taking = (over: Record<string, unknown> = {}) => ({
  key: randomUUID(),
  draftId: world.draft.id,
  area: 'agua',
  title: 'Agua limpia',
  concerns: 'some' as const,
  concernIds: [] as string[],
  ...over,
});
const undoing = (id: string) => ({ key: randomUUID(), id });
const stateOf = async (id: string) => {
  const [row] = await database.db.select({ state: concerns.state }).from(concerns).where(eq(concerns.id, id));
  return row!.state;
};
const lastAct = async () => {
  const rows = await database.db.select().from(acts).orderBy(asc(acts.number));
  return rows.at(-1)!;
};
/** Two articles of their own, with a concern each. */
async function two(first = 'Primero.\nSegundo.', second = 'Tercero.') {
  const emilia = await world.as('emilia');
  const [one, other] = [
    await buildConcern(database.db, world.people.sabina.id),
    await buildConcern(database.db, world.people.rufino.id),
  ];
  const [left, right] = [
    await buildDraft(database.db, world.mesaAgua.id, { text: first, concernIds: [one.id] }),
    await buildDraft(database.db, world.mesaAgua.id, { text: second, concernIds: [other.id] }),
  ];
  const a = await emilia.document.takeUp(taking({ draftId: left.id, concerns: 'all', title: 'El primero' }));
  const b = await emilia.document.takeUp(taking({ draftId: right.id, concerns: 'all', title: 'El segundo' }));
  return { a: a.id, b: b.id, one: one.id, other: other.id, left, right };
}
const joining = async (id: string, other: string, over: Record<string, unknown> = {}) => {
  const emilia = await world.as('emilia');
  const [a, b] = [
    await emilia.document.workingArticle({ id }),
    await emilia.document.workingArticle({ id: other }),
  ];
  return {
    ...{ key: randomUUID(), id, other, title: a.title, wording: 'first' as const },
    ...{ revision: a.revision, otherRevision: b.revision, seq: a.seq, otherSeq: b.seq },
    ...over,
  };
};

describe('each act of the committee', () => {
  it('is recorded with what it touched, before and after, and who did it', async () => {
    const emilia = await world.as('emilia');
    const { id, actId } = await emilia.document.takeUp(taking({ concernIds: [world.skin.id] }));
    const act = await lastAct();
    expect(act).toMatchObject({
      id: actId,
      kind: 'takeUp',
      personId: world.people.emilia.id,
      undoneBy: null,
    });
    expect(act.touched).toEqual(
      [
        `concern:${world.skin.id}`,
        `fields:${id}`,
        `place:${id}`,
        `source:${id}:${world.draft.id}:1`,
        `tie:${id}:${world.skin.id}`,
        `words:${id}`,
      ].sort(),
    );
    const change = JSON.parse(act.changes).find((one: { key: string }) => one.key === `words:${id}`);
    expect(change).toMatchObject({ before: null, after: [{ insert: words }] });
  });

  it('tells another of the committee nothing of a draft in a house that is not hers, nor when it is undone', async () => {
    await buildMembership(database.db, world.florDeCuarzo.id, world.people.emilia.id);
    const [emilia, filomena] = [await world.as('emilia'), await world.as('filomena')];
    const kept = await buildDraft(database.db, world.casaFlor.id, { title: 'De la casa', text: 'Nuestro.' });
    const { actId } = await emilia.document.takeUp(taking({ draftId: kept.id, title: 'De todas' }));
    const undone = await emilia.document.undo(undoing(actId!));
    const own = await emilia.document.acts({ page: 1 });
    expect(own.items.find(({ id }) => id === actId)?.note).toMatchObject({
      draftId: kept.id,
      draft: 'De la casa',
    });
    const hers = [
      await filomena.document.acts({ page: 1 }),
      await filomena.document.act({ id: actId! }),
      await filomena.document.act({ id: undone.actId! }),
    ];
    expect(JSON.stringify(hers)).toContain('De todas');
    for (const kind of [kept.id, 'De la casa']) expect(JSON.stringify(hers)).not.toContain(kind);
  });

  it('stays as it was recorded: the database refuses to change or delete it', async () => {
    const { id } = await lastAct();
    const refused = { cause: { code: '23000' } };
    await expect(
      database.db.update(acts).set({ kind: 'merge' }).where(eq(acts.id, id)),
    ).rejects.toMatchObject(refused);
    await expect(database.db.delete(acts).where(eq(acts.id, id))).rejects.toMatchObject(refused);
    await expect(database.db.execute(sql`truncate acts`)).rejects.toMatchObject(refused);
  });

  it('that changes nothing is none', async () => {
    const emilia = await world.as('emilia');
    const { a } = await two();
    const before = await lastAct();
    const article = await emilia.document.workingArticle({ id: a });
    await emilia.document.setFields(fieldsOf(article));
    await emilia.document.unlinkConcern({ id: a, concernId: world.far.id });
    expect((await lastAct()).id).toBe(before.id);
  });

  it('is undone to the byte, whichever it was, and done again by undoing that', async () => {
    const emilia = await world.as('emilia');
    const { a, b, one } = await two();
    const stray = await buildConcern(database.db, world.people.sabina.id);
    const article = (id: string) => emilia.document.workingArticle({ id });
    const draft = await buildDraft(database.db, world.mesaAgua.id, {
      text: 'Otra cosa.',
      concernIds: [stray.id],
    });
    const sheet = fieldsOf(await article(a));
    const every: [string, () => Promise<{ actId: string | null }>][] = [
      ['take up', () => emilia.document.takeUp(taking({ draftId: draft.id, concerns: 'all' }))],
      ['fields', () => emilia.document.setFields({ ...sheet, law: 'Ley 29338.', areas: ['agua', 'salud'] })],
      ['tie', () => emilia.document.linkConcern({ id: a, concernId: stray.id })],
      ['untie', () => emilia.document.unlinkConcern({ id: a, concernId: one })],
      [
        'move',
        async () => emilia.document.place({ id: a, revision: (await article(a)).revision, area: 'salud' }),
      ],
      [
        'add',
        async () =>
          emilia.document.addDraft({
            key: randomUUID(),
            id: a,
            revision: (await article(a)).revision,
            draftId: draft.id,
            concernIds: [],
          }),
      ],
      ['merge', async () => emilia.document.merge(await joining(a, b))],
      ['merge, one text', async () => emilia.document.merge(await joining(a, b, { wording: 'onlySecond' }))],
      [
        'split',
        async () => {
          const { revision, seq } = await article(a);
          return emilia.document.split({
            key: randomUUID(),
            id: a,
            revision,
            seq,
            line: 1,
            title: 'La otra parte',
            go: [one],
            both: [],
          });
        },
      ],
      ['retire', async () => emilia.document.retire({ id: a, revision: (await article(a)).revision })],
      [
        'set aside',
        () =>
          emilia.concerns.setAside({
            id: stray.id,
            reasonCode: 'repetida',
            reason: 'Ya está en otro planteamiento.',
          }),
      ],
    ];
    for (const [name, act] of every) {
      const before = await bytesOf(database.db);
      const { actId } = await act();
      const after = await bytesOf(database.db);
      expect([name, after === before]).toEqual([name, false]);
      const { actId: undone } = await emilia.document.undo(undoing(actId!));
      expect([name, await bytesOf(database.db)]).toEqual([name, before]);
      const { actId: again } = await emilia.document.undo(undoing(undone!));
      expect([name, await bytesOf(database.db)]).toEqual([name, after]);
      await emilia.document.undo(undoing(again!));
      expect([name, await bytesOf(database.db)]).toEqual([name, before]);
    }
  });

  it('leaves the frozen versions as they are, also when it is undone', async () => {
    const emilia = await world.as('emilia');
    const bare = await emilia.document.freezeCheck();
    for (const { id } of bare.lacking)
      await emilia.document.retire({ id, revision: (await emilia.document.workingArticle({ id })).revision });
    const id = await readyArticle(world, { title: 'Para congelar' });
    const { number } = await emilia.document.freeze(freezing(0));
    const { sha256, canonical } = await emilia.document.canonical({ number });
    const { actId } = await emilia.document.retire({
      id,
      revision: (await emilia.document.workingArticle({ id })).revision,
    });
    await emilia.document.undo(undoing(actId!));
    expect(await emilia.document.canonical({ number })).toMatchObject({ sha256, canonical });
  });
});

describe('joining two articles', () => {
  it('puts words, concerns, drafts and lists together; the second says into which it went', async () => {
    const emilia = await world.as('emilia');
    const { a, b, one, other, left, right } = await two();
    await emilia.document.setFields({
      ...fieldsOf(await emilia.document.workingArticle({ id: a })),
      addressees: ['ana'],
      law: 'Ley 29338.',
    });
    await emilia.document.setFields({
      ...fieldsOf(await emilia.document.workingArticle({ id: b })),
      addressees: ['minem'],
      law: 'Ley 27651.',
      territory: true,
    });
    await emilia.document.merge(await joining(a, b, { wording: 'second', title: 'Los dos' }));
    const now = await emilia.document.workingArticle({ id: a });
    expect(now).toMatchObject({
      title: 'Los dos',
      text: 'Tercero.\nPrimero.\nSegundo.',
      addressees: ['ana', 'minem'],
      law: 'Ley 29338.\nLey 27651.',
      territory: true,
    });
    expect(now.concerns.map(({ id }) => id).sort()).toEqual([one, other].sort());
    expect(now.sources.map(({ draftId }) => draftId).sort()).toEqual([left.id, right.id].sort());
    expect([await stateOf(one), await stateOf(other)]).toEqual(['recogida', 'recogida']);
    const [gone] = await database.db.select().from(articles).where(eq(articles.id, b));
    expect(gone).toMatchObject({ mergedInto: a, mergedSeq: 1 });
    expect(gone!.retiredAt).not.toBeNull();
    expect(await emilia.document.find({ id: b })).toMatchObject({ into: { id: a, title: 'Los dos' } });
    const told = await database.db
      .select()
      .from(concernDecisions)
      .where(eq(concernDecisions.concernId, other));
    expect(told.map(({ state }) => state)).toEqual(['recogida']);
  });

  it('is refused to who is slower, with what became of it; nothing of hers is done', async () => {
    const [emilia, filomena] = [await world.as('emilia'), await world.as('filomena')];
    const { a, b } = await two();
    const { a: c } = await two('Cuarto.');
    const late = await joining(c, b);
    await emilia.document.merge(await joining(a, b));
    const before = await bytesOf(database.db);
    expect(await problemOf(filomena.document.merge(late))).toMatchObject({
      code: 'document.merged',
      fields: { other: expect.stringContaining('«El primero»') },
    });
    expect(await bytesOf(database.db)).toBe(before);
  });

  it('of two members at the same moment is done by one', async () => {
    const [emilia, filomena] = [await world.as('emilia'), await world.as('filomena')];
    const { a, b } = await two();
    const [there, back] = [await joining(a, b), await joining(b, a)];
    const ends = await Promise.allSettled([emilia.document.merge(there), filomena.document.merge(back)]);
    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('does not stand in the way of who takes up the same draft at that moment: both are done', async () => {
    const [emilia, filomena] = [await world.as('emilia'), await world.as('filomena')];
    for (let round = 0; round < 6; round++) {
      const { a, b, left } = await two();
      const both = await Promise.allSettled([
        joining(b, a).then((input) => emilia.document.merge(input)),
        filomena.document.takeUp(taking({ draftId: left.id, title: 'Otra vez' })),
        filomena.document.takeUp(taking({ draftId: left.id, title: 'Y otra' })),
      ]);
      expect(both.filter(({ status }) => status === 'rejected')).toEqual([]);
    }
  });

  it('loses no word of who writes meanwhile: hers stay in the log, are shown, and come back with an undo', async () => {
    const emilia = await world.as('emilia');
    const { a, b } = await two();
    const [row] = await database.db.select().from(articles).where(eq(articles.id, b));
    const { actId } = await emilia.document.merge(await joining(a, b));
    await append(database.db, row!.textId, world.people.filomena.id, firstUpdate('Palabra tardía. '));
    const { late } = await emilia.document.workingArticle({ id: a });
    expect(late).toMatchObject([
      { id: b, title: 'El segundo', text: expect.stringContaining('Palabra tardía.') },
    ]);
    await emilia.document.undo(undoing(actId!));
    expect((await emilia.document.workingArticle({ id: b })).text).toContain('Palabra tardía.');
    expect((await emilia.document.workingArticle({ id: a })).late).toEqual([]);
  });

  it('leaves out no words that nobody has seen', async () => {
    const emilia = await world.as('emilia');
    const { a, b } = await two();
    const form = await joining(a, b, { wording: 'onlyFirst' });
    const { seq } = await emilia.document.workingArticle({ id: b });
    await emilia.document.editText({ key: randomUUID(), id: b, base: seq, text: 'Tercero. Y algo nuevo.' });
    expect(await problemOf(emilia.document.merge(form))).toMatchObject({ code: 'document.changed.words' });
    await emilia.document.merge({ ...form, key: randomUUID(), wording: 'first' });
    expect((await emilia.document.workingArticle({ id: a })).text).toContain('Y algo nuevo.');
  });

  it('says so where it would be too long, or would join one with itself', async () => {
    const emilia = await world.as('emilia');
    const { a, b } = await two('a '.repeat(15_000).trim(), 'b '.repeat(15_000).trim());
    expect(await problemOf(emilia.document.merge(await joining(a, b)))).toMatchObject({
      code: 'document.merge.text_long',
    });
    expect(await problemOf(emilia.document.merge(await joining(a, a)))).toMatchObject({
      code: 'document.merge.self',
    });
    const long = { law: 'x'.repeat(3000) };
    await emilia.document.setFields({
      ...fieldsOf(await emilia.document.workingArticle({ id: a })),
      ...long,
    });
    await emilia.document.setFields({
      ...fieldsOf(await emilia.document.workingArticle({ id: b })),
      law: 'y'.repeat(3000),
    });
    expect(
      await problemOf(emilia.document.merge(await joining(a, b, { wording: 'onlyFirst' }))),
    ).toMatchObject({
      code: 'document.merge.long.law',
    });
  });
});

describe('dividing an article', () => {
  it('gives two, one behind the other: words by line, concerns as chosen, drafts and lists for both', async () => {
    const emilia = await world.as('emilia');
    const { a, b, one, left } = await two('Uno.\nDos.\nTres.');
    const more = await buildConcern(database.db, world.people.sabina.id);
    const third = await buildConcern(database.db, world.people.sabina.id);
    for (const concernId of [more.id, third.id]) await emilia.document.linkConcern({ id: a, concernId });
    await emilia.document.setFields({
      ...fieldsOf(await emilia.document.workingArticle({ id: a })),
      addressees: ['ana'],
    });
    const { revision, seq } = await emilia.document.workingArticle({ id: a });
    const { newId } = await emilia.document.split({
      ...{ key: randomUUID(), id: a, revision, seq, line: 2, title: 'La otra parte' },
      ...{ go: [more.id], both: [third.id] },
    });
    const [head, tail] = [
      await emilia.document.workingArticle({ id: a }),
      await emilia.document.workingArticle({ id: newId }),
    ];
    expect([head.text, tail.text]).toEqual(['Uno.\nDos.', 'Tres.']);
    expect(tail).toMatchObject({ title: 'La otra parte', addressees: ['ana'], number: head.number + 1 });
    expect((await emilia.document.workingArticle({ id: b })).number).toBe(head.number + 2);
    expect(head.concerns.map(({ id }) => id).sort()).toEqual([one, third.id].sort());
    expect(tail.concerns.map(({ id }) => id).sort()).toEqual([more.id, third.id].sort());
    expect(tail.sources.map(({ draftId }) => draftId)).toEqual([left.id]);
  });

  it('is refused at a line that is not there, at the first, or where one part would say nothing', async () => {
    const emilia = await world.as('emilia');
    const { a } = await two('Uno.\n\n');
    const { revision, seq } = await emilia.document.workingArticle({ id: a });
    for (const line of [1, 7])
      expect(
        await problemOf(
          emilia.document.split({
            ...{ key: randomUUID(), id: a, revision, seq, line, title: 'La otra', go: [], both: [] },
          }),
        ),
      ).toMatchObject({ code: 'document.split.empty', fields: { line: expect.any(String) } });
  });

  it('by who saw another text is told so; words that come for the part that left stay where they were', async () => {
    const emilia = await world.as('emilia');
    const { a } = await two('Uno.\nDos.');
    const { revision, seq } = await emilia.document.workingArticle({ id: a });
    const old = {
      key: randomUUID(),
      id: a,
      revision,
      seq,
      line: 1,
      title: 'La otra parte',
      go: [],
      both: [],
    };
    await emilia.document.editText({ key: randomUUID(), id: a, base: seq, text: 'Cero.\nUno.\nDos.' });
    expect(await problemOf(emilia.document.split(old))).toMatchObject({ code: 'document.changed.words' });
    const seen = await emilia.document.workingArticle({ id: a });
    await emilia.document.split({ ...old, key: randomUUID(), seq: seen.seq, line: 2 });
    // Filomena's phone sends only now what she wrote into the last line.
    await emilia.document.editText({
      key: randomUUID(),
      id: a,
      base: seen.seq,
      text: 'Cero.\nUno.\nDos. Y tres.',
    });
    expect((await emilia.document.workingArticle({ id: a })).text).toContain('Y tres.');
  });
});

describe('undoing', () => {
  it('says what has changed since and by which act, and changes nothing', async () => {
    const emilia = await world.as('emilia');
    const { a, b, one } = await two();
    const article = (id: string) => emilia.document.workingArticle({ id });
    const move = await emilia.document.place({ id: a, revision: (await article(a)).revision, area: 'salud' });
    const { actId: next } = await emilia.document.place({
      id: a,
      revision: (await article(a)).revision,
      area: 'dignidad',
    });
    const tied = await emilia.document.unlinkConcern({ id: a, concernId: one });
    await emilia.concerns.setAside({
      id: one,
      reasonCode: 'repetida',
      reason: 'Ya está en otro planteamiento.',
    });
    const merged = await emilia.document.merge(await joining(a, b));
    const { seq } = await article(a);
    await emilia.document.editText({ key: randomUUID(), id: a, base: seq, text: 'Todo nuevo.' });
    const before = await bytesOf(database.db);
    const [moved] = await database.db.select().from(acts).where(eq(acts.id, next!));
    expect(await problemOf(emilia.document.undo(undoing(move.actId!)))).toMatchObject({
      code: expect.stringMatching(/^acts\.changed\.(place|fields)$/),
      sentence: expect.stringContaining(`en el acto ${moved!.number}`),
    });
    expect(await problemOf(emilia.document.undo(undoing(tied.actId!)))).toMatchObject({
      code: 'acts.changed.concern',
    });
    expect(await problemOf(emilia.document.undo(undoing(merged.actId!)))).toMatchObject({
      code: 'acts.changed.words.unrecorded',
    });
    expect(await bytesOf(database.db)).toBe(before);
  });

  it('is not kept up by what others do elsewhere', async () => {
    const [emilia, filomena] = [await world.as('emilia'), await world.as('filomena')];
    const { a, b, one, other } = await two();
    const untied = await emilia.document.unlinkConcern({ id: a, concernId: one });
    await filomena.document.linkConcern({ id: a, concernId: other });
    await filomena.document.retire({
      id: b,
      revision: (await filomena.document.workingArticle({ id: b })).revision,
    });
    await emilia.document.undo(undoing(untied.actId!));
    const { concerns: held } = await emilia.document.workingArticle({ id: a });
    expect(held.map(({ id }) => id).sort()).toEqual([one, other].sort());
    expect(await stateOf(one)).toBe('recogida');
  });

  it('gives a concern back only to an article that is there, and keeps it taken up while another holds it', async () => {
    const emilia = await world.as('emilia');
    const { a, b, one } = await two();
    const second = await emilia.document.linkConcern({ id: b, concernId: one });
    const untied = await emilia.document.unlinkConcern({ id: a, concernId: one });
    expect(await stateOf(one)).toBe('recogida');
    const { actId } = await emilia.document.retire({
      id: a,
      revision: (await emilia.document.workingArticle({ id: a })).revision,
    });
    expect(await problemOf(emilia.document.undo(undoing(untied.actId!)))).toMatchObject({
      code: 'acts.gone',
    });
    await emilia.document.undo(undoing(actId!));
    await emilia.document.undo(undoing(untied.actId!));
    await emilia.document.undo(undoing(second.actId!));
    expect(await stateOf(one)).toBe('recogida');
  });

  it('takes no article away that something has come to since', async () => {
    const emilia = await world.as('emilia');
    const draft = await buildDraft(database.db, world.mesaAgua.id, { text: 'Una sola línea.' });
    const stray = await buildConcern(database.db, world.people.sabina.id);
    const { id, actId } = await emilia.document.takeUp(taking({ draftId: draft.id }));
    const tied = await emilia.document.linkConcern({ id, concernId: stray.id });
    expect(await problemOf(emilia.document.undo(undoing(actId!)))).toMatchObject({
      code: 'acts.changed.tie',
    });
    await emilia.document.undo(undoing(tied.actId!));
    await emilia.document.undo(undoing(actId!));
    expect(await problemOf(emilia.document.workingArticle({ id }))).toMatchObject({ status: 404 });
  });

  it('can be undone itself where it found nothing left to put back', async () => {
    const emilia = await world.as('emilia');
    const { a, one } = await two();
    const untied = await emilia.document.unlinkConcern({ id: a, concernId: one });
    const [empty] = await database.db
      .insert(acts)
      .values({ kind: 'undo', note: {}, changes: '[]', touched: [], undoes: untied.actId })
      .returning();
    const before = await bytesOf(database.db);
    expect((await emilia.document.undo(undoing(empty!.id))).actId).toEqual(expect.any(String));
    expect(await bytesOf(database.db)).toBe(before);
  });

  it('twice is told, and of two members at once one does it', async () => {
    const [emilia, filomena] = [await world.as('emilia'), await world.as('filomena')];
    const { a, one } = await two();
    const { actId } = await emilia.document.unlinkConcern({ id: a, concernId: one });
    const ends = await Promise.allSettled([
      emilia.document.undo(undoing(actId!)),
      filomena.document.undo(undoing(actId!)),
    ]);
    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await problemOf(emilia.document.undo(undoing(actId!)))).toMatchObject({ code: 'acts.undone' });
  });

  it('puts words back by writing, never by cutting the log', async () => {
    const emilia = await world.as('emilia');
    const { a, b } = await two();
    const [row] = await database.db.select().from(articles).where(eq(articles.id, a));
    const log = () =>
      database.db
        .select()
        .from(textUpdates)
        .where(eq(textUpdates.textId, row!.textId))
        .orderBy(asc(textUpdates.seq));
    const { actId } = await emilia.document.merge(await joining(a, b));
    const joined = await log();
    await emilia.document.undo(undoing(actId!));
    const now = await log();
    expect(now.length).toBe(joined.length + 1);
    expect(now.slice(0, joined.length).map(({ seq }) => seq)).toEqual(joined.map(({ seq }) => seq));
  });
});
