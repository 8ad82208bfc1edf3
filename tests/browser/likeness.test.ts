import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { issueCard } from '~/server/people/commands';
import { launchBrowser } from '../support/browser';
import { buildConcern, buildForumRole, buildPerson } from '../support/factories';
import { startTestForum, type TestForum } from '../support/forum';
import { forumWorld } from '../support/people';
import { enterWithCard, visitor } from '../support/visitor';

// At 360 px, without scripts: what says alike walks together, what was set aside is asked about again.
let forum: TestForum;
let browser: Browser;
const cards: Record<string, string> = {};
const ids: Record<string, string> = {};
const passphrase = 'lluvia sobre la cancha';

beforeAll(async () => {
  forum = await startTestForum({
    seed: async (db) => {
      const world = await forumWorld(db);
      const irma = await buildPerson(db, { name: 'Irma Choquehuanca' });
      await buildForumRole(db, irma.id, 'editor');
      const say = async (name: string, words: string, person: string) => {
        const own = { words, associationId: world.florDeCuarzo.id, areas: ['robo-y-comercio-de-mineral'] };
        ids[name] = (await buildConcern(db, person, own)).id;
      };
      await say('scale', 'El comprador paga el mineral sin balanza y sin boleta.', world.people.sabina.id);
      await say('again', 'Los compradores pagan mineral sin balanza ni boleta.', world.people.elvira.id);
      await say(
        'third',
        'Sin boleta y sin balanza nos paga el comprador el mineral.',
        world.people.nieves.id,
      );
      const people = { irma: irma.id, sabina: world.people.sabina.id, emilia: world.people.emilia.id };
      for (const [name, id] of Object.entries(people))
        cards[name] = (await db.transaction((tx) => issueCard(tx, id, world.people.gloria.id))).code;
    },
  });
  browser = await launchBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await forum?.remove();
});

const pages: Record<string, Page> = {};
async function of(name: string): Promise<Page> {
  if (!pages[name]) {
    const { page } = await visitor(browser, { javaScriptEnabled: false });
    await enterWithCard(page, forum.address, cards[name]!, passphrase);
    pages[name] = page;
  }
  return pages[name]!;
}
const go = (page: Page, path: string) => page.goto(forum.address + path);
const press = (form: Locator, value?: string) =>
  form
    .locator(value ? `button[value=${value}]` : 'button[type=submit]')
    .first()
    .click();
const arrive = (page: Page, path: RegExp) => page.waitForURL((url) => path.test(url.pathname));
const read = (page: Page) => page.locator('main').innerText();
const narrow = async (page: Page) =>
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);

it('Irma says that one is not like Sabina’s, thinks again, and has it proposed again', async () => {
  const irma = await of('irma');
  const here = `/planteamientos/parecidos/por-ver?de=${ids.scale}`;
  await go(irma, here);
  const like = irma.locator(`[name=marked][value="${ids.third}"]`);
  await like.check();
  await press(irma.locator(`form:has([name=seed][value="${ids.scale}"])`), 'unlike');
  await irma.waitForSelector(`main li > a[href="/planteamientos/${ids.third}"]`);
  expect(await like.count()).toBe(0);
  expect(await read(irma)).toContain('Por eso no se propone.');
  await narrow(irma);
  await press(irma.locator('form:not(:has([name=seed])):has([name=id])'));
  await like.waitFor();
  expect(await read(irma)).not.toContain('Por eso no se propone.');
});

it('Irma sets two side by side that the forum proposes, and says why it proposed them', async () => {
  const irma = await of('irma');
  await go(irma, `/planteamientos/parecidos/por-ver?de=${ids.scale}`);
  expect(await read(irma)).toMatch(/Comparten: «comprador», «paga», «mineral»/);
  await narrow(irma);
  const form = irma.locator(`form:has([name=seed][value="${ids.scale}"])`);
  // Nothing marked: told at the field, what was typed is kept.
  await form.locator('[name=title]').fill('Que el peso se vea');
  await press(form, 'group');
  expect(await read(irma)).toContain('Marca al menos uno que se le parezca.');
  await expect(form.locator('[name=title]').inputValue()).resolves.toBe('Que el peso se vea');
  for (const name of ['again', 'third']) await form.locator(`[name=marked][value="${ids[name]}"]`).check();
  await press(form, 'group');
  await arrive(irma, /^\/planteamientos\/parecidos\/[0-9a-f-]{36}$/);
  expect(await read(irma)).toContain('Que el peso se vea');
  await narrow(irma);
});

it('Sabina sees that hers walks with others and is still hers', async () => {
  const sabina = await of('sabina');
  await go(sabina, `/planteamientos/${ids.scale}`);
  const shown = await read(sabina);
  expect(shown).toContain('El tuyo sigue siendo tuyo');
  expect(shown).toContain('El comprador paga el mineral sin balanza y sin boleta.');
  await narrow(sabina);
});

it('Irma sets Sabina’s aside with a reason, and is not the one who can answer for it', async () => {
  const irma = await of('irma');
  await go(irma, `/planteamientos/${ids.scale}`);
  const form = irma.locator('form:has([name=reasonCode])');
  await irma.locator('details:has([name=reasonCode]) > summary').click();
  await form.locator('[name=reasonCode][value=otra-via]').check();
  await form.locator('[name=reason]').fill('Va a la oficina de pesos y medidas.');
  await press(form);
  await arrive(irma, /^\/planteamientos\/[0-9a-f-]{36}$/);
  expect(await read(irma)).toContain('Va a la oficina de pesos y medidas.');
});

it('Sabina asks that it be looked at again; it stands on the public list, without her name', async () => {
  const sabina = await of('sabina');
  await go(sabina, `/planteamientos/${ids.scale}`);
  await sabina.locator('details:has([name=words]) > summary').last().click();
  const form = sabina.locator('form:has([name=words]):has([name=key])');
  await form.locator('[name=words]').fill('La oficina no llega hasta aquí. La balanza es de la base.');
  await press(form);
  await sabina.waitForSelector('text=Espera respuesta');
  await narrow(sabina);
  const { page } = await visitor(browser, { javaScriptEnabled: false });
  await go(page, '/planteamientos/apelaciones');
  const shown = await read(page);
  expect(shown).toContain('Uno espera respuesta');
  expect(shown).not.toContain('Sabina');
  await narrow(page);
});

it('Irma finds no form to answer it; Emilia does, and it is looked at again', async () => {
  const irma = await of('irma');
  await go(irma, `/planteamientos/${ids.scale}`);
  expect(await irma.locator('[name=verdict]').count()).toBe(0);
  const emilia = await of('emilia');
  await go(emilia, '/planteamientos/apelaciones');
  await emilia.locator(`main a[href*="${ids.scale}"]`).click();
  const form = emilia.locator('form:has([name=verdict])');
  await form.locator('[name=verdict][value=upheld]').check();
  await form.locator('[name=answer]').fill('Tiene razón: aquí nadie más pesa.');
  await press(form);
  await emilia.waitForSelector('text=Se vuelve a mirar. Decidido el');
  const { page } = await visitor(browser, { javaScriptEnabled: false });
  await go(page, `/planteamientos/${ids.scale}`);
  const shown = await read(page);
  expect(shown).toContain('Recibido');
  expect(shown).toContain('Tiene razón: aquí nadie más pesa.');
  expect(shown).not.toMatch(/Irma|Emilia|Sabina/);
  await go(page, '/planteamientos/tablero');
  expect(await read(page)).toContain('3 planteamientos');
  await narrow(page);
});
