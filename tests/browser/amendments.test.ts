import { expect, it } from 'vitest';
import { amendmentFacts } from '~/server/amendments/queries';
import { anotherBase } from '../support/amendments';
import { freezing, readyArticle, words } from '../support/document';
import { phoneStories } from '../support/phones';

const story = phoneStories();
const main = (page: import('playwright-core').Page) => page.locator('main').innerText();
const narrow = async (page: import('playwright-core').Page) =>
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);

it('a base amends by phone without scripts, three stand behind it, the committee says no: it is a rival', async () => {
  await readyArticle(story.world);
  const emilia = await story.world.as('emilia');
  await emilia.document.freeze(freezing(0));
  const nieves = await story.phone({ javaScriptEnabled: false });
  await story.enters(nieves, 'nieves');
  const { page } = nieves;
  await page.goto(`${story.forum.address}/documento/v/1/art/1`);
  await page.getByRole('link', { name: 'Enmiendas (0)' }).click();
  await page.getByRole('link', { name: 'Proponer una enmienda' }).click();
  await narrow(page);

  // The acta is missing: she is told so at the field, and what she wrote is still there.
  const asked = words.replace('no se cobra', 'es libre para todas');
  const text = page.locator('textarea[name=text]');
  expect(await text.inputValue()).toBe(words);
  await text.fill(asked);
  await page.locator('#f-why').fill('En dos campamentos ya lo cobran.');
  await page.getByRole('button', { name: 'Proponer la enmienda' }).click();
  expect(await main(page)).toContain('Falta el acta');
  expect(await text.inputValue()).toBe(asked);
  await page.locator('#f-actaReference').fill('Libro 3, folio 8');
  await page.locator('#f-actaDate').fill('2026-10-12');
  await page.getByRole('button', { name: 'Proponer la enmienda' }).click();
  await page.waitForURL(/\/enmiendas\/[0-9a-f-]{36}/);
  await narrow(page);
  const told = await main(page);
  expect(told).toContain('Flor de Cuarzo');
  expect(told).not.toContain('Nieves');
  const marks = await page.locator('main .written :is(ins, del)').all();
  expect(marks.length).toBeGreaterThan(0);
  for (const mark of marks) expect((await mark.locator('.vh').first().textContent())!.trim()).not.toBe('');
  const id = /[0-9a-f-]{36}/.exec(page.url())![0];

  const others = ['Río Claro', 'Cerro Unido'];
  for (const name of others) {
    const base = await anotherBase(story.db, name);
    await base.call.amendments.back({ id, associationId: base.id });
  }
  const rufino = await story.phone({ javaScriptEnabled: false });
  await story.enters(rufino, 'rufino');
  await rufino.page.goto(`${story.forum.address}/enmiendas/${id}`);
  await rufino.page.getByRole('button', { name: 'Apoyar en nombre de Tres Vetas' }).click();
  await rufino.page.waitForURL(/hecho=apoyada/);
  expect(await main(rufino.page)).toContain('La apoyan 3 bases');

  const committee = await story.phone({ javaScriptEnabled: false });
  await story.enters(committee, 'emilia');
  await committee.page.goto(`${story.forum.address}/enmiendas/${id}`);
  await narrow(committee.page);
  await committee.page.getByLabel('¿Por qué no?').fill('El agua no alcanza para todas todavía.');
  await committee.page.getByRole('button', { name: 'No acoger la enmienda' }).click();
  await committee.page.waitForURL(/hecho=no-acogida/);
  const after = await main(committee.page);
  expect(after).toContain('El agua no alcanza para todas todavía.');
  expect(after).toContain('Va a la votación');
  expect(await amendmentFacts(story.db, id)).toMatchObject({ state: 'rejected' });
}, 120_000);

it('for and against by phone without scripts; a liaison stands apart', async () => {
  const here = `${story.forum.address}/documento/v/1/art/1/comentarios`;
  const sabina = await story.phone({ javaScriptEnabled: false });
  await story.enters(sabina, 'sabina');
  await sabina.page.goto(here);
  await narrow(sabina.page);
  await sabina.page.getByText('A favor', { exact: true }).last().click();
  await sabina.page.locator('textarea[name=words]').fill('Hace falta en mi campamento.');
  await sabina.page.selectOption('[name=associationId]', { label: 'Flor de Cuarzo' });
  await sabina.page.getByRole('button', { name: 'Enviar' }).click();
  await sabina.page.waitForURL(/hecho=dicho/);
  expect(await main(sabina.page)).toContain('Hace falta en mi campamento.');

  const carla = await story.phone({ javaScriptEnabled: false });
  await story.enters(carla, 'carla');
  await carla.page.goto(here);
  await carla.page.getByText('En contra', { exact: true }).last().click();
  await carla.page.locator('textarea[name=words]').fill('La oficina lo estudia.');
  await carla.page.getByRole('button', { name: 'Enviar' }).click();
  await carla.page.waitForURL(/hecho=dicho/);
  const state = await carla.page.locator('#estado').innerText();
  expect(state).toContain('La oficina lo estudia.');
  expect(await main(carla.page)).toContain('A favor (1)');
  expect(await main(carla.page)).toContain('En contra (0)');
  await narrow(carla.page);
}, 90_000);
