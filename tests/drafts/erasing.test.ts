import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { articleSources, articles, chapters } from '~/db/schema/document';
import {
  draftComments,
  draftSuggestions,
  drafts,
  draftVersions,
  textAuthors,
  textSnapshots,
  texts,
  textUpdates,
} from '~/db/schema/drafts';
import { actorOfPerson } from '~/server/actor';
import { openDoc } from '~/server/drafts/live';
import { firstUpdate } from '~/server/drafts/rules';
import { type ForumEvent, subscribe } from '~/server/events';
import { append, UnknownText } from '~/server/realtime/log';
import { callAs, problemOf } from '../support/call';
import { testDatabase } from '../support/db';
import { buildDraft, remarked, suggested, versioned } from '../support/drafts';
import { buildConcern } from '../support/factories';
import { forumWorld } from '../support/people';
import { whereIs } from '../support/where';

const t = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
type Caller = Awaited<ReturnType<typeof callAs>>;
let mery: Caller;
let nieves: Caller;
beforeAll(async () => {
  world = await forumWorld(t.db);
  [mery, nieves] = await Promise.all([
    callAs(t.db, world.people.mery.id),
    callAs(t.db, world.people.nieves.id),
  ]);
});
const form = (id: string, over = {}) => ({
  id,
  key: randomUUID(),
  reason: 'Tenía datos de una familia.',
  word: 'Borrar',
  ...over,
});

/** A draft of the table of the water with everything a draft may have beside it. */
async function fullDraft() {
  const concern = await buildConcern(t.db, world.people.sabina.id, { state: 'en_debate' });
  const draft = await buildDraft(t.db, world.mesaAgua.id, {
    text: 'La casa de Zoraida queda arriba.',
    title: 'La casa de Zoraida',
    concernIds: [concern.id],
  });
  await suggested(t.db, draft, world.people.sabina.id, 'La casa de Zoraida.');
  const remark = await remarked(t.db, draft, world.people.sabina.id);
  await nieves.drafts.answerComment({ id: remark.id, key: randomUUID(), words: 'Zoraida no quiere.' });
  await versioned(t.db, draft.id, 'La casa de Zoraida.');
  return { draft, concern };
}

describe('a draft that Mery deletes for good', () => {
  it('leaves no word of it anywhere: not of its text, not beside it, not of its title', async () => {
    const { draft, concern } = await fullDraft();
    const told: ForumEvent[] = [];
    const silence = subscribe((event) => void told.push(event));
    await mery.drafts.erase(form(draft.id));
    silence();
    expect(told).toEqual([{ type: 'access.text.erased', textIds: [draft.textId] }]);
    for (const table of [textUpdates, textSnapshots, textAuthors])
      expect(await t.db.select().from(table).where(eq(table.textId, draft.textId))).toEqual([]);
    for (const table of [draftSuggestions, draftVersions])
      expect(await t.db.select().from(table).where(eq(table.draftId, draft.id))).toEqual([]);
    const left = await t.db.select().from(draftComments).where(eq(draftComments.draftId, draft.id));
    expect(left.map(({ words, quote }) => [words, quote])).toEqual([['Tenía datos de una familia.', null]]);
    const [row] = await t.db.select().from(drafts).where(eq(drafts.id, draft.id));
    expect(row).toMatchObject({ state: 'erased', title: '' });
    const [text] = await t.db.select().from(texts).where(eq(texts.id, draft.textId));
    expect(text!.erasedAt).not.toBeNull();
    const received = await nieves.concerns.detail({ id: concern.id });
    expect(received.state).toBe('recibida');
  });

  it('leaves no word of it in any row of any table, not even among bytes, whoever wrote it by which form', async () => {
    const word = 'Quispicanchi-canario';
    const made = await mery.drafts.create({
      ...{ key: randomUUID(), spaceId: world.mesaAgua.id, title: `Lo de ${word}`, concernIds: [] },
    });
    const { id } = made;
    const write = async (text: string) => {
      const { seq } = await mery.drafts.detail({ id });
      await mery.drafts.editByForm({ id, key: randomUUID(), seq, text });
    };
    await write(`${word} vive arriba.\n${word} no quiere.`);
    await write(`${word} vive arriba.`);
    const { seq } = await nieves.drafts.detail({ id });
    const at = { id, seq, at: 0 };
    await nieves.drafts.suggest({
      ...at,
      key: randomUUID(),
      text: `${word} vive abajo.`,
      reason: `Por ${word}.`,
    });
    await nieves.drafts.comment({
      ...at,
      key: randomUUID(),
      quote: word,
      words: `¿Quién es ${word}?`,
    });
    const [remark] = (await mery.drafts.comments({ id, page: 1 })).items;
    await mery.drafts.answerComment({ id: remark!.id, key: randomUUID(), words: `${word} es mi vecina.` });
    await mery.drafts.nameVersion({ id, key: randomUUID(), name: `Con ${word}` });
    await mery.drafts.retitle({ id, title: `De ${word}` });
    expect((await whereIs(t.db, word)).length).toBeGreaterThan(5);
    await mery.drafts.erase(form(id));
    expect(await whereIs(t.db, word)).toEqual([]);
  });

  it('is there for nobody any more, and takes nothing', async () => {
    const { draft } = await fullDraft();
    await mery.drafts.erase(form(draft.id));
    const nowhere = await problemOf(mery.drafts.detail({ id: randomUUID() }));
    expect(await problemOf(mery.drafts.detail({ id: draft.id }))).toEqual(nowhere);
    expect(await problemOf(mery.drafts.comments({ id: draft.id }))).toEqual(nowhere);
    expect(await problemOf(mery.drafts.reopen({ id: draft.id }))).toEqual(nowhere);
    expect(await openDoc(await actorOfPerson(t.db, world.people.mery.id), draft.id)).toBeNull();
    const late = append(t.db, draft.textId, world.people.nieves.id, firstUpdate('tarde'));
    await expect(late).rejects.toBeInstanceOf(UnknownText);
    const lines = await mery.drafts.ofSpace({ spaceId: world.mesaAgua.id });
    expect(lines.map(({ id }) => id)).not.toContain(draft.id);
  });

  it('is told at its table: when, and why', async () => {
    const { draft } = await fullDraft();
    await mery.drafts.erase(form(draft.id, { reason: 'Estaba dos veces en la mesa.' }));
    const hilario = await callAs(t.db, world.people.hilario.id);
    const erased = await hilario.drafts.erasures({ spaceId: world.mesaAgua.id });
    expect(erased[0]).toMatchObject({ id: draft.id, reason: 'Estaba dos veces en la mesa.' });
    const casa = await buildDraft(t.db, world.casaFlor.id, { text: 'Entre nosotras.' });
    const elvira = await callAs(t.db, world.people.elvira.id);
    await elvira.drafts.erase(form(casa.id));
    expect(await hilario.drafts.erasures({ spaceId: world.casaFlor.id })).toEqual([]);
    expect(await elvira.drafts.erasures({ spaceId: world.casaFlor.id })).toHaveLength(1);
  });

  it('needs the word and a reason, and who coordinates; pressed twice it is done once', async () => {
    const { draft } = await fullDraft();
    expect((await problemOf(nieves.drafts.erase(form(draft.id)))).code).toBe('refused');
    expect(await problemOf(mery.drafts.erase(form(draft.id, { word: 'sí' })))).toMatchObject({
      code: 'drafts.erase.word',
      fields: { word: expect.any(String) },
    });
    expect((await problemOf(mery.drafts.erase(form(draft.id, { reason: '' })))).fields).toHaveProperty(
      'reason',
    );
    expect((await nieves.drafts.detail({ id: draft.id })).text).toContain('Zoraida');
    const press = form(draft.id);
    const done = await Promise.all([mery.drafts.erase(press), mery.drafts.erase(press)]);
    expect(done[0]).toEqual(done[1]);
  });

  it('stays where an article was made of it', async () => {
    const { draft } = await fullDraft();
    const [chapter] = await t.db
      .insert(chapters)
      .values({ area: 'agua', position: 1 })
      .onConflictDoUpdate({ target: chapters.area, set: { position: 1 } })
      .returning();
    const [article] = await t.db
      .insert(articles)
      .values({ chapterId: chapter!.id, textId: draft.textId, position: 1, title: 'Agua', areas: ['agua'] })
      .returning();
    await t.db.insert(articleSources).values({ articleId: article!.id, draftId: draft.id, seq: 1 });
    expect((await problemOf(mery.drafts.erase(form(draft.id)))).code).toBe('drafts.erase.article');
    expect((await mery.drafts.detail({ id: draft.id })).inArticle).toBe(true);
    expect((await mery.drafts.detail({ id: draft.id })).text).toContain('Zoraida');
  });
});
