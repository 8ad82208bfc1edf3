import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { issueCard } from '~/server/people/commands';
import { buildDelegates } from '../support/ballots';
import { launchBrowser } from '../support/browser';
import { startTestForum, type TestForum } from '../support/forum';
import { forumWorld } from '../support/people';
import { enterWithCard, visitor } from '../support/visitor';

// The one thread, told by people with a browser each, from a card to the official response and back.
type World = Awaited<ReturnType<typeof forumWorld>>;
type Name = keyof World['people'];

let forum: TestForum;
let browser: Browser;
let world: World;
const cards = {} as Record<Name, string>;
const pages = {} as Record<string, Page>;

const concernWords = 'Lavamos con agua de la mina. Se nos parte la piel.';
const passphrase = 'lluvia sobre la cancha';

beforeAll(async () => {
  forum = await startTestForum({
    seed: async (db) => {
      world = await forumWorld(db);
      // Ten on the roll: with fewer no vote is opened.
      await buildDelegates(db, world.tresVetas.id, 8);
      for (const [name, { id }] of Object.entries(world.people))
        cards[name as Name] = (await db.transaction((tx) => issueCard(tx, id, world.people.gloria.id))).code;
    },
  });
  browser = await launchBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await forum?.remove();
});

/** The page of a person, signed in with her card the first time she is met. */
async function of(name: Name, options: { javaScriptEnabled?: boolean } = {}): Promise<Page> {
  const known = pages[name];
  if (known) return known;
  const { page } = await visitor(browser, options);
  await enterWithCard(page, forum.address, cards[name], passphrase);
  pages[name] = page;
  return page;
}
const go = (page: Page, path: string) => page.goto(forum.address + path);
const press = (form: Locator) => form.locator('button[type=submit]').first().click();
const pathOf = (page: Page) => new URL(page.url()).pathname;
/** Where a form has led: a path that fits. */
const arrive = (page: Page, path: RegExp) => page.waitForURL((url) => path.test(url.pathname));
const idIn = (path: string) => /[0-9a-f-]{36}/.exec(path)![0];

let concernId: string;
let draftId: string;
let articlePath: string;
let ballotId: string;

it('Ysabel enrolls a new member and hands her a card; the member enters with it', async () => {
  const ysabel = await of('ysabel');
  await go(ysabel, `/asociaciones/${world.florDeCuarzo.id}/padron`);
  const form = ysabel.locator('form:has([name=name]):has([name=sex])');
  if (!(await form.isVisible()))
    await ysabel.locator('details:has(form [name=sex]) > summary').first().click();
  await form.locator('[name=name]').fill('Faustina Calla');
  await press(form);
  await ysabel.waitForSelector('text=/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/');
  const code = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(await ysabel.locator('main').innerText())![0];

  const { page: faustina } = await visitor(browser);
  await enterWithCard(faustina, forum.address, code, passphrase);
  pages.faustina = faustina;
  await go(faustina, '/');
  expect(await faustina.locator('main').innerText()).toContain('Di qué pasa en tu labor');
  // The card was good for once.
  const { page: stranger } = await visitor(browser);
  await go(stranger, '/entrar');
  await stranger.locator('form:has([name=code]) [name=code]').fill(code);
  await press(stranger.locator('form:has([name=code])'));
  await stranger.waitForSelector('.err, .note.bad');
  expect(pathOf(stranger)).toBe('/entrar');
});

it('she raises a concern in the name of her base, and her name is nowhere on its page', async () => {
  const page = pages.faustina!;
  await go(page, '/planteamientos/nuevo');
  await page.fill('[name=words]', concernWords);
  await page.check('[name=areas][value=agua]');
  await page.selectOption('[name=place]', '2110');
  await page.check('[name=barrier][value=otro]');
  await press(page.locator('form:has([name=words])'));
  await arrive(page, /^\/planteamientos\/[0-9a-f-]{36}$/);
  concernId = idIn(page.url());
  const shown = await page.locator('main').innerText();
  expect(shown).toContain(concernWords);
  expect(shown).toContain('Flor de Cuarzo');
  expect(shown).not.toContain('Faustina');
});

it('Mery’s table takes it up in a draft, and two delegates of different regions write it together', async () => {
  const mery = await of('mery');
  await go(mery, `/borradores/nuevo?planteamiento=${concernId}`);
  if ((await mery.locator('form:has([name=title])').count()) === 0)
    await mery.locator('main a[href*="/borradores/nuevo?"]').first().click();
  await mery.fill('[name=title]', 'Agua segura para lavar');
  await press(mery.locator('form:has([name=title])'));
  await arrive(mery, /^\/borradores\/[0-9a-f-]{36}/);
  draftId = idIn(mery.url());

  const [nieves, rufino] = [await of('nieves'), await of('rufino')];
  for (const page of [nieves, rufino]) {
    await go(page, `/borradores/${draftId}/editar`);
    await page.waitForSelector('textarea:not([readonly])');
  }
  const type = async (page: Page, words: string) => {
    await page.locator('textarea').focus();
    await page.keyboard.press('Control+End');
    await page.keyboard.type(words, { delay: 15 });
  };
  const reads = (page: Page, words: string) =>
    page.waitForFunction((wanted) => document.querySelector('textarea')!.value.includes(wanted), words);
  await type(nieves, 'Reservorio de agua limpia en cada centro minero. ');
  await reads(rufino, 'Reservorio de agua limpia en cada centro minero.');
  await type(rufino, 'Análisis publicados dos veces al año.');
  await reads(nieves, 'Análisis publicados dos veces al año.');
  await nieves.waitForSelector('text=/Guardado/');
  await rufino.waitForSelector('text=/Guardado/');
}, 180_000);

it('the power goes; what was called saved is there when it comes back', async () => {
  await forum.kill();
  await forum.start();
  const rufino = await of('rufino');
  await go(rufino, `/borradores/${draftId}`);
  const text = await rufino.locator('main').innerText();
  expect(text).toContain('Reservorio de agua limpia en cada centro minero.');
  expect(text).toContain('Análisis publicados dos veces al año.');
  await go(rufino, `/planteamientos/${concernId}`);
  expect(await rufino.locator('main').innerText()).toContain(concernWords);
}, 180_000);

it('Emilia makes an article of it and freezes the version', async () => {
  const emilia = await of('emilia');
  await go(emilia, `/consolidar/borrador/${draftId}`);
  await emilia.fill('[name=title]', 'Agua segura');
  await emilia.selectOption('[name=area]', 'agua');
  await press(emilia.locator('form:has([name=draftId])'));
  await arrive(emilia, /^\/consolidar\/articulo\/[0-9a-f-]{36}/);
  const fields = emilia.locator('form:has([name=genderCheck])');
  if (!(await fields.isVisible()))
    await emilia.locator('details:has([name=genderCheck]) > summary').first().click();
  await fields.locator('[name=summary]').fill('Agua limpia y analizada en cada centro minero.');
  await fields.locator('[name=genderCheck]').fill('Las mujeres cargan y lavan con esa agua.');
  const addressees = fields.locator('[name=addressees]').first();
  if (!(await addressees.isVisible()))
    await fields.locator('details:has([name=addressees]) > summary').click();
  await addressees.check();
  await press(fields);
  await emilia.waitForLoadState();
  await go(emilia, '/consolidar/congelar');
  await emilia.fill('[name=title]', 'Primera versión');
  await press(emilia.locator('form:has([name=after])'));
  await emilia.waitForURL((url) => url.pathname !== '/consolidar/congelar');

  const { page: anyone } = await visitor(browser, { javaScriptEnabled: false });
  await go(anyone, '/documento');
  await anyone.locator('a[href^="/documento/v/1/art/1"]').first().click();
  articlePath = pathOf(anyone);
  const article = await anyone.locator('main').innerText();
  expect(article).toContain('Reservorio de agua limpia en cada centro minero.');
  await expect(anyone.locator(`a[href="/planteamientos/${concernId}"]`).count()).resolves.toBeGreaterThan(0);
  pages.anyone = anyone;
}, 180_000);

it('Gloria prepares an urgent vote on exactly that text, Jacinta confirms, Gloria opens it', async () => {
  const gloria = await of('gloria');
  await go(gloria, '/votaciones/nueva');
  await gloria.fill('[name=title]', 'Votación de la primera versión');
  await gloria.check('[name=scope][value=articles]');
  await gloria.check('[name=template][value=propia]');
  await gloria.fill('[name=quorumPercent]', '20');
  await gloria.fill('[name=majorityPercent]', '50');
  const closes = new Date(Date.now() + 90_000 - 5 * 3_600_000).toISOString().slice(0, 19);
  await gloria.locator('[name=closesAt]').evaluate((field: HTMLInputElement, value) => {
    field.step = '1';
    field.value = value;
  }, closes);
  await gloria.check('[name=urgent]');
  await press(gloria.locator('form:has([name=closesAt])'));
  await arrive(gloria, /^\/votaciones\/[0-9a-f-]{36}$/);
  ballotId = idIn(gloria.url());
  const act = (page: Page, words: RegExp) => page.getByRole('button', { name: words }).click();
  const jacinta = await of('jacinta');
  await go(jacinta, `/votaciones/${ballotId}`);
  await act(jacinta, /confirm/i);
  await jacinta.waitForLoadState();
  await go(gloria, `/votaciones/${ballotId}`);
  await act(gloria, /abrir/i);
  await gloria.waitForLoadState();
  await go(pages.anyone!, `/votaciones/${ballotId}`);
  expect(await pages.anyone!.locator('main').innerText()).toContain('Votación de la primera versión');
}, 180_000);

// What a choice's field says to the server is sealed, so people and tests go by its words.
const wordOf = { si: /^Sí/, no: /^No\b/, abstencion: /^Abstención/ };

/** One question a screen, to the review, and into the box; each press is a page of its own, with scripts or without. */
async function vote(page: Page, choice: keyof typeof wordOf): Promise<string> {
  const press = (value: string) =>
    Promise.all([page.waitForEvent('load'), page.locator(`button[name=go][value=${value}]`).first().click()]);
  await go(page, `/votaciones/${ballotId}`);
  await press('start');
  for (let screen = 0; screen < 5 && (await page.locator('[name=choice]').count()) > 0; screen++) {
    await page.getByRole('radio', { name: wordOf[choice] }).check();
    await press('next');
  }
  await press('cast');
  return page.locator('main').innerText();
}

it('Nieves and Rufino vote, he without JavaScript; no page says afterwards what was chosen', async () => {
  const nieves = await of('nieves');
  expect(await vote(nieves, 'si')).toMatch(/recibi/i);
  const { context, page } = await visitor(browser, { javaScriptEnabled: false });
  await context.addCookies(await (await of('rufino')).context().cookies());
  expect(await vote(page, 'si')).toMatch(/recibi/i);
  for (const voter of [nieves, page]) {
    await go(voter, `/votaciones/${ballotId}`);
    expect(await voter.locator('input:checked').count()).toBe(0);
  }
}, 180_000);

it('a member without the right finds no way to vote', async () => {
  const sabina = await of('sabina');
  await go(sabina, `/votaciones/${ballotId}`);
  expect(await sabina.locator('button[name=go][value=start]').count()).toBe(0);
});

it('the box closes by itself: quorum, verdict and acta', async () => {
  const { page: public_ } = await visitor(browser, { javaScriptEnabled: false });
  await expect
    .poll(async () => (await go(public_, `/votaciones/${ballotId}/resultado`))!.status(), {
      timeout: 150_000,
      interval: 2000,
    })
    .toBe(200);
  const result = await public_.locator('main').innerText();
  expect(result).toMatch(/aprobado/i);
  expect(result).toMatch(/2/);
  await go(public_, `/votaciones/${ballotId}/acta`);
  const acta = await public_.locator('main').innerText();
  expect(acta).toContain('Votación de la primera versión');
  expect(acta).toMatch(/firma|huella/i);
}, 180_000);

it('the State is asked and answers under the article, with its own name and not Carla’s', async () => {
  const gloria = await of('gloria');
  await go(gloria, '/revision');
  const ask = gloria.locator('form:has([name=versionArticleId])');
  if (!(await ask.isVisible()))
    await gloria.locator('details:has([name=versionArticleId]) > summary').click();
  await ask.locator('[name=versionArticleId]').selectOption({ index: 1 });
  await ask.locator('[name=officeId]').selectOption(world.officeId);
  await ask.locator('[name=dueOn]').fill('2030-01-15');
  await press(ask);
  await gloria.waitForLoadState();

  const carla = await of('carla');
  await go(carla, '/revision');
  await carla.locator('a[href^="/revision/"]').first().click();
  await carla.check('[name=kind][value=acogida]');
  await carla.fill('[name=words]', 'Se acoge el artículo. La oficina lo incluye en su plan.');
  await press(carla.locator('form:has([name=kind])'));
  await carla.waitForLoadState();
  const anyone = pages.anyone!;
  await go(anyone, articlePath);
  const shown = await anyone.locator('main').innerText();
  expect(shown).toContain('Se acoge el artículo. La oficina lo incluye en su plan.');
  expect(shown).toContain('Dirección Regional de Minería');
  expect(shown).not.toContain('Carla');
}, 180_000);

it('and by links alone one walks back from the response to the concern, and forth again', async () => {
  const anyone = pages.anyone!;
  await anyone.locator(`a[href="/planteamientos/${concernId}"]`).first().click();
  expect(pathOf(anyone)).toBe(`/planteamientos/${concernId}`);
  expect(await anyone.locator('main').innerText()).toContain(concernWords);
  // The thread on the concern leads to the article, to the vote on exactly that text, and to the response.
  const hrefs = await anyone.$$eval('main a[href]', (all) => all.map((one) => one.getAttribute('href')!));
  expect(hrefs).toContain(articlePath);
  expect(hrefs).toContain(`/votaciones/${ballotId}/resultado`);
  expect(hrefs.some((href) => href.startsWith(`${articlePath}#`))).toBe(true);
  await anyone.locator(`a[href="/votaciones/${ballotId}/resultado"]`).first().click();
  await anyone.locator(`a[href="${articlePath}"]`).first().click();
  expect(pathOf(anyone)).toBe(articlePath);
});

it('Tomasa raises a concern on a phone without JavaScript, is told what is missing, and loses nothing', async () => {
  const { page } = await visitor(browser, { javaScriptEnabled: false });
  await enterWithCard(page, forum.address, cards.tomasa, passphrase);
  await go(page, '/planteamientos/nuevo');
  await page.fill('[name=words]', 'Se pierde mineral en el camino a la planta.');
  await page
    .locator('form:has([name=words])')
    .evaluate((form: HTMLFormElement) => {
      form.noValidate = true;
    })
    .catch(() => {});
  await page.check('[name=barrier][value=distancia]');
  await page.selectOption('[name=place]', '0403');
  await press(page.locator('form:has([name=words])'));
  // No area was marked.
  expect(await page.locator('.err').first().innerText()).toBe('Falta este dato.');
  expect(await page.inputValue('[name=words]')).toBe('Se pierde mineral en el camino a la planta.');
  expect(await page.inputValue('[name=place]')).toBe('0403');
  await page.check('[name=areas][value=robo-y-comercio-de-mineral]');
  await press(page.locator('form:has([name=words])'));
  expect(pathOf(page)).toMatch(/^\/planteamientos\/[0-9a-f-]{36}$/);
  expect(await page.locator('main').innerText()).toContain('Se pierde mineral en el camino a la planta.');
});
