import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
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
async function weigh(page: Page, path: string): Promise<Bytes> {
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
  await page.goto(forum.address + path, { waitUntil: 'networkidle' });
  await cdp.detach();
  return bytes;
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

// One test for each claim, over every route: a failure lists every route that breaks it.
const each = async (test: (page: Page, route: Route) => Promise<string | null>) => {
  const wrong: string[] = [];
  for (const route of routes) {
    const page = await open(route.as);
    const problem = await test(page, route).catch((error) => String(error).split('\n')[0]!);
    if (problem) wrong.push(`${route.path} (${route.as}): ${problem}`);
  }
  return wrong;
};

describe('every page', () => {
  it('is there for who may see it, and its console is silent', async () => {
    const wrong = await each(async (page, { path }) => {
      const said: string[] = [];
      page.on('console', (message) => message.type() === 'error' && said.push(message.text()));
      page.on('pageerror', (error) => said.push(String(error)));
      const response = await page.goto(forum.address + path, { waitUntil: 'networkidle' });
      if (response!.status() !== 200) return `status ${response!.status()}`;
      return said.length > 0 ? said.join(' | ').slice(0, 300) : null;
    });
    expect(wrong).toEqual([]);
  }, 600_000);

  it('costs no more than its kind allows, and loads nothing from another host', async () => {
    const host = new URL(forum.address).host;
    const wrong = await each(async (page, { path, kind }) => {
      const { all, script, hosts } = await weigh(page, path);
      const foreign = [...hosts].filter((one) => one !== host);
      if (foreign.length > 0) return `loads from ${foreign}`;
      const told = `${(all / kB).toFixed(1)} kB, ${(script / kB).toFixed(1)} kB of script`;
      if (process.env.PRINT_BYTES)
        console.info(`BYTES ${kind} ${path.replace(/[0-9a-f-]{36}/g, ':id')}: ${told}`);
      if (kind === 'light' && (all > 30 * kB || script > 8 * kB)) return told;
      if (kind === 'print' && script > 8 * kB) return told;
      if (kind === 'workbench' && script > 190 * kB) return told;
      return null;
    });
    expect(wrong).toEqual([]);
  }, 600_000);

  it('has one heading of the first rank, one title, a language, and does not run over the side', async () => {
    const wrong = await each(async (page, { path }) => {
      await page.goto(forum.address + path);
      return page.evaluate(() => {
        const problems: string[] = [];
        const ranks = document.querySelectorAll('h1').length;
        if (ranks !== 1) problems.push(`${ranks} h1`);
        if (document.title !== 'Frente Unido') problems.push(`title «${document.title}»`);
        if (!/^(es|en)/.test(document.documentElement.lang)) problems.push('no lang');
        const over = document.documentElement.scrollWidth - window.innerWidth;
        if (over > 1) problems.push(`runs ${over} px over the side`);
        return problems.join(', ') || null;
      });
    });
    expect(wrong).toEqual([]);
  }, 600_000);

  it.each([
    ['a phone', phone],
    ['a desk', desk],
  ])(
    'has nothing serious for axe on %s',
    async (_where, viewport) => {
      const wrong = await each(async (page, { path }) => {
        await page.setViewportSize(viewport);
        await page.goto(forum.address + path, { waitUntil: 'networkidle' });
        // Through the protocol: the page's own policy admits no foreign script.
        await page.evaluate(axe);
        const found = await page.evaluate(async () => {
          const result = await (window as unknown as { axe: typeof import('axe-core') }).axe.run(document, {
            resultTypes: ['violations'],
          });
          return result.violations
            .filter((one) => one.impact === 'serious' || one.impact === 'critical')
            .map(
              (one) =>
                `${one.id}: ${one.nodes
                  .map((node) => node.target.join(' '))
                  .slice(0, 3)
                  .join('; ')}`,
            );
        });
        return found.join(' | ') || null;
      });
      expect(wrong).toEqual([]);
    },
    300_000,
  );

  it('shows its content without JavaScript, where it is light or for print', async () => {
    const still = await browser.newContext({ viewport: phone, javaScriptEnabled: false });
    const wrong: string[] = [];
    for (const { path, kind, as } of routes) {
      if (kind === 'workbench') continue;
      await still.clearCookies();
      await still.addCookies(await (await contextOf(as)).cookies());
      const page = await still.newPage();
      await page.goto(forum.address + path);
      const shown = await page.locator('main').innerText();
      if (shown.trim().length < 40) wrong.push(`${path}: «${shown}»`);
      await page.close();
    }
    await still.close();
    expect(wrong).toEqual([]);
  }, 600_000);
});

describe('headers', () => {
  const golden = {
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'x-frame-options': 'DENY',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  };
  it('of every page hold back what they should, and keep nothing of who is signed in', async () => {
    const wrong = await each(async (page, { path, kind, as }) => {
      const response = (await page.goto(forum.address + path))!;
      const headers = await response.allHeaders();
      const problems = Object.entries(golden)
        .filter(([name, value]) => headers[name] !== value)
        .map(([name]) => `${name}: ${headers[name]}`);
      const policy = headers['content-security-policy'] ?? '';
      const scripts = /script-src ([^;]+)/.exec(policy)?.[1] ?? '';
      if (scripts.includes('unsafe-inline') || scripts === '') problems.push(`script-src ${scripts}`);
      if (kind === 'workbench' ? !scripts.includes('nonce-') : !/\/light\.[0-9a-f]+\.js$/.test(scripts))
        problems.push(`script-src ${scripts}`);
      if (as !== 'anonymous' && headers['cache-control'] !== 'private, no-store')
        problems.push(`cache-control ${headers['cache-control']}`);
      if (headers['strict-transport-security']) problems.push('HSTS without TLS');
      return problems.join(', ') || null;
    });
    expect(wrong).toEqual([]);
  }, 600_000);
});
