import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import { desc, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { sessions } from '~/db/schema/people';
import { issueCard } from '~/server/people/commands';
import { until } from '../support/clients';
import { freezing, readyArticle } from '../support/document';
import { type Phone, phoneStories, screen } from '../support/phones';
import { enterWithCard } from '../support/visitor';

vi.setConfig({ testTimeout: 60_000 });
const stories = phoneStories();
const article = '/documento/v/1/art/1';

beforeAll(async () => {
  await readyArticle(stories.world, { title: 'Agua limpia' });
  const emilia = await stories.world.as('emilia');
  await emilia.document.freeze(freezing(0));
}, 60_000);

/** Path → text of every copy on the phone. */
const copies = ({ page }: Phone) =>
  page.evaluate(async () => {
    const found: Record<string, string> = {};
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys())
        found[new URL(request.url).pathname] = await (await cache.match(request))!.text();
    }
    return found;
  });
const stocked = (phone: Phone) =>
  until('the article is on the phone', async () => article in (await copies(phone)), 30_000);
const go = ({ page }: Phone, path: string) => page.goto(stories.forum.address + path);

describe('after one visit', () => {
  let phone: Phone;
  beforeAll(async () => {
    phone = await stories.phone({ worker: true });
    await stories.open(phone, '/');
    await stocked(phone);
    await phone.context.setOffline(true);
    return () => phone.context.close();
  }, 90_000);

  it('help, the document and each of its articles can be read without a network, and say that they are copies', async () => {
    for (const [path, words] of [
      ['/ayuda', 'Salir'],
      ['/documento', 'Agua limpia'],
      [article, 'Hay un punto de agua limpia cerca de cada campamento.'],
    ] as const) {
      await go(phone, path);
      const shown = await screen(phone);
      expect(shown).toContain(words);
      expect(shown).toMatch(/Sin señal\. Copia guardada el \p{L}+, \d{1,2} de \p{L}+\./u);
      expect(shown).not.toContain('Aquí tienes la ayuda');
      // It looks like itself, and offers nothing that only the forum could answer.
      expect(
        await phone.page.evaluate(() => getComputedStyle(document.querySelector('.main')!).maxWidth),
      ).not.toBe('none');
      expect(await phone.page.locator('form:visible').count()).toBe(0);
    }
  });

  it('a public page that is not kept gives way to help, and says so; a private one is not touched', async () => {
    await go(phone, '/planteamientos');
    expect(await screen(phone)).toContain('Sin señal. Esta página no está guardada. Aquí tienes la ayuda.');
    for (const path of [
      '/mi-espacio',
      '/planteamientos/nuevo',
      `/mesas/${randomUUID()}`,
      '/entrar',
      '/api/health',
    ]) {
      const failed = await go(phone, path).then(
        () => 'answered',
        (error) => String(error),
      );
      expect([path, failed]).toEqual([path, expect.stringContaining('ERR_INTERNET_DISCONNECTED')]);
    }
  });

  it('the pages come from the forum again as soon as there is one', async () => {
    await phone.context.setOffline(false);
    await go(phone, '/ayuda');
    expect(await phone.page.locator('[data-offline]').count()).toBe(0);
    await phone.context.setOffline(true);
  });
});

describe('somebody who signs in', () => {
  it('leaves nothing of herself in the copies: they are what anybody would be given', async () => {
    const phone = await stories.phone({ worker: true });
    await stories.enters(phone, 'nieves');
    await stories.open(phone, '/');
    await stocked(phone);
    const own = await stories.world.as('nieves');
    const { id } = await own.concerns.raise({
      key: randomUUID(),
      words: 'Esto queda entre nosotras, las de la base.',
      areas: ['dignidad'],
      place: '21',
      barrier: 'otro',
      associationId: stories.world.florDeCuarzo.id,
      spaceId: stories.world.casaFlor.id,
      audience: 'space',
    });
    for (const path of [
      '/mi-espacio',
      `/planteamientos/${id}`,
      `/borradores/${stories.world.draft.id}`,
      `/mesas/${stories.world.casaFlor.id}`,
      '/documento',
      article,
    ]) {
      await stories.open(phone, path);
      expect(await phone.page.locator('[data-offline]').count()).toBe(0);
    }
    const found = await copies(phone);
    expect(Object.keys(found).filter((path) => /\.(css|js|svg)$/.test(path)).length).toBeGreaterThan(1);
    const pages = Object.entries(found).filter(([path]) => !/\.(css|js|svg)$/.test(path));
    expect(pages.map(([path]) => path)).toEqual(
      expect.arrayContaining(['/', '/ayuda', '/documento', '/biblioteca', article]),
    );
    for (const [path, text] of pages) {
      expect(path).not.toMatch(/mi-espacio|planteamientos|borradores|mesas/);
      expect(text).not.toMatch(/data-owner|Nieves|entre nosotras/);
      const anybodys = await (await fetch(stories.forum.address + path)).text();
      expect([path, text === anybodys]).toEqual([path, true]);
    }
    await phone.context.close();
  });

  it('gets out without a network too, and her session ends when there is one', async () => {
    const phone = await stories.phone({ worker: true });
    await phone.context.grantPermissions(['background-sync'], { origin: stories.forum.address });
    await stories.enters(phone, 'nieves');
    await stories.open(phone, '/');
    await stocked(phone);
    await stories.open(phone, '/mi-espacio');
    await phone.context.setOffline(true);
    await phone.page.evaluate(() => {
      setTimeout(() => document.querySelector<HTMLAnchorElement>('a[data-exit]')!.click(), 0);
    });
    await until('she has left', () => !phone.page.url().startsWith(stories.forum.address), 15_000);
    const cdp = await phone.context.newCDPSession(phone.page);
    const { entries } = await cdp.send('Page.getNavigationHistory');
    expect(entries.at(-1)!.url).toContain('google.com/search?q=clima');
    const ended = async () => {
      const [row] = await stories.db
        .select()
        .from(sessions)
        .where(eq(sessions.personId, stories.world.people.nieves.id))
        .orderBy(desc(sessions.expiresAt))
        .limit(1);
      return row!.endedAt !== null;
    };
    expect(await ended()).toBe(false);
    await phone.context.setOffline(false);
    await until('the session is over', ended, 20_000);
    await phone.context.close();
  });
});

it('does not sign out the next person on a phone for an exit that came too late', async () => {
  const phone = await stories.phone({ worker: true });
  await stories.enters(phone, 'nieves');
  await stories.open(phone, '/');
  await stocked(phone);
  await stories.open(phone, '/mi-espacio');
  await phone.context.setOffline(true);
  await phone.page.evaluate(() => {
    setTimeout(() => document.querySelector<HTMLAnchorElement>('a[data-exit]')!.click(), 0);
  });
  await until('she has left', () => !phone.page.url().startsWith(stories.forum.address), 15_000);
  const worker = phone.context.serviceWorkers()[0]!;
  expect(await worker.evaluate(() => caches.has('salida'))).toBe(true);
  await phone.context.setOffline(false);
  // The next page makes the exit good, before the browser has found the time for it.
  await phone.page.goto(`${stories.forum.address}/mi-espacio`).catch(() => {});
  await until('it is made good', async () => !(await worker.evaluate(() => caches.has('salida'))));

  const { sabina } = stories.world.people;
  const { code } = await stories.db.transaction((tx) => issueCard(tx, sabina.id, null));
  await enterWithCard(phone.page, stories.forum.address, code, 'lluvia en la cancha 7');
  // The browser finds the time for what it was asked to do only now.
  const asked = await worker.evaluate(async () => {
    const asked: string[] = [];
    const real = globalThis.fetch;
    globalThis.fetch = (input, init) => {
      asked.push(String(input));
      return real(input, init);
    };
    const Sync = (globalThis as unknown as { SyncEvent: new (type: string, init: object) => Event })
      .SyncEvent;
    globalThis.dispatchEvent(new Sync('sync', { tag: 'salir' }));
    // What the worker does first is to look into its caches: one look of ours comes after it.
    await caches.has('salida');
    await caches.keys();
    return asked;
  });
  expect(asked).toEqual([]);
  await stories.open(phone, '/mi-espacio');
  expect(await phone.page.locator('h1').innerText()).toContain('Sabina');
  await phone.context.close();
});

it('keeps script, worker and copies small, and the phone’s menu neutral', async () => {
  const phone = await stories.phone({ worker: true });
  await stories.open(phone, '/');
  await stocked(phone);
  const found = await copies(phone);
  const script = Object.keys(found).find((path) => path.startsWith('/light.'))!;
  const sent = (text: string) => brotliCompressSync(text).length;
  // What is kept of concerns, forms and drafts is sent from any page; a light page may have 8 kB of script in all.
  expect(sent(found[script]!)).toBeLessThan(6_000);
  expect(sent(readFileSync('public/sw.js', 'utf8'))).toBeLessThan(3_000);
  expect(Object.values(found).reduce((sum, text) => sum + sent(text), 0)).toBeLessThan(300_000);

  const manifest = await (await fetch(`${stories.forum.address}/manifest.webmanifest`)).json();
  expect(manifest).toMatchObject({ name: 'Frente Unido', start_url: '/' });
  expect(Object.keys(manifest)).not.toContain('shortcuts');
  for (const { src, type } of manifest.icons) {
    const icon = await fetch(stories.forum.address + src);
    expect([src, icon.status, icon.headers.get('content-type')]).toEqual([src, 200, type]);
  }
  // Both ways out lead to the same place.
  const elsewhere = /https:\/\/www\.google\.com\/[^']+/;
  const [worker, route] = ['public/sw.js', 'app/salir/route.ts'].map(
    (file) => elsewhere.exec(readFileSync(file, 'utf8'))![0],
  );
  expect(worker).toBe(route);
  await phone.context.close();
});
