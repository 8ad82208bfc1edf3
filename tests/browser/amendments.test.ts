import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { freezing, readyArticle } from '../support/document';
import { type Name, phoneStories } from '../support/phones';

const stories = phoneStories();

/** A phone of 360 px without scripts, on which this person is signed in. */
async function phoneOf(name: Name): Promise<Page> {
  const phone = await stories.phone({ javaScriptEnabled: false });
  await stories.enters(phone, name);
  return phone.page;
}
const go = (page: Page, path: string) => page.goto(stories.forum.address + path);
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const follow = (page: Page, name: string | RegExp) => page.getByRole('link', { name }).first().click();
const said = (page: Page) => page.locator('main').innerText();
/** Nothing runs over the edge of a phone of 360 px. */
const fits = async (page: Page) =>
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);

it('Nieves proposes other words for her base by phone, the committee takes them up, she reads what became of it', async () => {
  const { world } = stories;
  const water = await readyArticle(world);
  const caller = await world.as('emilia');
  await caller.document.freeze(freezing(0));

  const nieves = await phoneOf('nieves');
  await go(nieves, '/documento');
  await follow(nieves, /Agua limpia/);
  await follow(nieves, /Enmiendas/);
  await follow(nieves, /Proponer una enmienda/);
  await fits(nieves);

  // She forgets the acta: the sentence stands at its field, and what she wrote is there.
  const words = nieves.locator('[name=text]').first();
  const before = await words.inputValue();
  await words.fill(`${before} Se revisa cada mes.`);
  await nieves.locator('[name=why]').first().fill('Así lo acordó nuestra asamblea.');
  await press(nieves, 'Proponer la enmienda');
  expect(await nieves.locator('[name=actaReference][aria-invalid=true]').count()).toBeGreaterThan(0);
  expect(await nieves.locator('[name=text]').first().inputValue()).toContain('Se revisa cada mes.');
  await fits(nieves);
  await nieves.locator('[name=actaReference]').first().fill('Libro 3, folio 8');
  await nieves.locator('[name=actaDate]').first().fill('2026-10-12');
  await press(nieves, 'Proponer la enmienda');
  const address = new URL(nieves.url()).pathname;
  expect(address).toMatch(/^\/enmiendas\/[0-9a-f-]{36}$/);
  expect((await nieves.locator('main ins').allInnerTexts()).join()).toContain('Se revisa cada mes.');
  await fits(nieves);

  const emilia = await phoneOf('emilia');
  await go(emilia, address);
  await press(emilia, 'Acoger la enmienda');
  expect(await said(emilia)).toContain('Acogida el');
  await fits(emilia);

  expect((await caller.document.workingArticle({ id: water })).text).toContain('Se revisa cada mes.');
  await go(nieves, '/avisos');
  await follow(nieves, /El comité acogió una enmienda tuya o de tu base/);
  expect(await said(nieves)).toContain('La próxima versión lo trae');
  await fits(nieves);
}, 120_000);
