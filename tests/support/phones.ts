import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { readConfig } from '~/server/config';
import { setRuntime } from '~/server/runtime';
import { readSecrets } from '~/server/secrets';
import { ownerTag, whoCookie } from '~/server/session';
import { launchBrowser } from './browser';
import { signIn } from './clients';
import { testDatabase } from './db';
import { type DocumentWorld, documentWorld } from './document';
import { startTestForum, type TestForum } from './forum';
import { phone } from './visitor';

/** One phone: whoever holds it signs in on it, one after the other. */
export type Phone = { context: BrowserContext; page: Page };
export type Name = keyof DocumentWorld['people'];

/**
 * For a file of stories about phones: the built forum with the small world in a database of its own, and a browser.
 * To be called once, at the file's top. @param switches of the browser
 */
export function phoneStories(switches: readonly string[] = []) {
  const database = testDatabase();
  let world: DocumentWorld;
  let forum: TestForum;
  let browser: Browser;
  beforeAll(async () => {
    world = await documentWorld(database.db);
    forum = await startTestForum({ databaseUrl: database.url });
    // Sessions are sealed here as the forum itself would seal them.
    const config = { ...readConfig({}), dataDir: forum.dataDir };
    const secrets = readSecrets(forum.dataDir, null);
    setRuntime({ config, secrets, version: 'test', setupCode: 'C0NS01ET3ST9' });
    browser = await launchBrowser(switches);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await forum?.remove();
  });

  return {
    get db() {
      return database.db;
    },
    get world() {
      return world;
    },
    get forum() {
      return forum;
    },
    /** A phone nobody is signed in on. The worker stays out unless the story is about it. */
    async phone(options: { worker?: boolean; javaScriptEnabled?: boolean } = {}): Promise<Phone> {
      const { worker, ...rest } = options;
      const serviceWorkers = worker ? 'allow' : 'block';
      const context = await browser.newContext({ viewport: phone, locale: 'es-PE', serviceWorkers, ...rest });
      const page = await context.newPage();
      page.setDefaultTimeout(15_000);
      return { context, page };
    },
    /** This person signs in on that phone; whoever was before is not asked. */
    async enters({ context }: Phone, name: Name): Promise<void> {
      const { cookie } = await signIn(database.db, world.people[name].id);
      const [key, value] = cookie.split(/=(.*)/s) as [string, string];
      await context.addCookies([
        { name: key, value, url: forum.address },
        { name: whoCookie, value: ownerTag(world.people[name].id), url: forum.address },
      ]);
    },
    /** Opens a page; waits until its script has done what it does at the start. */
    async open({ page }: Phone, path: string): Promise<void> {
      await page.goto(forum.address + path, { waitUntil: 'networkidle' });
    },
  };
}

/** Fills in the form of a concern. */
export async function tellConcern({ page }: Phone, words: string, areas = ['agua']): Promise<void> {
  await page.fill('[name=words]', words);
  for (const area of areas) await page.check(`[name=areas][value=${area}]`);
  await page.selectOption('[name=place]', '21');
  await page.check('[name=barrier] >> nth=0');
}
export const sendConcern = ({ page }: Phone) => page.locator('form[data-outbox] button[type=submit]').click();
/** What stands on the screen. */
export const screen = ({ page }: Phone) => page.locator('body').innerText();
/** Everything this site keeps on the phone that a script can read, as one text. */
export const kept = ({ page }: Phone) =>
  page.evaluate(() => JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage }));
