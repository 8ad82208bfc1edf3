import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, CDPSession, Page, Response } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kinds } from '~/app/kinds';
import { launchBrowser } from '../support/browser';
import { cardFor } from '../support/demo';
import { startTestForum, type TestForum } from '../support/forum';
import { desk, enterWithCard, phone } from '../support/visitor';
import { type Looker, type Route, realRoutes } from './routes';

const kB = 1000;
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

let forum: TestForum;
let browser: Browser;
let routes: Route[];
const signedIn = new Map<Looker, BrowserContext>();

async function contextOf(looker: Looker): Promise<BrowserContext> {
  const known = signedIn.get(looker);
  if (known) return known;
  // The worker would fetch its copies beside the page's own bytes.
  const context = await browser.newContext({ viewport: phone, serviceWorkers: 'block' });
  signedIn.set(looker, context);
  if (looker !== 'anonymous') {
    const page = await context.newPage();
    await enterWithCard(page, forum.address, cardFor(looker), 'lluvia sobre la cancha');
    await page.close();
  }
  return context;
}
const open = async (looker: Looker) => {
  const context = await contextOf(looker);
  for (const old of context.pages()) await old.close();
  return context.newPage();
};

beforeAll(async () => {
  forum = await startTestForum({ demo: true });
  browser = await launchBrowser();
  routes = await realRoutes(forum.address, open);
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await forum?.remove();
});

type Bytes = { all: number; script: number; hosts: Set<string> };

/** What a cold visit costs on the wire, headers included, as the browser itself counts it. */
async function weigh(page: Page, path: string): Promise<{ response: Response; bytes: Bytes }> {
  const cdp: CDPSession = await page.context().newCDPSession(page);
  await cdp.send('Network.enable');
  await cdp.send('Network.clearBrowserCache');
  const types = new Map<string, string>();
  const bytes: Bytes = { all: 0, script: 0, hosts: new Set() };
  cdp.on('Network.requestWillBeSent', ({ requestId, type, request }) => {
    types.set(requestId, type ?? 'Other');
    if (/^https?:|^wss?:/.test(request.url)) bytes.hosts.add(new URL(request.url).host);
  });
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    bytes.all += encodedDataLength;
    if (types.get(requestId) === 'Script') bytes.script += encodedDataLength;
  });
  const response = (await page.goto(forum.address + path, { waitUntil: 'networkidle' }))!;
  await cdp.detach();
  return { response, bytes };
}

it('names every page of app/ in app/kinds.ts, and no page that is not there', () => {
  const pages = walk('app')
    .filter(
      (file) => /\/(page\.tsx|route\.ts)$/.test(file) && !file.includes('/api/') && !file.startsWith('app/_'),
    )
    .map(
      (file) =>
        `/${file
          .split('/')
          .slice(1, -1)
          .filter((part) => !part.startsWith('('))
          .join('/')}`,
    )
    .map((path) => path.replace(/\[(\w+)\]/g, ':$1'));
  expect(kinds.map((route) => route.pattern).sort()).toEqual(pages.sort());
});

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? walk(join(folder, entry.name)) : [join(folder, entry.name)],
  );
}

// One visit gives all facts, since a visit is what takes time; then one test for each claim, whose failure lists
// every route that breaks it.
type Facts = {
  status: number;
  headers: Record<string, string>;
  said: string[];
  bytes: Bytes;
  shape: string[];
  serious: Record<'phone' | 'desk', string[]>;
};
const facts = new Map<Route, Facts>();

beforeAll(async () => {
  for (const route of routes) facts.set(route, await visit(route));
}, 900_000);

async function visit({ path, as }: Route): Promise<Facts> {
  const page = await open(as);
  await page.setViewportSize(phone);
  const said: string[] = [];
  page.on('console', (message) => message.type() === 'error' && said.push(message.text().slice(0, 300)));
  page.on('pageerror', (error) => said.push(String(error)));
  const { response, bytes } = await weigh(page, path);
  const shape = await page.evaluate(() => {
    const problems: string[] = [];
    const ranks = document.querySelectorAll('h1').length;
    if (ranks !== 1) problems.push(`${ranks} h1`);
    if (document.title !== 'Frente Unido') problems.push(`title «${document.title}»`);
    if (!/^(es|en)/.test(document.documentElement.lang)) problems.push('no lang');
    const over = document.documentElement.scrollWidth - window.innerWidth;
    if (over > 1) problems.push(`runs ${over} px over the side`);
    return problems;
  });
  // Through the protocol: the page's own policy admits no foreign script.
  await page.evaluate(axe);
  const onPhone = await serious(page);
  await page.setViewportSize(desk);
  const onDesk = await serious(page);
  const headers = await response.allHeaders();
  return {
    status: response.status(),
    headers,
    said,
    bytes,
    shape,
    serious: { phone: onPhone, desk: onDesk },
  };
}

const serious = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const result = await (window as unknown as { axe: typeof import('axe-core') }).axe.run(document, {
      resultTypes: ['violations'],
    });
    return result.violations
      .filter((one) => one.impact === 'serious' || one.impact === 'critical')
      .map((one) => {
        const places = one.nodes.map((node) => node.target.join(' ')).slice(0, 3);
        return `${one.id}: ${places.join('; ')}`;
      });
  });

/** The routes of which `problem` has something to say. */
const wrong = (problem: (facts: Facts, route: Route) => readonly string[]): string[] =>
  [...facts].flatMap(([route, found]) => {
    const problems = problem(found, route);
    return problems.length > 0 ? [`${route.path} (${route.as}): ${problems.join(', ')}`] : [];
  });

describe('every page', () => {
  it('has been looked at', () => {
    expect(facts.size).toBe(routes.length);
    expect(facts.size).toBeGreaterThan(40);
  });

  it('is there for who may see it, and its console is silent', () => {
    expect(wrong(({ status, said }) => (status === 200 ? said : [`status ${status}`]))).toEqual([]);
  });

  it('costs no more than its kind allows, and loads nothing from another host', () => {
    const host = new URL(forum.address).host;
    const problem = ({ bytes: { all, script, hosts } }: Facts, { path, kind }: Route) => {
      const told = `${(all / kB).toFixed(1)} kB, ${(script / kB).toFixed(1)} kB of script`;
      if (process.env.PRINT_BYTES)
        console.info(`BYTES ${kind} ${path.replace(/[0-9a-f-]{36}/g, ':id')}: ${told}`);
      const most = kind === 'workbench' ? 190 : 8;
      const fits = script <= most * kB && (kind !== 'light' || all <= 30 * kB);
      const foreign = [...hosts].filter((one) => one !== host).map((one) => `loads from ${one}`);
      return fits ? foreign : [...foreign, told];
    };
    expect(wrong(problem)).toEqual([]);
  });

  it('has one heading of the first rank, one title, a language, and does not run over the side', () => {
    expect(wrong(({ shape }) => shape)).toEqual([]);
  });

  it.each(['phone', 'desk'] as const)('has nothing serious for axe on a %s', (where) => {
    expect(wrong((found) => found.serious[where])).toEqual([]);
  });

  it('shows its content without JavaScript, where it is light or for print', async () => {
    const still = await browser.newContext({ viewport: phone, javaScriptEnabled: false });
    const empty: string[] = [];
    for (const { path, kind, as } of routes) {
      if (kind === 'workbench') continue;
      await still.clearCookies();
      await still.addCookies(await (await contextOf(as)).cookies());
      const page = await still.newPage();
      await page.goto(forum.address + path);
      const shown = await page.locator('main').innerText();
      if (shown.trim().length < 40) empty.push(`${path}: «${shown}»`);
      await page.close();
    }
    await still.close();
    expect(empty).toEqual([]);
  }, 600_000);

  // What every class of answer carries is held in tests/http/headers.test.ts; here, that each page is of its class.
  it('admits the scripts of its kind alone, and nothing of who is signed in is kept', () => {
    const problem = ({ headers }: Facts, { kind, as }: Route) => {
      const problems: string[] = [];
      const scripts = /script-src ([^;]+)/.exec(headers['content-security-policy'] ?? '')?.[1] ?? '';
      if (scripts.includes('unsafe-inline') || scripts === '') problems.push(`script-src ${scripts}`);
      if (kind === 'workbench' ? !scripts.includes('nonce-') : !/\/light\.[0-9a-f]+\.js$/.test(scripts))
        problems.push(`script-src ${scripts}`);
      if (as !== 'anonymous' && headers['cache-control'] !== 'private, no-store')
        problems.push(`cache-control ${headers['cache-control']}`);
      if (headers['x-content-type-options'] !== 'nosniff') problems.push('no nosniff');
      if (headers['strict-transport-security']) problems.push('HSTS without TLS');
      return problems;
    };
    expect(wrong(problem)).toEqual([]);
  });
});
