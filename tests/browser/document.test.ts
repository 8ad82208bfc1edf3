import { createHash } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sessions } from '~/db/schema/people';
import { readConfig } from '~/server/config';
import { aknOf } from '~/server/document/rules/akn';
import { csvOf } from '~/server/document/rules/csv';
import { docxOf } from '~/server/document/rules/docx';
import { pdfOf } from '~/server/document/rules/pdf';
import { treeOf } from '~/server/document/rules/tree';
import { setRuntime } from '~/server/runtime';
import { readSecrets } from '~/server/secrets';
import { sealSession } from '~/server/session';
import { launchBrowser } from '../support/browser';
import { testDatabase } from '../support/db';
import { type DocumentWorld, documentWorld } from '../support/document';
import { startTestForum, type TestForum } from '../support/forum';
import { visitor } from '../support/visitor';

const database = testDatabase();
let world: DocumentWorld;
let forum: TestForum;
let browser: Browser;

beforeAll(async () => {
  world = await documentWorld(database.db);
  forum = await startTestForum({ databaseUrl: database.url });
  // Sessions are sealed here as the forum itself would seal them.
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
async function phoneOf(name: keyof DocumentWorld['people'] | null): Promise<Page> {
  const { context, page } = await visitor(browser, { javaScriptEnabled: false });
  if (name) {
    const personId = world.people[name].id;
    const expiresAt = new Date(Date.now() + 3_600_000);
    const [row] = await database.db
      .insert(sessions)
      .values({ personId, device: 'prueba', seenOn: 'hoy', expiresAt })
      .returning({ id: sessions.id });
    const sealed = await sealSession(row!.id, personId);
    await context.addCookies([{ name: sealed.name, value: sealed.value, url: forum.address }]);
  }
  return page;
}
const go = (page: Page, path: string) => page.goto(forum.address + path);
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true }).click();
const told = (page: Page) => page.locator('[role=status]').innerText();

it('a draft becomes an article, a version and an answer, on phones without a script', async () => {
  const [emilia, filomena] = [await phoneOf('emilia'), await phoneOf('filomena')];
  await go(emilia, '/consolidar');
  await emilia.getByRole('link', { name: /^Agua limpia/ }).click();
  await emilia.selectOption('[name=area]', 'agua');
  await emilia.check('[name=wording][value=passage]');
  await emilia.fill('[name=passage]', 'Su uso se cobra.');
  await press(emilia, 'Recoger como artículo');
  expect(await emilia.locator('.err').innerText()).toContain('no está en el borrador');
  expect(await emilia.inputValue('[name=passage]')).toBe('Su uso se cobra.');
  await emilia.check('[name=wording][value=all]');
  await press(emilia, 'Recoger como artículo');
  expect(await told(emilia)).toBe('Recogido. Ahora completa sus datos.');
  const desk = new URL(emilia.url()).pathname;

  // Filomena has the same sheet open and is the slower one.
  await go(filomena, desk);
  await emilia.fill('[name=summary]', 'Agua limpia en cada campamento, sin cobro.');
  await emilia.fill('[name=genderCheck]', 'Las pallaqueras y cocineras cargan el agua.');
  await emilia.check('[name=addressees][value=ana]');
  await press(emilia, 'Guardar los datos');
  await filomena.fill('[name=reality]', 'El agua queda a una hora a pie.');
  await press(filomena, 'Guardar los datos');
  expect(await filomena.locator('#datos').innerText()).toContain('Otra persona lo cambió mientras tanto.');
  expect(await filomena.inputValue('[name=reality]')).toBe('El agua queda a una hora a pie.');

  // Texts from the same sheet are put together.
  await go(filomena, desk);
  const text = await filomena.inputValue('[name=text]');
  await emilia.fill('[name=text]', text.replace('agua limpia', 'agua limpia y segura'));
  await press(emilia, 'Guardar el texto');
  await filomena.fill('[name=text]', text.replace('no se cobra', 'es gratuito'));
  await press(filomena, 'Guardar el texto');
  expect(await told(filomena)).toContain('juntamos los dos textos');

  await go(emilia, '/consolidar/congelar');
  await press(emilia, 'Congelar la versión 1');
  expect(new URL(emilia.url()).pathname).toBe('/documento/v/1');

  const anyone = await phoneOf(null);
  await go(anyone, '/documento');
  await anyone.getByRole('link', { name: /^Art\. 1\. Agua limpia/ }).click();
  const article = await anyone.locator('main').innerText();
  expect(article).toContain('agua limpia y segura');
  expect(article).toContain('Su uso es gratuito.');
  expect(article).toContain('Nace de 2 planteamientos');
  expect(article).toContain('Para esta versión todavía no se pidió respuesta.');
  const address = new URL(anyone.url()).pathname;

  const gloria = await phoneOf('gloria');
  await go(gloria, address);
  await gloria.getByRole('link', { name: 'Pedir respuesta' }).click();
  await gloria.selectOption('[name=officeId]', world.officeId);
  await gloria.fill('[name=dueOn]', '2020-01-01');
  await press(gloria, 'Pedir la respuesta');
  expect(await gloria.locator('.err').innerText()).toContain('Elige un día de hoy en adelante.');
  await gloria.fill('[name=dueOn]', '2099-01-31');
  await press(gloria, 'Pedir la respuesta');
  expect(await told(gloria)).toContain('Ya se ve bajo el artículo.');

  const carla = await phoneOf('carla');
  await go(carla, '/revision');
  await carla.getByRole('link', { name: /^Art\. 1\. Agua limpia/ }).click();
  await carla.check('[name=kind][value=no_acogida]');
  await carla.fill('[name=words]', 'No hay presupuesto para esto en el próximo año.');
  await press(carla, 'Enviar la respuesta');
  expect(await told(carla)).toContain('Ya se ve bajo el artículo.');
  await go(anyone, address);
  const answered = await anyone.locator('#respuestas').innerText();
  expect(answered).toContain('Dirección Regional de Minería «de Prueba»');
  expect(answered).toContain('No acogida');
  expect(answered).not.toContain('Carla');
}, 90_000);

it('the open data are the bytes that the seal is of', async () => {
  const page = await phoneOf(null);
  await go(page, '/documento');
  const seal = (await page
    .locator('.seal', { hasText: 'Sello de esta versión' })
    .locator('.all')
    .textContent())!.replace(/\s/g, '');
  const answer = await fetch(`${forum.address}/api/open/document.json`);
  const body = Buffer.from(await answer.arrayBuffer());
  expect(createHash('sha256').update(body).digest('hex')).toBe(seal);
  const etag = answer.headers.get('etag')!;
  const again = await fetch(`${forum.address}/api/open/document.json`, {
    headers: { 'If-None-Match': etag },
  });
  expect(again.status).toBe(304);
  for (const wrong of ['?v=99', '?v=uno', '?v=']) {
    const none = await fetch(`${forum.address}/api/open/document.json${wrong}`);
    if (wrong === '?v=') expect(none.status).toBe(200);
    else expect([none.status, await none.json()]).toEqual([404, { error: expect.any(String) }]);
  }
});

it('the document is taken along in every form, each of the version that is shown', async () => {
  const page = await phoneOf(null);
  await go(page, '/documento');
  const links = page.locator('#llevar a');
  expect(await links.allInnerTexts()).toEqual([
    expect.stringMatching(/PDF para papel A4.*Unos \d+ kB/s),
    expect.stringMatching(/Archivo de Word.*Unos \d+ kB/s),
    expect.stringMatching(/Tabla.*Unos \d/s),
    expect.stringMatching(/Akoma Ntoso.*Unos \d/s),
    expect.stringMatching(/Datos abiertos.*Unos \d/s),
    expect.stringMatching(/Todo el proceso/),
  ]);
  const canonical = await (await fetch(`${forum.address}/api/open/document.json`)).text();
  const sha256 = createHash('sha256').update(canonical).digest('hex');
  const tree = treeOf(canonical, sha256);
  const expected: Record<string, [string, Buffer]> = {
    pdf: ['application/pdf', Buffer.from(await pdfOf(tree))],
    docx: ['application/vnd.openxmlformats-officedocument', Buffer.from(await docxOf(tree))],
    csv: ['text/csv', Buffer.from(csvOf(tree))],
    xml: ['application/xml', Buffer.from(aknOf(tree))],
    json: ['application/json', Buffer.from(canonical)],
  };
  for (const link of (await links.all()).slice(0, -1)) {
    const path = (await link.getAttribute('href'))!;
    const form = path.split('.').at(-1)!;
    const [type, bytes] = expected[form]!;
    expect(path).toBe(`/api/open/document/v1.${form}`);
    for (const address of [path, `/api/open/document.${form}`]) {
      const answer = await fetch(forum.address + address);
      expect([address, answer.status]).toEqual([address, 200]);
      expect(answer.headers.get('content-type')).toContain(type);
      expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
      const etag = answer.headers.get('etag')!;
      const again = await fetch(forum.address + address, { headers: { 'If-None-Match': etag } });
      expect(again.status).toBe(304);
    }
    const file = await fetch(forum.address + path);
    if (form !== 'json')
      expect(file.headers.get('content-disposition')).toBe(
        `attachment; filename="documento-unico-v1.${form}"`,
      );
  }
});

it('a version or a form that is not there is not found, in one sentence', async () => {
  const none = await fetch(`${forum.address}/api/open/document/v99.pdf`);
  const said = await none.text();
  expect([none.status, Object.keys(JSON.parse(said))]).toEqual([404, ['error']]);
  for (const file of ['v0.pdf', 'v1.exe', 'v1.toString', 'v1', '1.pdf', 'v99999999999.docx', 'v1.pdf.pdf']) {
    const other = await fetch(`${forum.address}/api/open/document/${file}`);
    expect([file, other.status, await other.text()]).toEqual([file, 404, said]);
  }
  for (const file of ['document.pdf?v=99', 'document.docx?v=uno', 'document.csv?v=-1'])
    expect((await fetch(`${forum.address}/api/open/${file}`)).status).toBe(404);
});

it('an article’s own address leads to its place, and says nothing of what is not there', async () => {
  const { chapters } = await (await fetch(`${forum.address}/api/open/document.json`)).json();
  const [article] = chapters.flatMap((chapter: { articles: { id: string }[] }) => chapter.articles);
  const found = await fetch(`${forum.address}/articulo/${article.id}`, { redirect: 'manual' });
  expect([found.status, found.headers.get('location')]).toEqual([307, '/documento/v/1/art/1']);
  for (const path of ['/articulo/00000000-0000-4000-8000-000000000000', '/articulo/nada', '/documento/v/9'])
    expect((await fetch(forum.address + path)).status).toBe(404);
  const sabina = await phoneOf('sabina');
  expect((await go(sabina, '/consolidar'))!.status()).toBe(404);
});
