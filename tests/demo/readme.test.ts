import { existsSync, readFileSync, statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { cards } from '~/db/demo/cards';
import { readConfig } from '~/server/config';

const readme = readFileSync('README.md', 'utf8');

test('the README lists the cards of the demo as they are', () => {
  const listed = [...readme.matchAll(/^\| (.+?) \| (.+?) \| (\d{4}-\d{4}) \| `([A-Z0-9-]+)` \|$/gm)].map(
    ([, what, name, number, code]) => ({ role: /^`(\w+)`/.exec(what!)?.[1] ?? null, name, number, code }),
  );
  expect(listed).toEqual(cards.map(({ role, name, number, code }) => ({ role, name, number, code })));
});

test('every command it names is there', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
  const named = [...readme.matchAll(/npm run ([a-z]+)/g)].map(([, name]) => name!);
  expect(named.filter((name) => !scripts[name])).toEqual([]);
  for (const file of [
    ...Object.values(scripts)
      .join(' ')
      .matchAll(/scripts\/\w+\.mjs/g),
  ].map(([path]) => path))
    expect([file, existsSync(file)]).toEqual([file, true]);
});

test('every folder and file it points to is there, and its pictures are light', () => {
  const paths = [...readme.matchAll(/`((?:app|server|db|drizzle|messages|tests|bench|docs)\/[\w./-]*)`/g)];
  for (const [, path] of paths) expect([path, existsSync(path!)]).toEqual([path, true]);
  const pictures = [...readme.matchAll(/\]\((docs\/screenshots\/[\w-]+\.png)\)/g)].map(([, path]) => path!);
  expect(pictures).toHaveLength(2);
  for (const picture of pictures) expect(statSync(picture).size).toBeLessThan(150_000);
});

test('its table of configuration names what the start reads, with what it is unless set', () => {
  const table = readme.slice(readme.indexOf('## Configuration'), readme.indexOf('## Where things are'));
  const named = [...table.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, name]) => name!);
  const read = [...readFileSync('server/config.ts', 'utf8').matchAll(/^ {2}([A-Z_]+): z|^ {2}(PORT): /gm)];
  const asked = new Set(read.map(([, one, port]) => one ?? port!));
  // FORUM_DEMO is set by `npm run demo` alone; CHROMIUM_PATH is the tests'.
  asked.delete('FORUM_DEMO');
  asked.add('CHROMIUM_PATH');
  expect([...named].sort()).toEqual([...asked].sort());
  const { port, host, dataDir, trustedProxies } = readConfig({});
  for (const value of [port, host, dataDir, trustedProxies]) expect(table).toContain(String(value));
});
