import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { searched, versionArticles } from '~/db/schema/document';
import type { ForumOutputs } from '~/server/root';
import { problemOf } from '../support/call';
import { testDatabase } from '../support/db';
import { type DocumentWorld, documentWorld, fieldsOf, freezing, readyArticle } from '../support/document';

const database = testDatabase();
let world: DocumentWorld;
type Compared = ForumOutputs['document']['comparison'];
const fatesOn = (both: Compared) =>
  both.blocks.flatMap((block) =>
    'fate' in block ? [[block.fate.after?.title ?? block.fate.before!.title, block.fate.kind]] : [],
  );

let water: string;
let dust: string;
beforeAll(async () => {
  world = await documentWorld(database.db);
  const emilia = await world.as('emilia');
  water = await readyArticle(world, { title: 'Agua' });
  dust = await readyArticle(world, { title: 'Polvo', area: 'salud' });
  const gold = await readyArticle(world, { title: 'Oro', area: 'agua' });
  await emilia.document.freeze(freezing(0));
  // By the second version Agua says more, Polvo is in another chapter, Oro is gone and Desmonte has come.
  await emilia.document.editText({
    key: randomUUID(),
    id: water,
    base: 1,
    text: 'Hay dos puntos de agua limpia cerca de cada campamento.\nSu uso no se cobra.',
  });
  await emilia.document.setFields({
    ...fieldsOf(await emilia.document.workingArticle({ id: water })),
    addressees: ['minem'],
  });
  await emilia.document.place({ id: dust, revision: 2, area: 'reconocimiento' });
  await emilia.document.retire({ id: gold, revision: 2 });
  await readyArticle(world, { title: 'Desmonte', area: 'reconocimiento' });
  await emilia.document.freeze(freezing(1));
});

describe('two versions side by side', () => {
  it('tell anybody what became of each article', async () => {
    const both = await (await world.as(null)).document.comparison({ page: 1, from: 1, to: 2 });
    expect(both.counts).toEqual({ new: 1, retired: 1, changed: 1, moved: 1, renumbered: 0, same: 0 });
    expect(fatesOn(both).sort()).toEqual([
      ['Agua', 'changed'],
      ['Desmonte', 'new'],
      ['Oro', 'retired'],
      ['Polvo', 'moved'],
    ]);
    const changed = both.blocks
      .flatMap((block) => ('fate' in block ? [block.fate] : []))
      .find(({ id }) => id === water)!;
    expect(changed.difference).toMatchObject({
      words: { in: 2, out: 2 },
      fields: ['text'],
      listed: [{ field: 'addressees', in: ['minem'], out: ['ana'] }],
    });
    const moved = both.blocks
      .flatMap((block) => ('fate' in block ? [block.fate] : []))
      .find(({ id }) => id === dust)!;
    expect(moved).toMatchObject({
      chapter: true,
      difference: null,
      before: { area: 'salud' },
      after: { area: 'reconocimiento' },
    });
  });

  it('are the last two where none is named, and the earlier one is the one before', async () => {
    const anyone = await world.as(null);
    const both = await anyone.document.comparison({ page: 1 });
    expect([both.before.number, both.after.number]).toEqual([1, 2]);
    const turned = await anyone.document.comparison({ page: 1, from: 2, to: 1 });
    expect(turned).toEqual(await anyone.document.comparison({ page: 1, from: 1, to: 2 }));
  });

  it('of one and the same have nothing to tell', async () => {
    const both = await (await world.as(null)).document.comparison({ page: 1, from: 2, to: 2 });
    expect(both.counts).toMatchObject({ same: 3, changed: 0 });
    expect(both.blocks).toEqual([{ run: { kind: 'same', first: 1, last: 3, was: 1 } }]);
  });

  it('may be looked at in one article alone', async () => {
    const anyone = await world.as(null);
    const one = await anyone.document.comparison({ page: 1, from: 1, to: 2, article: water });
    expect(one.blocks).toMatchObject([{ fate: { id: water, kind: 'changed', more: false } }]);
    expect(fatesOn(await anyone.document.comparison({ page: 1, from: 1, to: 2, article: dust }))).toEqual([
      ['Polvo', 'moved'],
    ]);
  });

  it('are not there where one of them or the article is not', async () => {
    const anyone = await world.as(null);
    const none = await problemOf(anyone.document.version({ number: 9 }));
    expect(none.status).toBe(404);
    expect(await problemOf(anyone.document.comparison({ page: 1, from: 1, to: 9 }))).toEqual(none);
    expect(
      await problemOf(anyone.document.comparison({ page: 1, from: 1, to: 2, article: randomUUID() })),
    ).toEqual(none);
    // Not yet frozen: an article in the making is known to nobody by this way either.
    const making = await readyArticle(world, { title: 'Casco' });
    for (const name of [null, 'emilia'] as const) {
      const caller = await world.as(name);
      expect(
        await problemOf(caller.document.comparison({ page: 1, from: 1, to: 2, article: making })),
      ).toEqual(none);
    }
  });

  it('carry no name and no id of a concern', async () => {
    const text = JSON.stringify(
      await (await world.as(null)).document.comparison({ page: 1, from: 1, to: 2 }),
    );
    for (const hidden of [world.skin.id, world.far.id, world.people.emilia.id, 'Emilia'])
      expect(text).not.toContain(hidden);
  });
});

describe('a long comparison', () => {
  const letters = (both: Compared) =>
    JSON.stringify(both.blocks.map((block) => ('fate' in block ? block.fate.difference?.written : [])))
      .length;

  it('comes in pages, and of a long article the first part with a way to the whole', async () => {
    const emilia = await world.as('emilia');
    const wordy = (word: string) => Array.from({ length: 5000 }, (_, i) => `${word}${i}`).join(' ');
    const write = async (text: string) => {
      const { seq } = await emilia.document.workingArticle({ id: water });
      await emilia.document.editText({ key: randomUUID(), id: water, base: seq, text });
    };
    await write(wordy('a'));
    const { number } = await emilia.document.freeze(freezing(2));
    await write(wordy('b'));
    await emilia.document.freeze(freezing(number));
    const anyone = await world.as(null);
    const pair = { from: number, to: number + 1, page: 1 };
    const among = await anyone.document.comparison(pair);
    expect(among.blocks).toContainEqual({ fate: expect.objectContaining({ id: water, more: true }) });
    expect(letters(among)).toBeLessThan(12_000);
    let said = '';
    let page = 0;
    let pages = 1;
    while (page++ < pages) {
      const one = await anyone.document.comparison({ ...pair, article: water, page });
      pages = one.pages;
      expect(letters(one)).toBeLessThan(14_000);
      for (const block of one.blocks)
        if ('fate' in block)
          for (const { rows } of block.fate.difference!.written)
            for (const row of rows)
              if (row.kind === 'line')
                said += row.pieces
                  .filter(({ kind }) => kind === 'in')
                  .map(({ text }) => text)
                  .join('');
    }
    expect(pages).toBeGreaterThan(4);
    expect(said).toBe(wordy('b'));
  });
});

describe('searching inside a version', () => {
  it('finds by stems and without accents, in that version alone, and marks what was found', async () => {
    const anyone = await world.as(null);
    const titles = async (q: string, number?: number) =>
      (await anyone.document.search({ q, number, page: 1 })).items.map(({ title }) => title);
    expect(await titles('DOS punto', 2)).toEqual(['Agua']);
    expect(await titles('dos puntos', 1)).toEqual([]);
    expect((await titles('campaménto', 1)).sort()).toEqual(['Agua', 'Oro', 'Polvo']);
    const { items, total } = await anyone.document.search({ q: 'cobrar', number: 1, page: 1 });
    expect(total).toBe(3);
    expect(items[0]!.found.filter(({ hit }) => hit).map(({ text }) => text)).toContain('cobra');
  });

  it('finds nothing for nothing, for what nobody says, and in no version that is not there', async () => {
    const anyone = await world.as(null);
    for (const q of ['', '   ', 'helicóptero', '"', "' or 1=1 --", '<b>', '\u0002'])
      expect(await anyone.document.search({ q, number: 1, page: 1 })).toMatchObject({ items: [], total: 0 });
    expect(await problemOf(anyone.document.search({ q: 'agua', number: 99, page: 1 }))).toMatchObject({
      status: 404,
    });
  });

  it('is served by the index that stands for it', async () => {
    const { db } = database;
    const plan = await db.transaction(async (tx) => {
      await tx.execute(sql`set local enable_seqscan = off`);
      const asked = tx.select({ id: versionArticles.id }).from(versionArticles);
      return tx.execute(
        sql`explain ${asked.where(sql`${searched} @@ websearch_to_tsquery('public.forum_es', 'agua')`)}`,
      );
    });
    expect(JSON.stringify(plan)).toContain('version_articles_search');
  });
});
