import '../support/runtime';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { closeBallot } from '~/server/ballots/commands/closing';
import { issueCard } from '~/server/people/commands';
import { runtime, setRuntime } from '~/server/runtime';
import { readSecrets } from '~/server/secrets';
import { openedBallot } from '../support/ballots';
import { launchBrowser } from '../support/browser';
import { testDatabase } from '../support/db';
import { startTestForum, type TestForum } from '../support/forum';
import { forumWorld } from '../support/people';
import { enterWithCard, visitor } from '../support/visitor';

vi.setConfig({ testTimeout: 90_000 });
const database = testDatabase();
let forum: TestForum;
let browser: Browser;
let world: Awaited<ReturnType<typeof forumWorld>>;
let ballot: Awaited<ReturnType<typeof openedBallot>>;

beforeAll(async () => {
  world = await forumWorld(database.db);
  forum = await startTestForum({ databaseUrl: database.url });
  // Cards are hashed with the secret of the forum that reads them, and ballot keys lie in its folder.
  const config = { ...runtime().config, dataDir: forum.dataDir };
  setRuntime({ ...runtime(), config, secrets: readSecrets(forum.dataDir, null) });
  ballot = await openedBallot(database.db, { title: 'Votación de prueba' });
  browser = await launchBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await forum?.remove();
});

const ballotPage = () => `${forum.address}/votaciones/${ballot.id}`;
const words = (page: Page) => page.locator('main').innerText();
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click();

async function signIn(page: Page, name: keyof typeof world.people): Promise<void> {
  const { code } = await database.db.transaction((tx) => issueCard(tx, world.people[name].id, null));
  await enterWithCard(page, forum.address, code, 'lluvia sobre la cancha');
}

/** Answers every question in turn, up to the review. */
async function answer(page: Page, choices: RegExp[]): Promise<void> {
  await page.goto(ballotPage());
  await press(page, /^(Empezar a votar|Votar otra vez)$/);
  for (const choice of choices) {
    await page.getByRole('radio', { name: choice }).check();
    await press(page, 'Seguir');
  }
  expect(await words(page)).toContain('Revisa tu voto');
}
const [yes, no, abstention] = [/^Sí/, /^No\b/, /^Abstención/];

describe.each([
  ['without scripts', false],
  ['with scripts', true],
] as const)('Rufino votes on his phone, %s', (_how, javaScriptEnabled) => {
  let context: BrowserContext;
  let page: Page;
  beforeAll(async () => {
    ({ context, page } = await visitor(browser, { javaScriptEnabled }));
    await signIn(page, 'rufino');
  });
  afterAll(() => context.close());

  it('question by question; the page never holds a choice that could be read', async () => {
    await answer(page, [yes, no, abstention, yes]);
    expect(await page.content()).not.toMatch(/value="(si|no|abstencion)"/);
    expect(await page.locator('.lk b').allInnerTexts()).toEqual(['Sí', 'No', 'Abstención', 'Sí']);
    expect(new URL(page.url()).search).toBe('');
  });

  it('changes his mind in the review, casts, and holds five words', async () => {
    await press(page, /Cambiar: Artículo 2/);
    expect(await page.getByRole('radio', { name: no }).isChecked()).toBe(true);
    await page.getByRole('radio', { name: yes }).check();
    await press(page, 'Seguir');
    expect(await page.locator('.lk b').allInnerTexts()).toEqual(['Sí', 'Sí', 'Abstención', 'Sí']);
    await press(page, 'Enviar mi voto');
    expect(await words(page)).toMatch(/Recibido[\s\S]*Tu comprobante\s+[a-z]+( [a-z]+){4}\s/);
  });

  it('attack 28: whoever takes the phone and goes back sees no choice', async () => {
    expect((await context.cookies()).map(({ name }) => name)).not.toContain('papeleta');
    for (let i = 0; i < 4; i++) {
      // The browser asks before it sends a form again, or refuses; then it is made to.
      await page.goBack({ timeout: 5000 }).catch(() => {});
      await page.reload({ timeout: 10_000 }).catch(() => {});
      const text = (await page.locator('body').innerText()).replace(/\s+/g, ' ');
      expect(text).not.toMatch(/Revisa tu voto|Seguir|Abstención/);
    }
    await page.goto(ballotPage());
    const text = await words(page);
    expect(text).toContain('Tu voto está recibido');
    expect(text).not.toMatch(/Abstención$/m);
    expect(await page.getByRole('radio').count()).toBe(0);
  });
});

it('an unfinished sheet is told what is missing, and one may leave without voting', async () => {
  const { context, page } = await visitor(browser, { javaScriptEnabled: false });
  await signIn(page, 'nieves');
  await page.goto(ballotPage());
  await press(page, 'Empezar a votar');
  await press(page, 'Seguir');
  expect(await words(page)).toContain('Elige una respuesta para seguir.');
  await page.getByRole('radio', { name: yes }).check();
  await press(page, 'Seguir');
  await press(page, 'Anterior');
  expect(await page.getByRole('radio', { name: yes }).isChecked()).toBe(true);
  await press(page, 'Ir a revisar');
  expect(await words(page)).toContain('Faltan 3 respuestas.');
  expect(await page.getByRole('button', { name: 'Enviar mi voto' }).count()).toBe(0);
  await press(page, 'Salir sin votar');
  expect(await words(page)).toContain('Te toca votar');
  expect((await context.cookies()).map(({ name }) => name)).not.toContain('papeleta');
  await context.close();
});

it('one answer for everything still shows every question before it is cast', async () => {
  const { context, page } = await visitor(browser, { javaScriptEnabled: false });
  await signIn(page, 'nieves');
  await page.goto(ballotPage());
  await press(page, 'Responder todo igual y revisar');
  await page.getByRole('radio', { name: no }).check();
  await press(page, 'Ver la lista');
  expect(await page.locator('.lk b').allInnerTexts()).toEqual(['No', 'No', 'No', 'No']);
  await press(page, 'Enviar mi voto');
  expect(await words(page)).toContain('Recibido');
  await context.close();
});

it('two people on one phone: what one began, the other cannot open', async () => {
  const { context, page } = await visitor(browser, { javaScriptEnabled: true });
  await signIn(page, 'rufino');
  await page.goto(ballotPage());
  await press(page, 'Votar otra vez');
  await page.getByRole('radio', { name: no }).check();
  await press(page, 'Seguir');
  const begun = await page.inputValue('[name=sealed]');
  // She signs in over his session, and the key of his sheet is still there.
  await context.clearCookies({ name: 'next-auth.session-token' });
  await signIn(page, 'nieves');
  expect((await context.cookies(ballotPage())).map(({ name }) => name)).toContain('papeleta');
  const key = (await context.cookies(ballotPage())).find(({ name }) => name === 'papeleta')!;
  await page.goto(ballotPage());
  await press(page, 'Votar otra vez');
  await context.addCookies([key]);
  await page.locator('[name=sealed]').evaluate((field: HTMLInputElement, value) => {
    field.value = value;
  }, begun);
  await press(page, 'Seguir');
  expect(await words(page)).toContain('Esta papeleta ya no está en tu celular');
  await context.close();
});

it('after the close the last sheets have been counted, and everybody finds the receipts', async () => {
  await closeBallot(database.db, ballot.id, { at: new Date() });
  const { context, page } = await visitor(browser, { javaScriptEnabled: false });
  await page.goto(`${ballotPage()}/resultado`);
  const text = await words(page);
  expect(text).toMatch(/2\s+en el padrón\s+2\s+votaron/);
  // Rufino's last sheet: sí, sí, abstención, sí; Nieves: no to all.
  expect(await page.locator('.bars b').allInnerTexts()).toEqual('1 1 0 1 1 0 1 1 0 0 1 1'.split(' '));
  await page.getByRole('link', { name: 'Lista de comprobantes' }).click();
  expect(await page.locator('main li').count()).toBe(3);
  await context.close();
});
