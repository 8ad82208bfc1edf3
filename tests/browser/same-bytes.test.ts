import { beforeAll, expect, it } from 'vitest';
import { padronImports } from '~/db/schema/associations';
import { articles, chapters, versionArticles } from '~/db/schema/document';
import { texts } from '~/db/schema/drafts';
import { responseRequests } from '~/db/schema/responses';
import { buildVersion } from '../support/ballots';
import { buildDraft, remarked, suggested } from '../support/drafts';
import { buildConcern } from '../support/factories';
import { type Answer, httpForum } from '../support/http';
import { forumWorld } from '../support/people';

const http = httpForum();

type Things = Record<string, string>;
let world: Awaited<ReturnType<typeof forumWorld>>;
let things: Things;
beforeAll(async () => {
  const { db } = http;
  world = await forumWorld(db);
  const { people, casaFlor, florDeCuarzo } = world;
  const concern = await buildConcern(db, people.sabina.id, { audience: 'space', spaceId: casaFlor.id });
  const draft = await buildDraft(db, casaFlor.id, { text: 'Entre nosotras.' });
  await buildVersion(db, { count: 1 });
  const [frozen] = await db.select().from(versionArticles);
  const [chapter] = await db.select().from(chapters);
  const [text] = await db.insert(texts).values({ kind: 'article' }).returning();
  const [working] = await db
    .insert(articles)
    .values({ chapterId: chapter!.id, position: 9, title: 'En camino', textId: text!.id, areas: ['agua'] })
    .returning();
  const [request] = await db
    .insert(responseRequests)
    .values({ versionArticleId: frozen!.id, officeId: world.officeId, dueOn: '2099-01-31' })
    .returning();
  const [padron] = await db
    .insert(padronImports)
    .values({ associationId: florDeCuarzo.id, uploadedBy: people.ysabel.id, rows: [], errors: [] })
    .returning();
  things = {
    concern: concern.id,
    draft: draft.id,
    suggestion: (await suggested(db, draft, people.sabina.id)).id,
    remark: (await remarked(db, draft, people.sabina.id)).id,
    space: casaFlor.id,
    article: working!.id,
    request: request!.id,
    padron: padron!.id,
  };
}, 120_000);

// Uncompressed, since the id that was asked for stands in the page's links.
const plain = { headers: { 'accept-encoding': 'identity' } };
const missing = '5f0c1a52-9b7e-4d21-8a57-3d0c5a6be001';

/**
 * What is compared: everything but the day and hour, the id that was asked for, and the key under its mask, which is
 * another each time so that no length tells it (its length in the page is always the same).
 */
function told({ status, headers, body }: Answer, id: string) {
  const { date: _date, etag: _tag, ...rest } = headers;
  return JSON.stringify({ status, rest, body })
    .replaceAll(id, 'ID')
    .replace(/data-key=\\"[A-Za-z0-9+/=]{88}\\"/, 'data-key');
}

// Nobody in particular, and who holds the same roles elsewhere: member, secretary, coordinator, the State, the machine.
const outsiders = ['nobody', 'tomasa', 'delia', 'carla', 'amador'] as const;
const idOf = (who: (typeof outsiders)[number]) => (who === 'nobody' ? null : world.people[who].id);

const pages: [string, string][] = [
  ['concern', '/planteamientos/:id'],
  ['draft', '/borradores/:id'],
  ['draft', '/borradores/:id/editar'],
  ['draft', '/borradores/:id/parrafo/0'],
  ['draft', '/borradores/:id/sugerencias'],
  ['draft', '/borradores/:id/comentarios'],
  ['draft', '/borradores/:id/versiones'],
  ['draft', '/borradores/:id/comparar?de=ahora&a=ahora'],
  ['draft', '/borradores/:id/quien'],
  ['draft', '/borradores/:id/borrar'],
  ['draft', '/consolidar/borrador/:id'],
  ['space', '/mesas/:id'],
  ['article', '/articulo/:id'],
  ['article', '/consolidar/articulo/:id'],
  ['request', '/revision/:id'],
];
const reads: [string, string, string][] = [
  ['concern', 'concerns.detail', 'id'],
  ['concern', 'thread.ofConcern', 'id'],
  ['draft', 'drafts.detail', 'id'],
  ['draft', 'drafts.suggestions', 'id'],
  ['draft', 'drafts.comments', 'id'],
  ['draft', 'drafts.versions', 'id'],
  ['draft', 'drafts.authorship', 'id'],
  ['space', 'spaces.detail', 'id'],
  ['space', 'drafts.candidates', 'spaceId'],
  ['article', 'document.workingArticle', 'id'],
  ['article', 'document.find', 'id'],
  ['request', 'responses.request', 'id'],
  ['padron', 'associations.padronImport', 'id'],
];
const key = '0d9d2f0a-7c1b-4a39-9d3c-2f6f6d1f7a10';
const acts: [string, string, Record<string, unknown>][] = [
  ['concern', 'concerns.publish', {}],
  ['concern', 'concerns.reword', { words: 'Otras palabras sobre el agua.' }],
  ['draft', 'drafts.close', {}],
  ['draft', 'drafts.suggest', { key, seq: 1, at: 0, text: 'Otras palabras.' }],
  ['draft', 'drafts.comment', { key, seq: 1, at: 0, words: '¿Qué dice aquí?' }],
  ['draft', 'drafts.nameVersion', { key, name: 'La primera' }],
  ['draft', 'drafts.erase', { key, reason: 'Porque me parece.', word: 'BORRAR' }],
  ['suggestion', 'drafts.acceptSuggestion', { key, seen: 'x' }],
  ['suggestion', 'drafts.rejectSuggestion', { answer: 'No estoy de acuerdo.' }],
  ['suggestion', 'drafts.withdrawSuggestion', {}],
  ['remark', 'drafts.answerComment', { key, words: '¿Quiénes son?' }],
  ['remark', 'drafts.resolveComment', {}],
  ['draft', 'drafts.retitle', { title: 'Otro nombre' }],
  ['space', 'spaces.setPurpose', { purpose: 'Para otra cosa, dicen.', areas: [] }],
  ['article', 'document.retire', { revision: 1 }],
  ['padron', 'associations.dropPadron', {}],
];

/** Whom a thing is not kept from is no outsider to it. */
const insiders: Record<string, string[]> = { article: ['delia'], request: ['carla'] };
const strangersTo = (thing: string) => outsiders.filter((who) => !insiders[thing]?.includes(who));

it.each(pages)(
  'the page of a private %s and of a missing one are the same bytes: %s',
  async (thing, path) => {
    for (const who of strangersTo(thing)) {
      const there = await http.ask(path.replace(':id', things[thing]!), idOf(who), plain);
      const nowhere = await http.ask(path.replace(':id', missing), idOf(who), plain);
      expect([who, told(there, things[thing]!)]).toEqual([who, told(nowhere, missing)]);
      expect([who, there.status >= 300 && there.status < 500]).toEqual([who, true]);
    }
  },
);

it.each(reads)('so is the API for a private %s: %s', async (thing, procedure, field) => {
  for (const who of strangersTo(thing)) {
    const there = await http.look(procedure, { [field]: things[thing] }, idOf(who));
    const nowhere = await http.look(procedure, { [field]: missing }, idOf(who));
    expect([who, told(there, things[thing]!)]).toEqual([who, told(nowhere, missing)]);
    expect([who, there.status]).toEqual([who, 404]);
  }
});

it.each(acts)('and for whoever tries to do something to a private %s: %s', async (thing, procedure, more) => {
  for (const who of strangersTo(thing)) {
    const there = await http.call(procedure, { id: things[thing], ...more }, idOf(who));
    const nowhere = await http.call(procedure, { id: missing, ...more }, idOf(who));
    expect([who, told(there, things[thing]!)]).toEqual([who, told(nowhere, missing)]);
    expect([who, there.status]).toEqual([who, 404]);
  }
});

it('who may see them does see them: the things are there', async () => {
  const { sabina, emilia, carla, ysabel } = world.people;
  const seen = async (path: string, who: string) => (await http.ask(path, who)).status;
  expect(await seen(`/planteamientos/${things.concern}`, sabina.id)).toBe(200);
  expect(await seen(`/borradores/${things.draft}`, sabina.id)).toBe(200);
  expect(await seen(`/mesas/${things.space}`, sabina.id)).toBe(200);
  expect(await seen(`/consolidar/articulo/${things.article}`, emilia.id)).toBe(200);
  expect(await seen(`/revision/${things.request}`, carla.id)).toBe(200);
  expect((await http.look('associations.padronImport', { id: things.padron }, ysabel.id)).status).toBe(200);
});
