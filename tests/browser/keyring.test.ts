import type { FrameLocator, Request } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { pictureWords, wordParts } from '~/db/reference/words';
import es from '~/messages/es/keyring.json';
import { type Phone, phoneStories } from '../support/phones';

// «Mi espacio» on a phone: six words made, said again, locked, changed; and that they are nowhere else.
const stories = phoneStories();
const patience = 20_000;

const frameOf = ({ page }: Phone): FrameLocator => page.frameLocator('#clave iframe');
const heading = (frame: FrameLocator) => frame.locator('h2');
async function says(frame: FrameLocator, words: string) {
  await heading(frame)
    .filter({ hasText: words })
    .waitFor({ timeout: patience })
    .catch(async (error) => {
      throw new Error(`${error.message}\nIt says: ${await frame.locator('body').innerText()}`);
    });
}

/** Opens the frame in «Mi espacio»; `sent` gathers whatever the phone tells the forum from now on. */
async function atHome(name: 'sabina' | 'elvira' | 'nieves' | 'tomasa', clock = false) {
  const phone = await stories.phone();
  await stories.enters(phone, name);
  const sent: string[] = [];
  phone.context.on('request', (request: Request) =>
    sent.push(`${request.url()} ${request.postData() ?? ''}`),
  );
  if (clock) await phone.page.clock.install();
  await stories.open(phone, '/mi-espacio');
  await phone.page.click('#clave button');
  return { phone, sent, frame: frameOf(phone) };
}

// By key: where a finger would touch, the page's own bar may lie over the frame's edge until she scrolls.
/** Sees her words, writes them down, touches them in order. */
async function takeWords(frame: FrameLocator): Promise<string[]> {
  await frame.getByRole('button', { name: 'Ver mis palabras' }).press('Enter');
  const words = await frame.locator('ol.words span').allTextContents();
  await frame.getByRole('button', { name: 'Ya las tengo' }).press('Enter');
  for (const word of words)
    await frame
      .locator('button.word')
      .filter({ hasText: new RegExp(`^${word}$`) })
      .press('Enter');
  return words;
}
async function sayWords(frame: FrameLocator, words: readonly string[]) {
  for (const word of words) {
    await frame.locator('#letters').fill(word.slice(0, 4));
    await frame
      .locator('button.word')
      .filter({ hasText: new RegExp(`^${word}$`) })
      .press('Enter');
  }
}

describe('Sabina, on a phone', () => {
  it('makes her words, opens, locks and changes; no word of hers is anywhere but in the frame', async () => {
    const { phone, sent, frame } = await atHome('sabina');
    await says(frame, 'Haz tus palabras');
    const words = await takeWords(frame);
    expect([words.length, words.every((word) => pictureWords.includes(word))]).toEqual([6, true]);
    await says(frame, 'Tu llavero está abierto');
    await phone.page.screenshot({
      path: process.env.SHOTS ? `${process.env.SHOTS}/open.png` : undefined,
      fullPage: true,
    });

    await frame.getByRole('button', { name: 'Cerrar ahora' }).press('Enter');
    await says(frame, 'Tu llavero está cerrado');
    const others = pictureWords.filter((word) => !words.includes(word)).slice(0, 6);
    await sayWords(frame, others);
    await frame
      .getByRole('alert')
      .filter({ hasText: 'Esas no son tus palabras' })
      .waitFor({ timeout: patience });
    await sayWords(frame, words);
    await says(frame, 'Tu llavero está abierto');

    await frame.getByRole('button', { name: 'Cambiar mis palabras' }).press('Enter');
    const changed = await takeWords(frame);
    await frame.getByText('Desde ahora abren las palabras nuevas').waitFor({ timeout: patience });
    await frame.getByRole('button', { name: 'Cerrar ahora' }).press('Enter');
    await says(frame, 'Tu llavero está cerrado');
    await sayWords(frame, words);
    await frame.getByRole('alert').waitFor({ timeout: patience });
    await sayWords(frame, changed);
    await says(frame, 'Tu llavero está abierto');

    // Whole words of four letters and more: shorter ones stand in any text.
    const hers = [...words, ...changed].filter((word) => word.length > 4).map((word) => word.toLowerCase());
    const everything = sent.join('\n').toLowerCase();
    expect(hers.filter((word) => everything.includes(word))).toEqual([]);
    // Nothing was asked for a drawing: one file held them all.
    const parts = sent
      .filter((one) => one.includes('/clave.'))
      .map((one) => new URL(one.split(' ')[0]!).pathname);
    expect(parts.map((path) => path.replace(/\.\w{12}\./, '.')).sort()).toEqual([
      '/clave.css',
      '/clave.html',
      '/clave.js',
    ]);
    const kept = await phone.page.evaluate(async () => ({
      here: JSON.stringify({ ...localStorage, ...sessionStorage }),
      bases: (await indexedDB.databases()).length,
      caches: (await caches.keys()).length,
    }));
    expect([hers.filter((word) => kept.here.toLowerCase().includes(word)), kept.bases, kept.caches]).toEqual([
      [],
      0,
      0,
    ]);
    const log = stories.forum.log().toLowerCase();
    expect(hers.filter((word) => log.includes(word))).toEqual([]);
    expect(phone.page.url()).toBe(`${stories.forum.address}/mi-espacio`);
  }, 120_000);

  it('is locked after two minutes untouched, and when she looks at something else', async () => {
    const { phone, frame } = await atHome('elvira', true);
    await says(frame, 'Haz tus palabras');
    const words = await takeWords(frame);
    await says(frame, 'Tu llavero está abierto');
    await phone.page.clock.fastForward('02:01');
    await frame.getByText('Se cerró porque nadie lo tocaba').waitFor({ timeout: patience });
    await sayWords(frame, words);
    await says(frame, 'Tu llavero está abierto');
    await heading(frame).evaluate((element) => {
      Object.defineProperty(element.ownerDocument, 'visibilityState', { value: 'hidden' });
      element.ownerDocument.dispatchEvent(new Event('visibilitychange'));
    });
    await says(frame, 'Tu llavero está cerrado');
  }, 120_000);

  it('leaves by the quick exit with the keyring open, and «back» shows nothing of it', async () => {
    const { phone, frame } = await atHome('nieves');
    await says(frame, 'Haz tus palabras');
    await phone.page.route(/salir|google|clima/, (route) => route.fulfill({ body: 'tiempo' }));
    await phone.page.click('a[data-exit]');
    await phone.page.waitForURL((url) => !url.pathname.startsWith('/mi-espacio'));
    await phone.page.goBack().catch(() => {});
    expect(await phone.page.locator('#clave iframe').count()).toBe(0);
  }, 60_000);

  it('without a script is told plainly that it does not work, and asks for new words all the same', async () => {
    const phone = await stories.phone({ javaScriptEnabled: false });
    await stories.enters(phone, 'sabina');
    await stories.open(phone, '/mi-espacio');
    expect(await phone.page.locator('#clave').textContent()).toContain('JavaScript');
    await phone.page.locator('details', { hasText: 'Perdí mis palabras' }).locator('summary').click();
    await phone.page.getByRole('button', { name: 'Pedir palabras nuevas' }).click();
    await phone.page.getByText('Se pidieron palabras nuevas').waitFor();
    await phone.page.getByRole('button', { name: 'Cancelar' }).click();
    await phone.page.getByText('Perdí mis palabras').waitFor();
  }, 60_000);
});

describe('Tomasa, who does not write', () => {
  it('says her words by their drawings: they come where the kinds stood, and no field asks for a keyboard', async () => {
    const { frame } = await atHome('tomasa');
    const words = await takeWords(frame);
    await frame.getByRole('button', { name: 'Cerrar ahora' }).press('Enter');
    await says(frame, 'Tu llavero está cerrado');
    await frame.locator('summary', { hasText: 'Buscar por el dibujo' }).press('Enter');
    const kinds = frame.locator('.parts');
    for (const word of words) {
      const at = pictureWords.indexOf(word);
      const part = wordParts.findIndex(({ from, count }) => at >= from && at < from + count);
      const kind = frame.getByRole('button', {
        name: es[`f.part.${part}` as keyof typeof es],
        exact: true,
      });
      // The wrong kind is left again.
      await kind.press('Enter');
      expect(await kinds.isVisible()).toBe(false);
      await frame.getByRole('button', { name: 'Ver otros dibujos' }).press('Enter');
      await kind.press('Enter');
      await frame
        .locator('button.word')
        .filter({ hasText: new RegExp(`^${word}$`) })
        .press('Enter');
      if (word === words.at(-1)) break;
      const focused = await kinds.evaluate(({ ownerDocument }) => ownerDocument.activeElement?.textContent);
      expect([await kinds.isVisible(), focused]).toEqual([true, es[`f.part.${part}` as keyof typeof es]]);
    }
    await says(frame, 'Tu llavero está abierto');
  }, 60_000);
});

describe('the frame', () => {
  it('has no origin, no network but the rooms’ blind door, and lets only the forum show it', async () => {
    const answer = await fetch(`${stories.forum.address}/clave.html`);
    const policy = answer.headers.get('content-security-policy')!;
    expect(policy).toMatch(
      /^sandbox allow-scripts; default-src 'none'; script-src(?: http:\S+\.js){3}; style-src http:\S+\.css;/,
    );
    expect(policy).toMatch(
      /; connect-src http:\S+\/api\/box http:\S+\/api\/open\/released\.json ws:\S+\/box;/,
    );
    expect(policy).not.toMatch(/unsafe|'self'|\*/);
    expect(policy).toContain(`frame-ancestors ${stories.forum.address}`);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('is as wide as a phone or a desk, and nothing sticks out', async () => {
    const { phone, frame } = await atHome('nieves');
    await says(frame, 'Haz tus palabras');
    await frame.getByRole('button', { name: 'Ver mis palabras' }).press('Enter');
    for (const width of [360, 1280]) {
      await phone.page.setViewportSize({ width, height: 800 });
      const over = await heading(frame).evaluate(({ ownerDocument: { documentElement: root } }) => [
        root.scrollWidth - root.clientWidth,
        root.scrollHeight - root.clientHeight,
      ]);
      expect(over[0]).toBe(0);
      if (process.env.SHOTS)
        await phone.page.screenshot({ path: `${process.env.SHOTS}/words-${width}.png`, fullPage: true });
    }
    await phone.page.setViewportSize({ width: 360, height: 800 });
    await frame.getByRole('button', { name: 'Ya las tengo' }).press('Enter');
    if (process.env.SHOTS)
      await phone.page.screenshot({ path: `${process.env.SHOTS}/confirm.png`, fullPage: true });
  }, 60_000);
});
