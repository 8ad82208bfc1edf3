import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { articles, versionArticles, versions } from '~/db/schema/document';
import { versionByNumber, versionInForce } from '~/server/document/queries';
import { holds } from '~/server/document/rules';
import { editUpdate } from '~/server/drafts/rules';
import { append, read } from '~/server/realtime/log';
import { problemOf } from '../support/call';
import { testDatabase } from '../support/db';
import {
  type DocumentWorld,
  documentWorld,
  fieldsOf,
  freezing,
  readyArticle,
  words,
} from '../support/document';

const database = testDatabase();
let world: DocumentWorld;
// Frozen versions cannot be taken away, so each story begins in the numbers where the last one ended.
let before: number;
beforeEach(async () => {
  world ??= await documentWorld(database.db);
  before = (await versionInForce(database.db))?.number ?? 0;
  await database.db.update(articles).set({ retiredAt: new Date() });
});
const lastRows = async () => {
  const version = await versionInForce(database.db);
  return database.db.select().from(versionArticles).where(eq(versionArticles.versionId, version!.id));
};

describe('freezing', () => {
  it('makes the next version, whose published bytes have the hash that is shown', async () => {
    const articleId = await readyArticle(world);
    const emilia = await world.as('emilia');
    const frozen = await emilia.document.freeze(freezing(before));
    const everybody = await world.as(null);
    const { canonical, sha256 } = await everybody.document.canonical({});
    expect(sha256).toBe(frozen.sha256);
    expect(holds(canonical, sha256)).toBe(true);
    const read = JSON.parse(canonical);
    expect(read).toMatchObject({ format: 'frente-unido/documento/1', number: before + 1 });
    expect(read.chapters).toHaveLength(15);
    const water = read.chapters.find((chapter: { area: string }) => chapter.area === 'agua');
    expect(water.articles).toMatchObject([
      {
        id: articleId,
        number: 1,
        text: words,
        addressees: ['ana'],
        concerns: [world.skin.id, world.far.id].sort(),
      },
    ]);
    const empty = read.chapters.filter((chapter: { note?: string }) => chapter.note === 'sin artículos');
    expect(empty).toHaveLength(14);
    const [row] = await lastRows();
    expect(row).toMatchObject({
      articleId,
      number: 1,
      area: 'agua',
      text: words,
      sha256: water.articles[0].sha256,
    });
  });

  it('ties each version to the one before', async () => {
    await readyArticle(world, { title: 'Uno' });
    const emilia = await world.as('emilia');
    const one = await emilia.document.freeze(freezing(before));
    await readyArticle(world, { title: 'Dos' });
    const two = await emilia.document.freeze(freezing(one.number));
    const { canonical } = await emilia.document.canonical({ number: two.number });
    expect(JSON.parse(canonical).previous).toBe(one.sha256);
  });

  it('leaves what was frozen as it was when the article is written further', async () => {
    const id = await readyArticle(world);
    const emilia = await world.as('emilia');
    const { number } = await emilia.document.freeze(freezing(before));
    await emilia.document.editText({ key: randomUUID(), id, base: 1, text: 'Otro texto.' });
    await emilia.document.retire({ id, revision: 2 });
    const shown = await (await world.as(null)).document.article({ number, article: 1 });
    expect(shown.text).toBe(words);
  });

  it('refuses an empty document, and says of each article what it lacks', async () => {
    const emilia = await world.as('emilia');
    expect(await problemOf(emilia.document.freeze(freezing(before)))).toMatchObject({
      code: 'document.empty',
    });
    const id = await readyArticle(world, { title: 'Le falta' });
    const set = async (over: Record<string, unknown>) => {
      const article = await emilia.document.workingArticle({ id });
      await emilia.document.setFields({ ...fieldsOf(article), ...over });
    };
    await set({ genderCheck: '' });
    expect(await problemOf(emilia.document.freeze(freezing(before)))).toMatchObject({
      code: 'document.lacks.gender',
      status: 422,
      sentence: 'Al artículo 1, «Le falta», le falta la revisión de género.',
    });
    await set({ genderCheck: 'No toca a personas.', genderWaived: true, addressees: [] });
    expect(await problemOf(emilia.document.freeze(freezing(before)))).toMatchObject({
      code: 'document.lacks.addressee',
    });
    await set({ addressees: ['ana'] });
    const { seq } = await emilia.document.workingArticle({ id });
    await emilia.document.editText({ key: randomUUID(), id, base: seq, text: '   ' });
    expect(await problemOf(emilia.document.freeze(freezing(before)))).toMatchObject({
      code: 'document.lacks.text',
    });
    expect(await emilia.document.freezeCheck()).toMatchObject({
      lacking: [{ id, number: 1, lacks: ['text'] }],
    });
    expect((await versionInForce(database.db))?.number ?? 0).toBe(before);
  });

  it('refuses a version in which nothing is new', async () => {
    await readyArticle(world);
    const emilia = await world.as('emilia');
    const { number } = await emilia.document.freeze(freezing(before));
    const again = await problemOf(emilia.document.freeze(freezing(number)));
    expect(again).toMatchObject({
      code: 'document.same',
      sentence: `Nada cambió desde la versión ${number}.`,
    });
  });

  it('by two editors at once makes one version, and tells the other', async () => {
    await readyArticle(world);
    const [emilia, filomena] = [await world.as('emilia'), await world.as('filomena')];
    const ends = await Promise.allSettled([
      emilia.document.freeze(freezing(before, 'Por Emilia')),
      filomena.document.freeze(freezing(before, 'Por Filomena')),
    ]);
    expect(ends.map((end) => end.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await versionInForce(database.db))!.number).toBe(before + 1);
    const lost = ends.find((end) => end.status === 'rejected')!;
    expect(await problemOf(Promise.reject(lost.reason))).toMatchObject({
      code: 'document.version.taken',
      status: 409,
    });
  });

  it('of the same form sent twice is one version', async () => {
    await readyArticle(world);
    const emilia = await world.as('emilia');
    const form = freezing(before);
    const [one, two] = await Promise.all([emilia.document.freeze(form), emilia.document.freeze(form)]);
    expect(two).toEqual(one);
  });

  it('while others take up, move and retire is the document before or after each act, never between', async () => {
    const ids = [];
    for (let i = 0; i < 4; i++) ids.push(await readyArticle(world, { title: `Artículo ${i}` }));
    const [emilia, filomena] = [await world.as('emilia'), await world.as('filomena')];
    await Promise.all([
      filomena.document.place({ id: ids[3]!, revision: 2, area: 'salud' }),
      filomena.document.retire({ id: ids[0]!, revision: 2 }),
      emilia.document.freeze(freezing(before)),
      filomena.document.place({ id: ids[2]!, revision: 2, area: 'agua' }),
    ]);
    const { canonical, sha256 } = await emilia.document.canonical({});
    expect(holds(canonical, sha256)).toBe(true);
    const rows = await lastRows();
    expect(rows.map((row) => row.number).sort()).toEqual(rows.map((_, i) => i + 1));
    const kept = JSON.parse(canonical).chapters.flatMap((chapter: { articles: { sha256: string }[] }) =>
      chapter.articles.map((article) => article.sha256),
    );
    expect(rows.map((row) => row.sha256).sort()).toEqual([...kept].sort());
    expect(new Set(rows.map((row) => row.articleId)).size).toBe(rows.length);
  });

  it('keeps no control marks that came by socket, and counts accents as one letter', async () => {
    const id = await readyArticle(world);
    const emilia = await world.as('emilia');
    const { seq } = await emilia.document.workingArticle({ id });
    const text = `Miner${'í'.normalize('NFD')}a \u202elimpia\u202c`;
    const [row] = await database.db.select().from(articles).where(eq(articles.id, id));
    const log = await read(database.db, row!.textId, seq);
    const update = editUpdate(
      log.map((entry) => entry.bytes),
      text,
    );
    await append(database.db, row!.textId, world.people.emilia.id, update!);
    await emilia.document.freeze(freezing(before));
    const [frozen] = await lastRows();
    expect(frozen!.text).toBe('Minería limpia');
  });
});

describe('a frozen version', () => {
  it('is changed or taken away by nobody, not even in the database', async () => {
    await readyArticle(world);
    await (await world.as('emilia')).document.freeze(freezing(before));
    const version = (await versionByNumber(database.db, before + 1))!;
    const { db } = database;
    const attempts = [
      db.update(versions).set({ title: 'Otro' }).where(eq(versions.id, version.id)),
      db.delete(versions).where(eq(versions.id, version.id)),
      db.update(versionArticles).set({ text: 'Otro' }).where(eq(versionArticles.versionId, version.id)),
      db.delete(versionArticles).where(eq(versionArticles.versionId, version.id)),
    ];
    for (const attempt of attempts)
      await expect(attempt).rejects.toMatchObject({
        cause: { message: expect.stringContaining('append-only') },
      });
  });
});

describe('what everybody reads', () => {
  it('has contents, neighbours and what stands behind each article', async () => {
    await readyArticle(world, { title: 'Agua' });
    await readyArticle(world, { title: 'Salud', area: 'salud' });
    const emilia = await world.as('emilia');
    const { number } = await emilia.document.freeze(freezing(before, 'Documento único de las bases'));
    const everybody = await world.as(null);
    expect(await everybody.document.inForce()).toMatchObject({
      abilities: { working: false },
      version: {
        number,
        title: 'Documento único de las bases',
        inForce: true,
        articles: 2,
        concerns: 2,
        chapters: [
          { area: 'agua', articles: [{ number: 1, title: 'Agua', concerns: 2 }] },
          { area: 'salud', articles: [{ number: 2, title: 'Salud', concerns: 2 }] },
        ],
      },
    });
    const article = await everybody.document.article({ number, article: 2 });
    expect(article).toMatchObject({
      previous: 1,
      next: null,
      version: { number, inForce: true },
      provenance: {
        total: 2,
        areas: [
          { slug: 'agua', n: 2 },
          { slug: 'salud', n: 1 },
        ],
        departments: [
          { slug: '04', n: 1 },
          { slug: '21', n: 1 },
        ],
        bases: 2,
      },
      abilities: { working: false, edit: false },
    });
    expect(await everybody.document.versions()).toMatchObject([
      { number, articles: 2 },
      ...Array(before).fill({}),
    ]);
  });

  it('says so where no concern stands behind an article (R-04)', async () => {
    const id = await readyArticle(world);
    const emilia = await world.as('emilia');
    for (const concern of [world.skin, world.far])
      await emilia.document.unlinkConcern({ id, concernId: concern.id });
    const { number } = await emilia.document.freeze(freezing(before));
    const article = await emilia.document.article({ number, article: 1 });
    expect(article.provenance).toEqual({
      ...{ total: 0, areas: [], departments: [], bases: 0, concerns: [] },
      ...{ groups: [], inside: 0, outside: 0, womens: 0 },
    });
  });

  it('leads from an article’s own address to its place in the last version that has it', async () => {
    const id = await readyArticle(world, { area: 'dignidad' });
    const emilia = await world.as('emilia');
    const everybody = await world.as(null);
    const unfrozen = await problemOf(everybody.document.find({ id }));
    expect(unfrozen).toEqual(await problemOf(everybody.document.find({ id: randomUUID() })));
    expect(await emilia.document.find({ id })).toEqual({
      frozen: null,
      into: null,
      abilities: { working: true },
    });
    const { number } = await emilia.document.freeze(freezing(before));
    expect(await everybody.document.find({ id })).toEqual({
      frozen: { version: number, number: 1 },
      into: null,
      abilities: { working: false },
    });
  });

  it('is not there for a version or an article that does not exist', async () => {
    const everybody = await world.as(null);
    for (const call of [
      () => everybody.document.version({ number: 999 }),
      () => everybody.document.article({ number: 1, article: 999 }),
      () => everybody.document.canonical({ number: 999 }),
      () => everybody.document.printable({ number: 999 }),
    ])
      expect(await problemOf(call())).toMatchObject({ code: 'not_found', status: 404 });
  });
});
