import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sessions } from '~/db/schema/people';
import { readConfig } from '~/server/config';
import { setRuntime } from '~/server/runtime';
import { readSecrets } from '~/server/secrets';
import { sealSession } from '~/server/session';
import { launchBrowser } from '../support/browser';
import { testDatabase } from '../support/db';
import { buildDraft } from '../support/drafts';
import { startTestForum, type TestForum } from '../support/forum';
import { forumWorld } from '../support/people';
import { visitor } from '../support/visitor';

const database = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
let draft: { id: string };
let forum: TestForum;
let browser: Browser;

beforeAll(async () => {
  world = await forumWorld(database.db);
  draft = await buildDraft(database.db, world.mesaAgua.id, {
    text: 'Agua limpia\nPedimos agua limpia en las lavadas.\nY un registro propio.\n',
  });
  forum = await startTestForum({ databaseUrl: database.url });
  const secrets = readSecrets(forum.dataDir, null);
  const config = { ...readConfig({}), dataDir: forum.dataDir };
  setRuntime({ config, secrets, version: 'test', setupCode: 'C0NS01ET3ST9' });
  browser = await launchBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await forum?.remove();
});

/** A phone of 360 px without scripts, on which this person is signed in. */
async function phoneOf(name: keyof typeof world.people): Promise<Page> {
  const { context, page } = await visitor(browser, { javaScriptEnabled: false });
  const personId = world.people[name].id;
  const expiresAt = new Date(Date.now() + 3_600_000);
  const [row] = await database.db
    .insert(sessions)
    .values({ personId, device: 'prueba', seenOn: 'hoy', expiresAt })
    .returning({ id: sessions.id });
  const sealed = await sealSession(row!.id, personId);
  await context.addCookies([{ name: sealed.name, value: sealed.value, url: forum.address }]);
  return page;
}
const go = (page: Page, path = '') => page.goto(`${forum.address}/borradores/${draft.id}${path}`);
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true }).click();
const follow = (page: Page, name: string | RegExp) => page.getByRole('link', { name }).first().click();
const told = (page: Page) => page.locator('[role=status]').first().innerText();
/** Words that do not repeat, so that they do not pack better than those of people. */
const words = (seed: number) =>
  Array.from({ length: 50 }, (_, i) =>
    ((((seed * 50 + i) * 2_654_435_761) >>> 0) % 33_000).toString(36),
  ).join(' ');
const main = (page: Page) => page.locator('main').innerText();

it('Sabina suggests and comments, Nieves puts it in, and it is told whose words they are, without a script', async () => {
  const sabina = await phoneOf('sabina');
  await go(sabina);
  await follow(sabina, 'Sugerir u opinar');
  await follow(sabina, /Sugerir u opinar sobre el párrafo 2/);
  expect(await sabina.inputValue('[name=text]')).toBe('Pedimos agua limpia en las lavadas.');
  await press(sabina, 'Enviar la sugerencia');
  expect(await sabina.locator('.err').innerText()).toContain('El párrafo quedó igual.');
  await sabina.fill('[name=text]', 'Exigimos agua limpia en las lavadas.');
  await sabina.fill('[name=reason]', 'Ya pedimos muchas veces.');
  await press(sabina, 'Enviar la sugerencia');
  expect(await told(sabina)).toContain('Tu sugerencia llegó.');
  expect(await sabina.locator('del').innerText()).toContain('Pedimos');
  expect(await sabina.locator('ins').innerText()).toContain('Exigimos');

  await sabina.fill('#comentar [name=words]', '¿En todas las lavadas?');
  await sabina.fill('[name=quote]', 'en las minas');
  await press(sabina, 'Enviar el comentario');
  expect(await sabina.locator('.err').innerText()).toContain('no están en el párrafo');
  expect(await sabina.inputValue('#comentar [name=words]')).toBe('¿En todas las lavadas?');
  await sabina.fill('[name=quote]', 'en las lavadas');
  await press(sabina, 'Enviar el comentario');
  expect(await told(sabina)).toContain('Tu comentario está guardado.');

  const nieves = await phoneOf('nieves');
  await go(nieves, '/versiones');
  await nieves.fill('[name=name]', 'Antes de exigir');
  await press(nieves, 'Guardar la versión');
  await go(nieves);
  expect(await main(nieves)).toContain('Una sugerencia · Un comentario');
  await follow(nieves, /^Sugerencias/);
  expect(await main(nieves)).toContain('Sugiere Flor de Cuarzo');
  expect(await main(nieves)).not.toContain('Sabina');
  await press(nieves, 'Poner en el texto');
  expect(await told(nieves)).toBe('Listo. Quedó guardado.');
  expect(await main(nieves)).toContain('Puesta en el texto');

  await go(nieves);
  expect(await main(nieves)).toContain('Exigimos agua limpia en las lavadas.');
  await follow(nieves, /^Quién escribió qué/);
  const who = await nieves.locator('.prose.by').innerText();
  expect(who).toMatch(/Flor de Cuarzo:\s*Exigimos/);
  expect(who).toMatch(/El foro:\s*Agua limpia/);

  await go(nieves, '/versiones');
  await press(nieves, 'Comparar');
  expect(await nieves.locator('.written del').innerText()).toContain('Pedimos');
  expect(await nieves.locator('.written ins').innerText()).toContain('Exigimos');
  await go(sabina, '/comentarios');
  expect(await main(sabina)).toContain('¿En todas las lavadas?');
  await press(sabina, 'Está resuelto');
  expect(await main(sabina)).toContain('Resueltos (1)');
}, 90_000);

it('Nieves says no to a suggestion and why; what she left out is said at its field', async () => {
  const [rufino, nieves] = [await phoneOf('rufino'), await phoneOf('nieves')];
  await go(rufino, '/parrafo/2');
  await rufino.fill('[name=text]', '');
  await press(rufino, 'Enviar la sugerencia');
  await go(nieves, '/sugerencias');
  await nieves.getByText('No poner', { exact: true }).click();
  await nieves.fill('[name=answer]', 'no');
  await press(nieves, 'Responder que no');
  expect(await nieves.locator('.err').innerText()).toContain('Escribe un poco más');
  expect(await nieves.inputValue('[name=answer]')).toBe('no');
  await nieves.fill('[name=answer]', 'El registro lo pidieron tres bases.');
  await press(nieves, 'Responder que no');
  await go(rufino, '/sugerencias');
  expect(await main(rufino)).toContain('El registro lo pidieron tres bases.');
}, 60_000);

it('a draft of a hundred thousand letters is read and written part by part, each a light page', async () => {
  const line = (i: number) => `Línea ${i}: ${words(i)}.`;
  const text = Array.from({ length: 480 }, (_, i) => line(i)).join('\n');
  expect(text.length).toBeGreaterThan(90_000);
  const long = await buildDraft(database.db, world.mesaAgua.id, { text, title: 'Todo junto' });
  const nieves = await phoneOf('nieves');
  const costs: number[] = [];
  const at = async (query: string) => {
    const cdp = await nieves.context().newCDPSession(nieves);
    await cdp.send('Network.enable');
    await cdp.send('Network.clearBrowserCache');
    let bytes = 0;
    cdp.on('Network.loadingFinished', ({ encodedDataLength }) => {
      bytes += encodedDataLength;
    });
    await nieves.goto(`${forum.address}/borradores/${long.id}${query}`, { waitUntil: 'networkidle' });
    await cdp.detach();
    costs.push(bytes);
  };
  await at('');
  expect(await main(nieves)).toContain('Parte 1 de 5');
  expect(await main(nieves)).not.toContain(line(479));
  for (const query of ['?revisar=1&parte=2', '?parte=5', '?editar=1&parte=5', '/quien', '/parrafo/479'])
    await at(query);
  if (process.env.PRINT_BYTES) console.info('BYTES of a long draft', costs);
  expect(costs.filter((cost) => cost > 30_000)).toEqual([]);
  await go(nieves);
  await nieves.goto(`${forum.address}/borradores/${long.id}?editar=1&parte=5`);
  const part = await nieves.inputValue('[name=text]');
  expect(part).toContain(line(479));
  await nieves.fill('[name=text]', `${part}\nY una línea más.`);
  await press(nieves, 'Guardar');
  expect(await main(nieves)).toContain('Y una línea más.');
  await nieves.goto(`${forum.address}/borradores/${long.id}?parte=1`);
  expect(await main(nieves)).toContain(line(0));
}, 60_000);

it('Mery deletes the draft for good; then it is not there, and its table reads why', async () => {
  const [mery, nieves] = [await phoneOf('mery'), await phoneOf('nieves')];
  expect((await go(nieves, '/borrar'))!.status()).toBe(404);
  await go(mery);
  await follow(mery, 'Borrar para siempre');
  await mery.fill('[name=reason]', 'Tenía datos de una familia.');
  await mery.fill('[name=word]', 'bueno');
  await press(mery, 'Borrar para siempre');
  expect(await mery.locator('.err').innerText()).toContain('BORRAR');
  await mery.fill('[name=word]', 'borrar');
  await press(mery, 'Borrar para siempre');
  expect(new URL(mery.url()).pathname).toBe(`/mesas/${world.mesaAgua.id}`);
  expect(await mery.locator('main').textContent()).toContain('Tenía datos de una familia.');
  for (const path of ['', '/sugerencias', '/comentarios', '/versiones', '/quien'])
    expect((await go(nieves, path))!.status()).toBe(404);
}, 60_000);
