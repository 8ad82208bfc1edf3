import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { actorOfPerson, anonymous } from '~/server/actor';
import { openDoc } from '~/server/document/live';
import { problemOf } from '../support/call';
import { testDatabase } from '../support/db';
import { type DocumentWorld, documentWorld, fieldsOf, freezing, readyArticle } from '../support/document';
import { buildDraft } from '../support/drafts';
import { buildSpaceRole } from '../support/factories';

const database = testDatabase();
let world: DocumentWorld;
let articleId: string;
beforeAll(async () => {
  world = await documentWorld(database.db);
  // Her base's own space gives her no say in the document.
  await buildSpaceRole(database.db, world.casaFlor.id, world.people.elvira.id, 'coordinator');
  articleId = await readyArticle(world);
});
const insiders = ['emilia', 'filomena', 'gloria', 'mery', 'delia', 'nieves', 'rufino'] as const;
const outsiders = [null, 'sabina', 'elvira', 'ysabel', 'hilario', 'benita', 'amador', 'carla'] as const;

describe('the document in the making', () => {
  it.each(insiders)('is read by %s', async (name) => {
    const caller = await world.as(name);
    expect((await caller.document.working()).total).toBe(1);
    expect(await caller.document.workingArticle({ id: articleId })).toMatchObject({ title: 'Agua limpia' });
  });

  it.each(outsiders)('is not there for %s: the same answer as for what does not exist', async (name) => {
    const caller = await world.as(name);
    const unknown = await problemOf(caller.document.workingArticle({ id: randomUUID() }));
    expect(unknown.status).toBe(404);
    expect(await problemOf(caller.document.workingArticle({ id: articleId }))).toEqual(unknown);
    expect(await problemOf(caller.document.working())).toEqual(unknown);
    expect(await problemOf(caller.document.find({ id: articleId }))).toEqual(unknown);
    expect(await problemOf(caller.document.retire({ id: articleId, revision: 2 }))).toEqual(unknown);
    expect(await problemOf(caller.document.freeze(freezing(0)))).toEqual(unknown);
  });

  it('is written by the committee alone: those who read it are told that it is not theirs to do', async () => {
    for (const name of ['gloria', 'mery', 'nieves'] as const) {
      const caller = await world.as(name);
      const fields = fieldsOf(await caller.document.workingArticle({ id: articleId }));
      for (const call of [
        () => caller.document.setFields(fields),
        () => caller.document.editText({ key: randomUUID(), id: articleId, base: 1, text: 'Mío.' }),
        () => caller.document.place({ id: articleId, revision: 2, area: 'salud' }),
        () => caller.document.retire({ id: articleId, revision: 2 }),
        () => caller.document.linkConcern({ id: articleId, concernId: world.skin.id }),
        () => caller.document.unlinkConcern({ id: articleId, concernId: world.skin.id }),
        () => caller.document.freeze(freezing(0)),
        () => caller.document.desk({ page: 1 }),
        () => caller.document.freezeCheck(),
      ])
        expect(await problemOf(call())).toMatchObject({ code: 'refused', status: 403 });
    }
    const untouched = await (await world.as('emilia')).document.workingArticle({ id: articleId });
    expect(untouched).toMatchObject({ revision: 2, seq: 1, area: 'agua' });
  });
});

describe('the text of an article by socket', () => {
  it.each([
    ['emilia', 'edit'],
    ['filomena', 'edit'],
    ['gloria', 'read'],
    ['mery', 'read'],
    ['nieves', 'read'],
    ['sabina', 'none'],
    ['carla', 'none'],
    ['amador', 'none'],
  ] as const)('%s: %s', async (name, right) => {
    const actor = await actorOfPerson(database.db, world.people[name].id);
    expect(await openDoc(actor, articleId)).toMatchObject({ right });
    expect(await openDoc(actor, randomUUID())).toBeNull();
  });

  it('is open to nobody without a session, and to nobody once the article is retired', async () => {
    expect(await openDoc(anonymous, articleId)).toMatchObject({ right: 'none' });
    const emilia = await world.as('emilia');
    const id = await readyArticle(world, { title: 'Se retira' });
    await emilia.document.retire({ id, revision: 2 });
    const actor = await actorOfPerson(database.db, world.people.emilia.id);
    expect(await openDoc(actor, id)).toMatchObject({ right: 'none' });
  });
});

describe('the desk', () => {
  it('shows the drafts that the editor may see and the public concerns that wait', async () => {
    const secret = await buildDraft(database.db, world.casaFlor.id, {
      title: 'Solo nuestro',
      text: 'Nuestro.',
    });
    const emilia = await world.as('emilia');
    const { drafts } = await emilia.document.desk({ page: 1 });
    expect(drafts).toMatchObject([{ id: world.draft.id, concerns: 2, articles: 1 }]);
    expect(await problemOf(emilia.document.draftToTake({ id: secret.id }))).toEqual(
      await problemOf(emilia.document.draftToTake({ id: randomUUID() })),
    );
  });
});

describe('a source that is not public', () => {
  it('is named to nobody outside its space', async () => {
    const emilia = await world.as('emilia');
    const { number } = await emilia.document.freeze(freezing(0));
    const shown = await (await world.as(null)).document.article({ number, article: 1 });
    expect(shown.sources).toEqual([]);
    const member = await (await world.as('sabina')).document.article({ number, article: 1 });
    expect(member.sources).toMatchObject([{ title: 'Agua limpia' }]);
  });
});
