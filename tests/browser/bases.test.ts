import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { issueCard } from '~/server/people/commands';
import { withCheckDigit } from '~/server/people/rules';
import { runtime, setRuntime } from '~/server/runtime';
import { readSecrets } from '~/server/secrets';
import { launchBrowser } from '../support/browser';
import { testDatabase } from '../support/db';
import { buildPerson } from '../support/factories';
import { startTestForum, type TestForum } from '../support/forum';
import { forumWorld } from '../support/people';
import { enterWithCard, visitor } from '../support/visitor';
import { workbook } from '../support/workbook';

// Whole stories, in a real browser, on a machine that may be busy.
vi.setConfig({ testTimeout: 90_000 });
const database = testDatabase();
let forum: TestForum;
let browser: Browser;
let world: Awaited<ReturnType<typeof forumWorld>>;

beforeAll(async () => {
  world = await forumWorld(database.db);
  forum = await startTestForum({ databaseUrl: database.url });
  // The cards made here are hashed with the secret of the forum that will read them.
  setRuntime({ ...runtime(), secrets: readSecrets(forum.dataDir, null) });
  browser = await launchBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await forum?.remove();
});

/** Somebody at her phone, signed in with a card of her own. */
async function at(name: keyof typeof world.people, javaScriptEnabled: boolean): Promise<Page> {
  const { page } = await visitor(browser, { javaScriptEnabled });
  const { code } = await database.db.transaction((tx) => issueCard(tx, world.people[name].id, null));
  await enterWithCard(page, forum.address, code, 'lluvia sobre la cancha');
  return page;
}
const file = (name: string, content: string | Uint8Array) => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: Buffer.from(content),
});
const base = () => `${forum.address}/asociaciones/${world.florDeCuarzo.id}`;
const words = (page: Page) => page.locator('main').innerText();

describe.each([
  ['without scripts', false],
  ['with scripts', true],
] as const)('a secretary at her phone, %s', (_how, scripts) => {
  it('enrolls a person and has her card on the screen, once', async () => {
    const page = await at('ysabel', scripts);
    await page.goto(`${base()}/padron`);
    await page.getByText('Inscribir a una persona nueva').click();
    await page.fill('[name=name]', 'X');
    await page.getByRole('button', { name: 'Inscribir y hacer su tarjeta' }).click();
    await page.waitForSelector('[role=alert]');
    expect(await page.inputValue('[name=name]')).toBe('X');
    await page.fill('[name=name]', 'Sonia Ticona');
    await page.getByRole('button', { name: 'Inscribir y hacer su tarjeta' }).click();
    await page.waitForSelector('code');
    expect(await page.locator('code').innerText()).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    // The page sent again enrolls nobody again, and shows no code again.
    await page.reload();
    expect(await words(page)).toContain('Esta persona ya quedó inscrita');
    expect(await page.locator('code').count()).toBe(0);
    await page.context().close();
  });

  it('is told row by row what is wrong with her padrón, and nobody is enrolled', async () => {
    const page = await at('ysabel', scripts);
    await page.goto(`${base()}/importar`);
    await page.setInputFiles('[name=file]', file('foto.png', Uint8Array.from([0x89, 0x50, 0, 0, 1])));
    await page.getByRole('button', { name: 'Subir y mirar' }).click();
    await page.waitForSelector('.err');
    expect(await words(page)).toContain('Este archivo no es una lista');
    const wrong = 'Nombre;Sexo\nLidia Apaza;mujer\n<script>alert(1)</script>;señora\n=A1;\n';
    await page.setInputFiles('[name=file]', file('padron.csv', wrong));
    await page.getByRole('button', { name: 'Subir y mirar' }).click();
    await page.waitForSelector('table');
    const said = await words(page);
    expect(said).toContain('Hay 3 cosas por corregir');
    expect(said).toMatch(/Fila 3[\s\S]*Lleva números/);
    expect(said).toMatch(/Fila 4[\s\S]*Empieza con un signo/);
    expect(await page.getByRole('button', { name: 'Inscribir a todas' }).count()).toBe(0);
    await page.context().close();
  });

  it('looks at her padrón, has all enrolled, and prints their cards', async () => {
    const page = await at('ysabel', scripts);
    const tag = scripts ? 'Con' : 'Sin';
    const people = Array.from({ length: 9 }, (_, i) => [`Minera ${tag} ${'abcdefghi'[i]}b Quispe`, 'mujer']);
    await page.goto(`${base()}/importar`);
    await page.setInputFiles('[name=file]', file('padron.xlsx', workbook([['Nombre', 'Sexo'], ...people])));
    await page.getByRole('button', { name: 'Subir y mirar' }).click();
    await page.waitForSelector('text=9 personas en el archivo');
    await page.getByRole('button', { name: 'Inscribir a todas' }).click();
    // Shown anew by itself, with a script or without.
    await page.waitForSelector('text=Se inscribió a 9 personas', { timeout: 20_000 });
    await page.getByRole('link', { name: 'Imprimir sus tarjetas' }).click();
    await page.waitForSelector('text=¿Para quiénes?');
    for (const box of await page.locator('[name=persons]').all()) await box.uncheck();
    for (const box of await page.locator(`label:has-text("Minera ${tag}") input`).all()) await box.check();
    await page.getByRole('button', { name: 'Hacer las tarjetas' }).click();
    await page.waitForSelector('text=9 tarjetas para imprimir');
    const codes = await page.locator('code').allInnerTexts();
    expect(new Set(codes).size).toBe(9);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    // Eight cards to an A4 sheet, so nine are two sheets.
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(2);
    await page.context().close();
  });

  it('presents a delegate, whom the committee accredits', async () => {
    const page = await at('elvira', scripts);
    const who = scripts ? 'Elvira Mamani' : 'Sabina Quispe';
    await page.goto(`${base()}/padron`);
    await page.getByRole('link', { name: new RegExp(who) }).click();
    await page.getByText('Presentar como delegada o delegado').click();
    await page.fill('[name=actaReference]', 'Libro 2, folio 14');
    await page.fill('[name=actaDate]', '2026-10-18');
    await page.fill('[name=actaWords]', 'La asamblea la nombra su delegada.');
    await page.getByRole('button', { name: 'Presentar a la comisión' }).click();
    await page.waitForSelector('text=En la comisión');
    await page.context().close();

    const desk = await at('benita', scripts);
    await desk.goto(`${forum.address}/credenciales`);
    const card = desk.locator('section', { hasText: who });
    expect(await card.innerText()).toContain('Libro 2, folio 14');
    await card.getByText('No acreditar').first().click();
    await card.locator('textarea').fill('no');
    await card.getByRole('button', { name: 'No acreditar' }).click();
    await desk.waitForSelector('.err');
    expect(await desk.locator('textarea').inputValue()).toBe('no');
    await desk
      .locator('section', { hasText: who })
      .getByRole('button', { name: 'Acreditar', exact: true })
      .click();
    await desk.waitForURL(/hecho/);
    expect(await words(desk)).toContain(who);
    await desk.context().close();
  });

  it('opens a table with who coordinates it, who gives somebody a place', async () => {
    const serial = scripts ? 3_000_001 : 3_000_003;
    const wilma = await buildPerson(database.db, {
      name: 'Wilma Soto',
      number: withCheckDigit(String(serial)),
    });
    const justo = await buildPerson(database.db, {
      name: 'Justo Ramos',
      number: withCheckDigit(String(serial + 1)),
    });
    const page = await at('gloria', scripts);
    const title = `Mesa de contratos ${scripts ? 'con' : 'sin'}`;
    await page.goto(`${forum.address}/mesas`);
    await page.getByText('Abrir una mesa').first().click();
    await page.fill('[name=title]', title);
    await page.fill('[name=purpose]', 'Aclarar los contratos con los titulares.');
    await page.check('[value=contratos-con-titulares]');
    await page.fill('[name=number]', wilma.number);
    await page.getByRole('button', { name: 'Abrir la mesa' }).click();
    await page.waitForURL(/mesas\/[0-9a-f-]{36}/);
    expect(await page.locator('h1').innerText()).toBe(title);
    expect(await words(page)).not.toContain('Wilma');
    const address = page.url().replace(/\?.*/, '');
    await page.context().close();

    const { page: hers } = await visitor(browser, { javaScriptEnabled: scripts });
    const { code } = await database.db.transaction((tx) => issueCard(tx, wilma.id, null));
    await enterWithCard(hers, forum.address, code, 'quimbalete y retorta');
    await hers.goto(address);
    await hers.getByText('Dar un lugar').click();
    await hers.fill('[name=number]', '1111-1111');
    await hers.getByRole('button', { name: 'Dar el lugar' }).click();
    await hers.waitForSelector('.err');
    await hers.fill('[name=number]', justo.number);
    await hers.getByRole('button', { name: 'Dar el lugar' }).click();
    await hers.waitForURL(/hecho/);
    expect(await words(hers)).toContain('Justo Ramos');
    await hers.context().close();
  });
});

it('a private space answers a stranger like a page that is not there', async () => {
  const { page } = await visitor(browser);
  const there = await page.goto(`${forum.address}/mesas/${world.casaFlor.id}`);
  const bodyThere = await there!.text();
  const missing = await page.goto(`${forum.address}/mesas/00000000-0000-4000-8000-000000000000`);
  expect([there!.status(), missing!.status()]).toEqual([404, 404]);
  expect(bodyThere).toBe(await missing!.text());
  await page.context().close();
});

it('ten megabytes are refused before they are read', async () => {
  const page = await at('ysabel', false);
  const answer = await page.request.post(`${forum.address}/api/trpc/associations.upload`, {
    multipart: { id: world.florDeCuarzo.id, file: file('x.csv', Buffer.alloc(10 * 1024 * 1024, 97)) },
    headers: { origin: forum.address },
  });
  expect(answer.status()).toBe(413);
  await page.context().close();
});
