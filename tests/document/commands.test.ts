import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { concernDecisions, concerns } from '~/db/schema/concerns';
import { articleSources } from '~/db/schema/document';
import { drafts } from '~/db/schema/drafts';
import { firstUpdate } from '~/server/drafts/rules';
import { subscribe } from '~/server/events';
import { append, eraseText } from '~/server/realtime/log';
import { problemOf } from '../support/call';
import { until } from '../support/clients';
import { testDatabase } from '../support/db';
import { type DocumentWorld, documentWorld, fieldsOf, words } from '../support/document';
import { buildDraft } from '../support/drafts';
import { buildConcern } from '../support/factories';

const database = testDatabase();
let world: DocumentWorld;
beforeAll(async () => {
  world = await documentWorld(database.db);
});

const stateOf = async (id: string) => {
  const [row] = await database.db.select({ state: concerns.state }).from(concerns).where(eq(concerns.id, id));
  return row!.state;
};
const taking = (over: Record<string, unknown> = {}) => ({
  key: randomUUID(),
  draftId: world.draft.id,
  area: 'agua',
  title: 'Agua limpia',
  concernIds: [] as string[],
  ...over,
});
const numbersOf = async () =>
  (await (await world.as('emilia')).document.working()).chapters.flatMap((chapter) =>
    chapter.articles.map((article) => [article.number, article.title, chapter.area]),
  );

describe('a draft becomes an article', () => {
  it('but not while it is being deleted for good: then it is not there', async () => {
    const emilia = await world.as('emilia');
    const draft = await buildDraft(database.db, world.mesaAgua.id, { text: 'La casa de Zoraida.' });
    let over = false;
    const taken = await database.db.transaction(async (tx) => {
      await tx.update(drafts).set({ state: 'erased', title: '' }).where(eq(drafts.id, draft.id));
      const wanted = problemOf(emilia.document.takeUp(taking({ draftId: draft.id }))).finally(() => {
        over = true;
      });
      wanted.catch(() => {});
      await until('she waits for the deletion', async () => {
        const waiting = await database.db.execute(
          sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        );
        return over || waiting.length > 0;
      });
      await eraseText(tx, draft.textId);
      return { wanted };
    });
    expect((await taken.wanted).code).toBe('not_found');
    const sources = await database.db
      .select()
      .from(articleSources)
      .where(eq(articleSources.draftId, draft.id));
    expect(sources).toEqual([]);
  });

  it('with its words at that moment, its source, and its concerns, which are taken up', async () => {
    const emilia = await world.as('emilia');
    const { id } = await emilia.document.takeUp(taking());
    const article = await emilia.document.workingArticle({ id });
    expect(article).toMatchObject({
      title: 'Agua limpia',
      area: 'agua',
      areas: ['agua'],
      text: words,
      number: 1,
    });
    expect(article.concerns.map((concern) => concern.id).sort()).toEqual(
      [world.skin.id, world.far.id].sort(),
    );
    expect(article.sources).toMatchObject([{ draftId: world.draft.id, title: 'Agua limpia' }]);
    const [source] = await database.db.select().from(articleSources).where(eq(articleSources.articleId, id));
    expect(source).toMatchObject({ seq: 1, takenBy: world.people.emilia.id });
    expect(await stateOf(world.skin.id)).toBe('recogida');
    const [decision] = await database.db
      .select()
      .from(concernDecisions)
      .where(eq(concernDecisions.concernId, world.skin.id));
    expect(decision).toMatchObject({ state: 'recogida', decidedBy: world.people.emilia.id });
  });

  it('and the draft goes on by itself: what is written there later does not change the article', async () => {
    const draft = await buildDraft(database.db, world.mesaAgua.id, { text: 'Primera palabra.' });
    const emilia = await world.as('emilia');
    const { seq } = await emilia.document.draftToTake({ id: draft.id });
    await append(database.db, draft.textId, null, firstUpdate('Palabra de más tarde.'));
    const { id } = await emilia.document.takeUp(taking({ draftId: draft.id, seq }));
    expect((await emilia.document.workingArticle({ id })).text).toBe('Primera palabra.');
    const [source] = await database.db.select().from(articleSources).where(eq(articleSources.articleId, id));
    expect(source!.seq).toBe(1);
  });

  it('by a passage alone, if the draft says it', async () => {
    const emilia = await world.as('emilia');
    const passage = 'Su uso no se cobra.';
    const { id } = await emilia.document.takeUp(taking({ wording: 'passage', passage, concerns: 'some' }));
    expect(await emilia.document.workingArticle({ id })).toMatchObject({ text: passage, concerns: [] });
    const forged = taking({ wording: 'passage', passage: 'Su uso se cobra.' });
    expect(await problemOf(emilia.document.takeUp(forged))).toMatchObject({
      code: 'document.passage_unknown',
      status: 422,
      fields: { passage: expect.stringContaining('no está en el borrador') },
    });
    const missing = taking({ wording: 'passage' });
    expect(await problemOf(emilia.document.takeUp(missing))).toMatchObject({
      code: 'document.passage_missing',
    });
  });

  it('with the chosen concerns only, and with none that is not the draft’s', async () => {
    const emilia = await world.as('emilia');
    const chosen = taking({ concerns: 'some', concernIds: [world.far.id] });
    const { id } = await emilia.document.takeUp(chosen);
    const { concerns: carried } = await emilia.document.workingArticle({ id });
    expect(carried.map((concern) => concern.id)).toEqual([world.far.id]);
    const stranger = await buildConcern(database.db, world.people.rufino.id);
    const wrong = taking({ concerns: 'some', concernIds: [stranger.id] });
    expect(await problemOf(emilia.document.takeUp(wrong))).toMatchObject({
      code: 'document.concern_elsewhere',
    });
    expect(await stateOf(stranger.id)).toBe('recibida');
  });

  it('leaves a concern that is kept in its space where it is', async () => {
    const kept = await buildConcern(database.db, world.people.sabina.id, {
      spaceId: world.casaFlor.id,
      audience: 'space',
    });
    const draft = await buildDraft(database.db, world.mesaAgua.id, { text: 'Agua.', concernIds: [kept.id] });
    const emilia = await world.as('emilia');
    const { id } = await emilia.document.takeUp(taking({ draftId: draft.id }));
    expect((await emilia.document.workingArticle({ id })).concerns).toEqual([]);
    expect(await stateOf(kept.id)).toBe('recibida');
  });

  it('once, however often the same form is sent', async () => {
    const emilia = await world.as('emilia');
    const form = taking({ title: 'Una sola vez' });
    const answers = await Promise.all([1, 2, 3].map(() => emilia.document.takeUp(form)));
    expect(new Set(answers.map((answer) => answer.id)).size).toBe(1);
    expect((await numbersOf()).filter(([, title]) => title === 'Una sola vez')).toHaveLength(1);
  });

  it('not while it is empty, and not from a space the editor does not see', async () => {
    const emilia = await world.as('emilia');
    const empty = await buildDraft(database.db, world.mesaAgua.id);
    expect(await problemOf(emilia.document.takeUp(taking({ draftId: empty.id })))).toMatchObject({
      code: 'document.draft_empty',
    });
    const secret = await buildDraft(database.db, world.casaFlor.id, { text: 'Nuestro.' });
    const unseen = await problemOf(emilia.document.takeUp(taking({ draftId: secret.id })));
    const unknown = await problemOf(emilia.document.takeUp(taking({ draftId: randomUUID() })));
    expect(unseen).toEqual(unknown);
    expect(unknown.status).toBe(404);
  });
});

describe('the fields of an article', () => {
  it('are saved, and who saves from an older sheet is told and overwrites nobody', async () => {
    const [emilia, filomena] = [await world.as('emilia'), await world.as('filomena')];
    const { id } = await emilia.document.takeUp(taking({ title: 'Para dos editoras' }));
    const seen = fieldsOf(await emilia.document.workingArticle({ id }));
    await filomena.document.setFields({
      ...seen,
      law: 'La ley 29338 habla del agua.',
      areas: ['agua', 'salud'],
    });
    expect(await problemOf(emilia.document.setFields({ ...seen, law: 'Otra cosa.' }))).toMatchObject({
      code: 'document.changed.taken',
      status: 409,
    });
    const now = await emilia.document.workingArticle({ id });
    expect(now).toMatchObject({ law: 'La ley 29338 habla del agua.', areas: ['agua', 'salud'] });
    await emilia.document.setFields({ ...fieldsOf(now), law: 'Otra cosa.' });
    expect((await emilia.document.workingArticle({ id })).law).toBe('Otra cosa.');
  });

  it('of two sheets sent in the same moment keep one', async () => {
    const [emilia, filomena] = [await world.as('emilia'), await world.as('filomena')];
    const { id } = await emilia.document.takeUp(taking({ title: 'Al mismo tiempo' }));
    const seen = fieldsOf(await emilia.document.workingArticle({ id }));
    const ends = await Promise.allSettled([
      emilia.document.setFields({ ...seen, reality: 'Lo que vio Emilia.' }),
      filomena.document.setFields({ ...seen, reality: 'Lo que vio Filomena.' }),
    ]);
    expect(ends.map((end) => end.status).sort()).toEqual(['fulfilled', 'rejected']);
    const { reality, revision } = await emilia.document.workingArticle({ id });
    expect(reality).toBe(ends[0]!.status === 'fulfilled' ? 'Lo que vio Emilia.' : 'Lo que vio Filomena.');
    expect(revision).toBe(2);
  });

  it('need a reason where the gender check is waived, and known authorities and areas', async () => {
    const emilia = await world.as('emilia');
    const { id } = await emilia.document.takeUp(taking());
    const fields = fieldsOf(await emilia.document.workingArticle({ id }));
    expect(await problemOf(emilia.document.setFields({ ...fields, genderWaived: true }))).toMatchObject({
      code: 'document.waive_reason',
      fields: { genderCheck: expect.any(String) },
    });
    const invented = { ...fields, addressees: ['ministerio-del-oro'] };
    expect(await problemOf(emilia.document.setFields(invented))).toMatchObject({
      code: 'input',
      fields: { addressees: expect.any(String) },
    });
    expect(await problemOf(emilia.document.setFields({ ...fields, areas: [] }))).toMatchObject({
      fields: { areas: expect.any(String) },
    });
  });
});

describe('the text of an article', () => {
  it('keeps what two editors wrote from the same sheet', async () => {
    const [emilia, filomena] = [await world.as('emilia'), await world.as('filomena')];
    const { id } = await emilia.document.takeUp(taking({ title: 'Texto de dos' }));
    const { seq: base } = await emilia.document.workingArticle({ id });
    const first = await emilia.document.editText({
      key: randomUUID(),
      id,
      base,
      text: words.replace('agua limpia', 'agua limpia y segura'),
    });
    const second = await filomena.document.editText({
      key: randomUUID(),
      id,
      base,
      text: words.replace('no se cobra', 'es gratuito'),
    });
    expect([first.merged, second.merged]).toEqual([false, true]);
    expect((await emilia.document.workingArticle({ id })).text).toBe(
      'Hay un punto de agua limpia y segura cerca de cada campamento.\nSu uso es gratuito.',
    );
  });

  it('is told to whoever has it open, and a text that did not change is not written again', async () => {
    const emilia = await world.as('emilia');
    const { id } = await emilia.document.takeUp(taking());
    const told: string[] = [];
    const silence = subscribe((event) => event.type === 'text.appended' && told.push(event.textId));
    const sheet = { id, base: 1, text: `${words}\nY hay un baño.` };
    await emilia.document.editText({ key: randomUUID(), ...sheet });
    await emilia.document.editText({ key: randomUUID(), id, base: 2, text: sheet.text });
    silence();
    expect(told).toHaveLength(1);
    expect((await emilia.document.workingArticle({ id })).seq).toBe(2);
  });

  it('is not written from a sheet that never was', async () => {
    const emilia = await world.as('emilia');
    const { id } = await emilia.document.takeUp(taking());
    const call = emilia.document.editText({ key: randomUUID(), id, base: 99, text: 'Nada.' });
    expect(await problemOf(call)).toMatchObject({
      code: 'document.text_base',
      fields: { text: expect.any(String) },
    });
  });
});

describe('the place of an article', () => {
  it('gives it its number, and moving renumbers the others', async () => {
    const emilia = await world.as('emilia');
    const made = [];
    for (const title of ['Salud uno', 'Salud dos', 'Salud tres'])
      made.push(await emilia.document.takeUp(taking({ area: 'salud', title })));
    const inHealth = async () =>
      (await numbersOf()).filter(([, , area]) => area === 'salud').map(([, title]) => title);
    await emilia.document.place({ id: made[2]!.id, revision: 1, area: 'salud' });
    expect(await inHealth()).toEqual(['Salud tres', 'Salud uno', 'Salud dos']);
    await emilia.document.place({ id: made[2]!.id, revision: 2, area: 'salud', after: made[0]!.id });
    expect(await inHealth()).toEqual(['Salud uno', 'Salud tres', 'Salud dos']);
    await emilia.document.place({ id: made[0]!.id, revision: 1, area: 'dignidad' });
    expect(await inHealth()).toEqual(['Salud tres', 'Salud dos']);
    const all = await numbersOf();
    expect(all.at(-1)).toEqual([all.length, 'Salud uno', 'dignidad']);
    expect(all.map(([number]) => number)).toEqual(all.map((_, i) => i + 1));
    expect((await emilia.document.workingArticle({ id: made[0]!.id })).areas).toEqual(['salud', 'dignidad']);
  });

  it('is not taken after an article of another chapter, nor from an older sheet', async () => {
    const emilia = await world.as('emilia');
    const [one, other] = [
      await emilia.document.takeUp(taking({ area: 'dignidad' })),
      await emilia.document.takeUp(taking({ area: 'agua' })),
    ];
    const wrong = { id: one.id, revision: 1, area: 'dignidad', after: other.id };
    expect(await problemOf(emilia.document.place(wrong))).toMatchObject({
      code: 'document.after_gone',
      fields: { after: expect.any(String) },
    });
    await emilia.document.place({ id: one.id, revision: 1, area: 'salud' });
    const late = { id: one.id, revision: 1, area: 'agua' };
    expect(await problemOf(emilia.document.place(late))).toMatchObject({ code: 'document.changed.taken' });
  });

  it('stays without gaps and doubles when two editors move at once', async () => {
    const [emilia, filomena] = [await world.as('emilia'), await world.as('filomena')];
    const made = [];
    for (let i = 0; i < 6; i++)
      made.push(await emilia.document.takeUp(taking({ area: 'agua', title: `A la vez ${i}` })));
    await Promise.all(
      made.map(({ id }, i) =>
        (i % 2 ? emilia : filomena).document.place({ id, revision: 1, area: 'credito-y-tecnologia-limpia' }),
      ),
    );
    const moved = (await numbersOf()).filter(([, , area]) => area === 'credito-y-tecnologia-limpia');
    expect(moved).toHaveLength(6);
    expect(moved.map(([number]) => number)).toEqual(moved.map((_, i) => Number(moved[0]![0]) + i));
  });
});

describe('the concerns of an article', () => {
  it('are taken up while one article holds them, and debated again when the last lets go', async () => {
    const emilia = await world.as('emilia');
    const concern = await buildConcern(database.db, world.people.sabina.id);
    const empty = { concerns: 'some' } as const;
    const [one, two] = [
      await emilia.document.takeUp(taking(empty)),
      await emilia.document.takeUp(taking(empty)),
    ];
    await emilia.document.linkConcern({ id: one.id, concernNumber: concern.number });
    await emilia.document.linkConcern({ id: two.id, concernId: concern.id });
    await emilia.document.linkConcern({ id: two.id, concernId: concern.id });
    expect(await stateOf(concern.id)).toBe('recogida');
    await emilia.document.unlinkConcern({ id: one.id, concernId: concern.id });
    expect(await stateOf(concern.id)).toBe('recogida');
    await emilia.document.unlinkConcern({ id: two.id, concernId: concern.id });
    expect(await stateOf(concern.id)).toBe('en_debate');
    const kept = await database.db
      .select()
      .from(concernDecisions)
      .where(eq(concernDecisions.concernId, concern.id));
    expect(kept.map((row) => row.state)).toEqual(['recogida', 'en_debate']);
  });

  it('let go by both articles in the same moment are not left as taken up', async () => {
    const [emilia, filomena] = [await world.as('emilia'), await world.as('filomena')];
    for (let round = 0; round < 5; round++) {
      const concern = await buildConcern(database.db, world.people.sabina.id);
      const ids = [];
      for (let i = 0; i < 2; i++) {
        const { id } = await emilia.document.takeUp(taking({ concerns: 'some' }));
        await emilia.document.linkConcern({ id, concernId: concern.id });
        ids.push(id);
      }
      await Promise.all([
        emilia.document.unlinkConcern({ id: ids[0]!, concernId: concern.id }),
        filomena.document.unlinkConcern({ id: ids[1]!, concernId: concern.id }),
      ]);
      expect(await stateOf(concern.id)).toBe('en_debate');
    }
  });

  it('kept in their space are answered as if they were not there', async () => {
    const emilia = await world.as('emilia');
    const { id } = await emilia.document.takeUp(taking());
    const kept = await buildConcern(database.db, world.people.sabina.id, {
      spaceId: world.casaFlor.id,
      audience: 'space',
    });
    const unseen = await problemOf(emilia.document.linkConcern({ id, concernId: kept.id }));
    const unknown = await problemOf(emilia.document.linkConcern({ id, concernId: randomUUID() }));
    expect(unseen).toEqual(unknown);
    expect(unknown.fields.concernNumber).toBe('No encontramos un planteamiento público con ese número.');
  });
});

describe('a retired article', () => {
  it('frees its concerns and its number, closes its text, and cannot be written any more', async () => {
    const emilia = await world.as('emilia');
    const concern = await buildConcern(database.db, world.people.sabina.id);
    const { id } = await emilia.document.takeUp(taking({ title: 'Se retira', concerns: 'some' }));
    await emilia.document.linkConcern({ id, concernId: concern.id });
    const cut: string[][] = [];
    const silence = subscribe((event) => event.type === 'access.text.closed' && cut.push(event.textIds));
    await emilia.document.retire({ id, revision: 1 });
    silence();
    expect(cut).toHaveLength(1);
    expect(await stateOf(concern.id)).toBe('en_debate');
    expect((await numbersOf()).map(([, title]) => title)).not.toContain('Se retira');
    const late = { key: randomUUID(), id, base: 1, text: 'Tarde.' };
    expect(await problemOf(emilia.document.editText(late))).toMatchObject({ code: 'document.retired' });
    expect(await problemOf(emilia.document.workingArticle({ id }))).toMatchObject({ status: 404 });
  });
});
