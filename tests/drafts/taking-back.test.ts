import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { remarkAtMost } from '~/server/drafts/schema';
import { callAs, problemOf } from '../support/call';
import { testDatabase } from '../support/db';
import { buildDraft, remarked, versioned } from '../support/drafts';
import { forumWorld } from '../support/people';

const t = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
type Caller = Awaited<ReturnType<typeof callAs>>;
let nieves: Caller;
let rufino: Caller;
let sabina: Caller;
beforeAll(async () => {
  world = await forumWorld(t.db);
  [nieves, rufino, sabina] = await Promise.all([
    callAs(t.db, world.people.nieves.id),
    callAs(t.db, world.people.rufino.id),
    callAs(t.db, world.people.sabina.id),
  ]);
});
const draftWith = (text = 'Pedimos agua.') => buildDraft(t.db, world.mesaAgua.id, { text });
const answer = (as: Caller, id: string, words: string) =>
  as.drafts.answerComment({ id, key: randomUUID(), words });
const one = async (id: string) => (await nieves.drafts.comments({ id })).items[0];

describe('what Sabina has said beside a draft', () => {
  it('goes when she deletes it, and nobody else may', async () => {
    const draft = await draftWith();
    const { id } = await remarked(t.db, draft, world.people.sabina.id);
    expect((await one(draft.id))!.remove).toBe(false);
    expect((await sabina.drafts.comments({ id: draft.id })).items[0]!.remove).toBe(true);
    expect(await problemOf(rufino.drafts.removeComment({ id }))).toMatchObject({ code: 'refused' });
    await sabina.drafts.removeComment({ id });
    expect(await one(draft.id)).toBeUndefined();
    expect((await problemOf(sabina.drafts.removeComment({ id }))).code).toBe('not_found');
  });

  it('leaves the answers of others where they are, without her words and her name', async () => {
    const draft = await draftWith();
    const { id } = await remarked(t.db, draft, world.people.sabina.id);
    await answer(rufino, id, 'Desde 2019.');
    await sabina.drafts.removeComment({ id });
    const left = (await one(draft.id))!;
    expect(left).toMatchObject({ words: '', mine: false, answered: 1 });
    expect(left.by).not.toMatchObject({ name: 'Flor de Cuarzo' });
    await rufino.drafts.removeComment({ id: left.answers[0]!.id });
    expect(await one(draft.id)).toBeUndefined();
  });

  it('can be an answer, which goes alone', async () => {
    const draft = await draftWith();
    const { id } = await remarked(t.db, draft, world.people.rufino.id);
    await answer(sabina, id, 'Me equivoqué.');
    await answer(nieves, id, 'Así es.');
    const { answers } = (await one(draft.id))!;
    await sabina.drafts.removeComment({ id: answers[0]!.id });
    expect((await one(draft.id))!.answers.map(({ words }) => words)).toEqual(['Así es.']);
  });
});

describe('a remark with many answers', () => {
  it('shows the last five in a list, and all of them page by page on its own page', async () => {
    const draft = await draftWith();
    const { id } = await remarked(t.db, draft, world.people.sabina.id);
    for (let i = 1; i <= 17; i++)
      await remarked(t.db, draft, world.people.rufino.id, {
        parentId: id,
        words: `Respuesta ${i}`,
        createdAt: new Date(2026, 0, 1, 0, i),
      });
    const listed = (await one(draft.id))!;
    expect(listed.answered).toBe(17);
    expect(listed.answers.map(({ words }) => words)).toEqual(
      [13, 14, 15, 16, 17].map((i) => `Respuesta ${i}`),
    );
    const second = await nieves.drafts.comments({ id: draft.id, one: id, page: 2 });
    expect(second).toMatchObject({ page: 2, pages: 2, single: true });
    expect(second.items[0]!.answers.map(({ words }) => words)).toEqual(['Respuesta 16', 'Respuesta 17']);
    const other = await draftWith();
    const there = await problemOf(nieves.drafts.comments({ id: other.id, one: id }));
    expect(there).toEqual(await problemOf(nieves.drafts.comments({ id: other.id, one: randomUUID() })));
    expect(there.code).toBe('not_found');
  });
});

describe('the words a remark is about', () => {
  it('are 400 letters at most, whether they are copied or left empty', async () => {
    const draft = await draftWith(`Pedimos agua ${'limpia '.repeat(100)}.`);
    const say = (quote: string) =>
      sabina.drafts.comment({ id: draft.id, key: randomUUID(), seq: 1, at: 0, quote, words: '¿Dónde?' });
    for (const quote of ['', 'limpia '.repeat(60)])
      expect(await problemOf(say(quote))).toMatchObject({
        code: 'drafts.comment.long',
        fields: { quote: expect.stringContaining('400') },
      });
    await say('Pedimos agua');
    // And stay so, whatever others write between them.
    const { seq, text } = await nieves.drafts.detail({ id: draft.id });
    const grown = text.replace('Pedimos', `Pedimos ${'mucha '.repeat(200)}`);
    await nieves.drafts.editByForm({ id: draft.id, key: randomUUID(), seq, text: grown });
    expect((await one(draft.id))!.now!.length).toBeLessThan(remarkAtMost);
  });
});

describe('a version that Nieves has named', () => {
  it('goes when she deletes it, and nobody else may; the draft stays', async () => {
    const draft = await draftWith();
    const { id } = await versioned(t.db, draft.id, 'Pedimos.', 'Primera', world.people.nieves.id);
    expect((await rufino.drafts.version({ id: draft.id, versionId: id })).abilities.remove).toBe(false);
    expect(await problemOf(rufino.drafts.removeVersion({ id }))).toMatchObject({ code: 'refused' });
    expect((await nieves.drafts.version({ id: draft.id, versionId: id })).abilities.remove).toBe(true);
    await nieves.drafts.removeVersion({ id });
    expect((await nieves.drafts.versions({ id: draft.id })).items).toEqual([]);
    expect((await nieves.drafts.detail({ id: draft.id })).text).toBe('Pedimos agua.');
  });
});
