import type { CDPSession } from 'playwright-core';
import { expect, it, vi } from 'vitest';
import { entryKinds } from '~/app/_room/entry';
import { writeRoom } from '~/app/_room/kept';
import { until } from '../support/clients';
import { keepInKeyring } from '../support/keep-room';
import { makeWords, openFrame, says, sayWords } from '../support/keyring-frame';
import { kept, type Name, type Phone, phoneStories, screen } from '../support/phones';
import { canaries, usedRoom } from '../support/used-room';
import { boxOf } from '../support/worlds';

// A phone that others take in their hands: what it shows and keeps after she has left, however she leaves.
// (tests/browser/leaving and keyring have the rest of it: windows beside, signing out, words that are nowhere.)
vi.setConfig({ testTimeout: 120_000 });
const stories = phoneStories();
const weather = /google|clima/;

/** «Mi espacio» with her keyring open. */
async function atHome(name: Name, options: { worker?: boolean; clock?: boolean } = {}) {
  const phone = await stories.phone(options.worker ? { worker: true } : {});
  await phone.context.route(weather, (route) => route.fulfill({ body: 'tiempo', contentType: 'text/plain' }));
  await stories.enters(phone, name);
  if (options.clock) await phone.page.clock.install();
  await stories.open(phone, '/mi-espacio');
  const frame = await openFrame(phone.page);
  return { phone, frame, cdp: await phone.context.newCDPSession(phone.page) };
}
const slowly = (cdp: CDPSession) =>
  cdp.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 4000,
    downloadThroughput: 2000,
    uploadThroughput: 2000,
  });
/** What the browser keeps for this site, all of it: storages, databases, caches, workers, cookies. */
async function storages({ context, page }: Phone): Promise<Record<string, unknown>> {
  const cdp = await context.newCDPSession(page);
  const { usageBreakdown } = await cdp.send('Storage.getUsageAndQuota', { origin: stories.forum.address });
  const used = usageBreakdown.filter(({ usage }) => usage > 0).map(({ storageType }) => storageType);
  return { used, cookies: (await context.cookies()).map(({ name }) => name) };
}
const left = (phone: Phone) =>
  until('she has left', () => !phone.page.url().startsWith(stories.forum.address), 20_000);
/** Nothing of her is seen: neither her name nor the frame, and no keyring that is open. */
async function nothingOfHer(phone: Phone) {
  const words = await screen(phone).catch(() => '');
  expect(words).not.toMatch(/Sabina|Elvira|Nieves|llavero está abierto/);
  expect(await phone.page.locator('#clave iframe').count()).toBe(0);
}

it('on a slow network the exit covers the screen at the press itself, and «back» shows nothing', async () => {
  const { phone, frame, cdp } = await atHome('sabina');
  await makeWords(frame);
  await slowly(cdp);
  const seen = await phone.page.evaluate(() => {
    document.querySelector<HTMLAnchorElement>('a[data-exit]')!.click();
    const frames = document.querySelectorAll('iframe').length;
    return [document.body.innerText, document.querySelectorAll('.cover').length, frames];
  });
  // The forum can have answered nothing yet: it takes four seconds.
  expect(seen).toEqual(['', 1, 0]);
  await cdp.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: -1,
  });
  await left(phone);
  await phone.page.goBack().catch(() => {});
  await nothingOfHer(phone);
  expect(await storages(phone)).toEqual({ used: [], cookies: [] });
  await phone.context.close();
});

it('without a script it ends the session and clears the phone, and «back» asks to sign in', async () => {
  const phone = await stories.phone({ javaScriptEnabled: false });
  await phone.context.route(weather, (route) => route.fulfill({ body: 'tiempo', contentType: 'text/plain' }));
  await stories.enters(phone, 'nieves');
  await stories.open(phone, '/mi-espacio');
  expect(await screen(phone)).toContain('Nieves');
  await phone.page
    .locator('a[data-exit]')
    .click()
    .catch(() => {});
  await left(phone);
  await phone.page.goBack().catch(() => {});
  await nothingOfHer(phone);
  expect(await storages(phone)).toEqual({ used: [], cookies: [] });
  await phone.context.close();
});

it('after the exit every storage of the phone is empty, the worker and its copies among them', async () => {
  const { phone, frame } = await atHome('elvira', { worker: true });
  await makeWords(frame);
  await stories.open(phone, '/planteamientos/nuevo');
  await phone.page.fill('[name=words]', 'Algo que no llegó a enviarse.');
  await until('it is kept', async () => (await kept(phone)).length > 10);
  await until('the worker keeps its copies', () =>
    phone.page.evaluate(async () => (await caches.keys()).length > 0),
  );
  // The browser counts what it keeps in its own time.
  await until('it is counted', async () => ((await storages(phone)).used as string[]).length > 0);
  await phone.page.evaluate(() => {
    setTimeout(() => document.querySelector<HTMLAnchorElement>('a[data-exit]')!.click(), 0);
  });
  await left(phone);
  await until('nothing is kept', async () => {
    const { used, cookies } = await storages(phone);
    return (used as string[]).length === 0 && (cookies as string[]).length === 0;
  });
  await phone.context.close();
});

it('one address and one title, whatever is done there; whoever goes on and comes «back» finds it closed', async () => {
  const { phone, frame } = await atHome('mery');
  const words = await makeWords(frame);
  await frame.getByRole('button', { name: 'Cerrar ahora' }).press('Enter');
  await sayWords(frame, words);
  const place = () => phone.page.evaluate(() => [location.href, document.title, history.length]);
  const [href, title, entries] = await place();
  expect([href, title]).toEqual([`${stories.forum.address}/mi-espacio`, 'Frente Unido']);
  await stories.open(phone, '/ayuda');
  expect((await place())[2]).toBe((entries as number) + 1);
  await phone.page.goBack();
  await phone.page.waitForURL(/\/mi-espacio$/);
  // Not out of the browser's memory, and not open.
  const persisted = await phone.page.evaluate(
    () =>
      performance.getEntriesByType('navigation').map((one) => (one as PerformanceNavigationTiming).type)[0],
  );
  expect(persisted).toBe('back_forward');
  expect(await phone.page.locator('#clave iframe').count()).toBe(0);
  const again = await openFrame(phone.page);
  await says(again, 'cerrado');
  await phone.context.close();
});

it('untouched for two minutes it is closed, with what was on the screen', async () => {
  const { phone, frame } = await atHome('delia', { clock: true });
  await makeWords(frame);
  await frame.getByRole('button', { name: 'Cambiar mis palabras' }).press('Enter');
  await frame.getByRole('button', { name: 'Ver mis palabras' }).press('Enter');
  await frame.locator('ol.words').waitFor();
  await phone.page.clock.fastForward('02:01');
  await says(frame, 'cerrado');
  expect(await frame.locator('ol.words').count()).toBe(0);
  expect(await kept(phone)).not.toContain('llavero');
  await phone.context.close();
});

it('with her room open: hidden, it is closed at once; left in haste, neither its words nor its name are anywhere', async () => {
  const { phone, frame } = await atHome('carla');
  const words = await makeWords(frame);
  const room = await usedRoom(boxOf(stories.forum));
  const [session] = await phone.context.cookies();
  await keepInKeyring(stories.forum.address, `${session!.name}=${session!.value}`, words, {
    kind: entryKinds.room,
    bytes: writeRoom({ title: canaries.title, held: room.sessions[0].hold() }),
  });
  await frame.getByRole('button', { name: 'Cerrar ahora' }).press('Enter');
  await sayWords(frame, words);
  const said = frame.locator('.talk .words-said').filter({ hasText: canaries.message }).first();
  const enter = async () => {
    await frame.locator('button.row', { hasText: canaries.title }).press('Enter');
    await said.waitFor({ timeout: 20_000 });
  };
  await enter();
  expect(await phone.page.evaluate(() => [location.pathname, document.title])).toEqual([
    '/mi-espacio',
    'Frente Unido',
  ]);
  await frame
    .locator('h2')
    .first()
    .evaluate(({ ownerDocument }) => {
      Object.defineProperty(ownerDocument, 'visibilityState', { value: 'hidden', configurable: true });
      ownerDocument.dispatchEvent(new Event('visibilitychange'));
      Object.defineProperty(ownerDocument, 'visibilityState', { value: 'visible', configurable: true });
    });
  await says(frame, 'cerrado');
  expect(await frame.locator('body').innerText()).not.toContain(canaries.message);
  await sayWords(frame, words);
  await enter();
  const seen = await phone.page.evaluate(() => {
    document.querySelector<HTMLAnchorElement>('a[data-exit]')!.click();
    return [document.body.innerText, document.querySelectorAll('iframe').length];
  });
  expect(seen).toEqual(['', 0]);
  await left(phone);
  await phone.page.goBack().catch(() => {});
  await nothingOfHer(phone);
  expect(await storages(phone)).toEqual({ used: [], cookies: [] });
  await phone.context.close();
});
