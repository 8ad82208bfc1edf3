import '../support/runtime';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { closeBallot } from '~/server/ballots/commands/closing';
import { issueCard } from '~/server/people/commands';
import { showNumber } from '~/server/people/rules';
import { runtime, setRuntime } from '~/server/runtime';
import { readSecrets } from '~/server/secrets';
import { buildDelegates, openedBallot } from '../support/ballots';
import { launchBrowser } from '../support/browser';
import { testDatabase } from '../support/db';
import { startTestForum, type TestForum } from '../support/forum';
import { forumWorld } from '../support/people';
import { numberOf, seat, writeDown } from '../support/urns';
import { enterWithCard, visitor } from '../support/visitor';

vi.setConfig({ testTimeout: 120_000 });
const database = testDatabase();
let forum: TestForum;
let browser: Browser;
let world: Awaited<ReturnType<typeof forumWorld>>;
let ballot: Awaited<ReturnType<typeof openedBallot>>;
let voters: string[];

beforeAll(async () => {
  world = await forumWorld(database.db);
  voters = await buildDelegates(database.db, world.florDeCuarzo.id, 12);
  forum = await startTestForum({ databaseUrl: database.url });
  const config = { ...runtime().config, dataDir: forum.dataDir };
  setRuntime({ ...runtime(), config, secrets: readSecrets(forum.dataDir, null) });
  ballot = await openedBallot(database.db, { title: 'Votación de prueba' });
  await seat(database.db, ballot.id, world.people.elvira.id);
  await writeDown(database.db, ballot.id, world.people.elvira.id, voters.slice(0, 9));
  browser = await launchBrowser();
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await forum?.remove();
});

const words = (page: Page) => page.locator('main').innerText();
const seen = process.env.SHOTS;
const shot = async (page: Page, name: string) => {
  const wide = await page
    .locator('body')
    .evaluate((body) => body.scrollWidth > innerWidth)
    .catch(() => false);
  expect([name, wide]).toEqual([name, false]);
  if (!seen) return;
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    await page.screenshot({ path: `${seen}/${name}-${width}.png`, fullPage: true });
  }
  await page.setViewportSize({ width: 360, height: 740 });
};

/** Somebody at the ballot's table, without scripts. */
async function at(name: keyof typeof world.people) {
  const { context, page } = await visitor(browser, { javaScriptEnabled: false });
  const { code } = await database.db.transaction((tx) => issueCard(tx, world.people[name].id, null));
  await enterWithCard(page, forum.address, code, 'lluvia sobre la cancha');
  await page.goto(`${forum.address}/votaciones/${ballot.id}/mesa`);
  return { context, page };
}
async function count(page: Page, yes: string) {
  for (let q = 1; q <= 4; q++) {
    const numbers = { yes, no: '3', abstain: '0', blank: '1', void: '0' };
    for (const [mark, n] of Object.entries(numbers)) await page.fill(`[name="q${q}-${mark}"]`, n);
  }
  await page.getByRole('button', { name: 'Anotar mi cuenta' }).click();
}

it('Gloria names Tomasa; with the tenth name Elvira and Tomasa say that the papers be given out', async () => {
  const gloria = await at('gloria');
  await gloria.page.fill('[name=number]', showNumber(await numberOf(database.db, world.people.tomasa.id)));
  await gloria.page.getByRole('button', { name: 'Nombrar para la mesa' }).click();
  expect(await words(gloria.page)).toContain('Tomasa Ccama. Tres Vetas');
  await shot(gloria.page, 'secretary');
  await gloria.context.close();
  const { page, context } = await at('elvira');
  expect(await words(page)).toContain('Falta uno para abrirla');
  await page.fill('#f-paper', showNumber(await numberOf(database.db, world.people.sabina.id)));
  await page.getByRole('button', { name: 'Anotar', exact: true }).click();
  expect(await words(page)).toContain('Esta persona no está en el padrón');
  expect(await page.inputValue('#f-paper')).not.toBe('');
  await page.fill('#f-paper', showNumber(await numberOf(database.db, voters[9]!)));
  await page.getByRole('button', { name: 'Anotar', exact: true }).click();
  expect(await words(page)).toMatch(/10 nombres\.(?! *Falta)/);
  await shot(page, 'full');
  await page.getByRole('button', { name: 'Entregar las papeletas' }).click();
  expect(await words(page)).toContain('Dijiste que se entreguen');
  const tomasa = await at('tomasa');
  expect(await words(tomasa.page)).toContain('Elvira Mamani dice que se entreguen');
  await shot(tomasa.page, 'second');
  await tomasa.page.getByRole('button', { name: 'Entregar las papeletas' }).click();
  expect(await words(tomasa.page)).not.toContain('se entreguen');
  await tomasa.context.close();
  await page.reload();
  await shot(page, 'open');
  await page.goto(`${forum.address}/votaciones/${ballot.id}/papeleta`);
  expect(await words(page)).toContain('No pongas tu nombre');
  await shot(page, 'paper');
  await context.close();
});

it('who sits elsewhere finds no table', async () => {
  const { page, context } = await at('rufino');
  expect(await words(page)).not.toContain('Mesa de votación');
  await context.close();
});

it('two count, differ, and count again; then it is closed', async () => {
  await closeBallot(database.db, ballot.id, { at: new Date() });
  const [elvira, tomasa] = [await at('elvira'), await at('tomasa')];
  await count(elvira.page, '5');
  expect(await words(elvira.page)).toContain('En la pregunta 1 la suma no da 10');
  await shot(elvira.page, 'sum');
  await count(elvira.page, '6');
  expect(await words(elvira.page)).toContain('ya anotó su cuenta');
  await tomasa.page.reload();
  await shot(tomasa.page, 'count');
  await tomasa.page.fill('[name="q1-yes"]', '5');
  for (let q = 1; q <= 4; q++) {
    const numbers = {
      yes: q === 1 ? '5' : '6',
      no: '3',
      abstain: q === 1 ? '1' : '0',
      blank: '1',
      void: '0',
    };
    for (const [mark, n] of Object.entries(numbers)) await tomasa.page.fill(`[name="q${q}-${mark}"]`, n);
  }
  await tomasa.page.getByRole('button', { name: 'Anotar mi cuenta' }).click();
  expect(await words(tomasa.page)).toContain('Las dos cuentas no son iguales');
  await shot(tomasa.page, 'differ');
  await tomasa.page.goto(`${forum.address}/votaciones/${ballot.id}/mesa/acta`);
  await shot(tomasa.page, 'acta');
  await tomasa.page.goBack();
  await count(tomasa.page, '6');
  await elvira.page.reload();
  await elvira.page.goto(`${forum.address}/votaciones/${ballot.id}/mesa`);
  await count(elvira.page, '6');
  await closeBallot(database.db, ballot.id, { at: new Date() });
  await elvira.page.goto(`${forum.address}/votaciones/${ballot.id}/resultado`);
  expect(await words(elvira.page)).toContain('10 votaron en papel');
  await shot(elvira.page, 'result');
  await elvira.context.close();
  await tomasa.context.close();
});
