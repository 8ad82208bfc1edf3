import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
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
