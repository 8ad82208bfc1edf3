import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { fieldsOf, freezing, readyArticle } from '../support/document';
import { phoneStories } from '../support/phones';

const story = phoneStories();
const main = (page: import('playwright-core').Page) => page.locator('main').innerText();

/** Three versions: Agua says more in the second, Oro is gone from it, and in the third Agua is another text. */
async function threeVersions() {
  const emilia = await story.world.as('emilia');
  const water = await readyArticle(story.world, { title: 'Agua' });
  const gold = await readyArticle(story.world, { title: 'Oro' });
  await readyArticle(story.world, { title: 'Polvo', area: 'salud' });
  await emilia.document.freeze(freezing(0, 'Primera'));
  const write = async (text: string) => {
    const { seq } = await emilia.document.workingArticle({ id: water });
    await emilia.document.editText({ key: randomUUID(), id: water, base: seq, text });
  };
  await write('Hay dos puntos de agua limpia cerca de cada campamento.\nSu uso no se cobra.');
  await emilia.document.setFields({
    ...fieldsOf(await emilia.document.workingArticle({ id: water })),
    territory: true,
  });
  await emilia.document.retire({ id: gold, revision: 2 });
  await emilia.document.freeze(freezing(1, 'Segunda'));
  // Words that nothing can press together, as many as an article may have.
  const any = Array.from({ length: 1050 }, () => randomUUID()).join(' ');
  await write(any);
  await emilia.document.freeze(freezing(2, 'Tercera'));
  return { water };
}

it('Carla of the State compares two versions on a phone without scripts', async () => {
  const { water } = await threeVersions();
  const carla = await story.phone({ javaScriptEnabled: false });
  await story.enters(carla, 'carla');
  const { page } = carla;
  await page.goto(`${story.forum.address}/documento/v/2`);
  await page.getByRole('link', { name: 'Qué cambió desde la versión 1' }).click();
  const told = await main(page);
  expect(told).toContain('De la versión 1 a la versión 2');
  expect(told).toContain('Se agregaron 2 palabras y se quitaron 2; cambió la nota de consulta previa.');
  expect(told).toContain('Era el artículo 2. Ya no está.');
  expect(told).toContain('Artículo 2: solo cambió el número. Antes era el 3.');
  // What went and what came, for the eye and for the ear, each on its own side.
  expect(await page.locator('main .pair del').first().innerText()).toMatch(/un$/);
  expect(await page.locator('main .pair ins').first().innerText()).toMatch(/dos$/);
  expect(await page.locator('main .pair section').first().locator('ins').count()).toBe(0);
  expect(await page.locator('main .pair section').nth(1).locator('del').count()).toBe(0);
  for (const mark of await page.locator('main :is(ins, del)').all())
    expect((await mark.locator('.vh').first().textContent())!.trim()).not.toBe('');
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(360);

  await page.selectOption('[name=de]', '1');
  await page.selectOption('[name=a]', '3');
  await page.getByRole('button', { name: 'Comparar' }).click();
  expect(await main(page)).toContain('De la versión 1 a la versión 3');

  // From the article, back to how it was.
  await page.goto(`${story.forum.address}/documento/v/2/art/1`);
  await page.getByRole('link', { name: 'Cómo era en la versión 1' }).click();
  expect(new URL(page.url()).search).toBe(`?de=1&a=2&articulo=${water}`);
  expect(await main(page)).toContain('Agua');
  expect(await main(page)).not.toContain('Oro');
}, 90_000);

it('a long article whose every word is another is read on light pages, to the last one', async () => {
  const { page } = await story.phone({ javaScriptEnabled: false });
  await page.goto(`${story.forum.address}/documento/comparar?de=2&a=3`);
  const light = async (path: string) => {
    const answer = await fetch(path, { headers: { 'Accept-Encoding': 'identity' } });
    expect(answer.status).toBe(200);
    // Style and script are counted where every route is (pages.test.ts): 13 kB stay for them.
    return brotliCompressSync(Buffer.from(await answer.arrayBuffer())).length;
  };
  expect(await light(page.url())).toBeLessThan(17_000);
  await page.getByRole('link', { name: /^Ver completo/ }).click();
  let pages = 1;
  for (;;) {
    expect(await light(page.url())).toBeLessThan(17_000);
    const next = page.getByRole('link', { name: 'Después', exact: true });
    if ((await next.count()) === 0) break;
    await next.click();
    pages++;
  }
  expect(pages).toBeGreaterThan(3);
}, 90_000);

it('anybody looks for words inside, and finds nothing politely', async () => {
  const { page } = await story.phone({ javaScriptEnabled: false });
  await page.goto(`${story.forum.address}/documento/v/2`);
  await page.fill('[name=q]', 'cobrar');
  await page.getByRole('button', { name: 'Buscar' }).click();
  expect(await page.locator('main mark').first().innerText()).toMatch(/^cobr[ao]$/);
  await page.getByRole('link', { name: /^Art\. 1\. Agua/ }).click();
  expect(new URL(page.url()).pathname).toBe('/documento/v/2/art/1');
  await page.goto(`${story.forum.address}/documento/buscar?v=2&q=${encodeURIComponent('<b>"helicóptero')}`);
  expect(await main(page)).toContain('Ningún artículo dice eso');
  for (const path of [
    '/documento/buscar?v=9&q=agua',
    '/documento/comparar?de=1&a=9',
    '/documento/comparar?de=x',
  ])
    expect((await fetch(story.forum.address + path)).status).toBe(404);
}, 60_000);

it('a shared link shows public words, no picture and no name; the history shows nothing', async () => {
  const html = await (await fetch(`${story.forum.address}/documento/v/2/art/1`)).text();
  const head = html.slice(0, html.indexOf('</head>'));
  const said = (name: string) => new RegExp(`<meta property="og:${name}" content="([^"]*)"`).exec(head)?.[1];
  expect(said('title')).toBe('Art. 1. Agua');
  expect(said('description')).toBe('Agua limpia en cada campamento, sin cobro.');
  expect(said('image')).toBeUndefined();
  expect(head).toContain('<title>Frente Unido</title>');
  const whole = await (await fetch(`${story.forum.address}/documento`)).text();
  expect(whole).toContain('og:title" content="Versión 3. Tercera"');
  expect(html + whole).not.toContain('Emilia');
});

it('what is published is checked by anybody, and one other letter is seen', async () => {
  const { page } = await story.phone({ javaScriptEnabled: false });
  await page.goto(`${story.forum.address}/documento/v/2`);
  await page.getByText('Cómo saber que nadie la cambió').click();
  const folder = mkdtempSync(join(tmpdir(), 'frente-unido-published-'));
  try {
    const links = await page.$$eval('main a[download]', (all) =>
      all.map((one) => [(one as HTMLAnchorElement).href, (one as HTMLAnchorElement).download]),
    );
    expect(links.map(([, name]) => name)).toEqual(['versions.json', 'versions.pem', 'document.json']);
    const paths: string[] = [];
    for (const [href, name] of links) {
      const path = join(folder, name!);
      writeFileSync(path, Buffer.from(await (await fetch(href!)).arrayBuffer()));
      paths.push(path);
    }
    const check = () => spawnSync(process.execPath, ['scripts/verify.mjs', ...paths], { encoding: 'utf8' });
    const good = check();
    expect([good.status, good.stderr]).toEqual([0, '']);
    const shown = (await page.locator('main details .seal .all').first().textContent())!.replace(/\s/g, '');
    expect(good.stdout).toContain(`Huella de la clave: ${shown}`);
    const text = await (await fetch(links[2]![0]!)).text();
    writeFileSync(paths[2]!, text.replace('limpia', 'limpio'));
    expect(check().status).toBe(1);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
