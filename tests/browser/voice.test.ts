import { beforeAll, expect, it, vi } from 'vitest';
import { freezing, readyArticle } from '../support/document';
import { phoneStories } from '../support/phones';

vi.setConfig({ testTimeout: 60_000 });
const stories = phoneStories();

beforeAll(async () => {
  await readyArticle(stories.world, { title: 'Agua limpia' });
  await (await stories.world.as('emilia')).document.freeze(freezing(0));
}, 60_000);

/** A phone with these voices, which says nothing aloud and keeps what it was given to say. */
async function phoneWith(voices: { lang: string; localService: boolean }[]) {
  const phone = await stories.phone();
  await phone.page.addInitScript((known) => {
    const said: { text: string; lang: string; onend?: () => void }[] = [];
    let now = false;
    Object.assign(window, {
      said,
      SpeechSynthesisUtterance: class {
        lang = '';
        constructor(public text: string) {}
      },
    });
    Object.defineProperty(window, 'speechSynthesis', {
      value: {
        getVoices: () => known,
        get speaking() {
          return now;
        },
        speak: (words: (typeof said)[number]) => {
          now = true;
          said.push(words);
        },
        cancel: () => {
          now = false;
        },
        finish: () => {
          now = false;
          said.at(-1)?.onend?.();
        },
      },
    });
  }, voices);
  await stories.open(phone, '/documento/v/1/art/1');
  return phone;
}
const said = (page: Awaited<ReturnType<typeof phoneWith>>['page']) =>
  page.evaluate(() => (window as unknown as { said: { text: string }[] }).said.map(({ text }) => text));
const finish = (page: Awaited<ReturnType<typeof phoneWith>>['page']) =>
  page.evaluate(() => (speechSynthesis as unknown as { finish(): void }).finish());

it('an article is read aloud, line by line, with a Spanish voice of the phone’s own', async () => {
  const { page, context } = await phoneWith([
    { lang: 'en-US', localService: true },
    { lang: 'es-PE', localService: true },
  ]);
  const button = page.getByRole('button', { name: 'Escuchar' });
  await button.click();
  expect(await said(page)).toEqual(['Agua limpia']);
  for (let i = 0; i < 2; i++) await finish(page);
  expect((await said(page)).at(-1)).toBe('Hay un punto de agua limpia cerca de cada campamento.');
  expect(await page.locator('.said').textContent()).toBe(
    'Hay un punto de agua limpia cerca de cada campamento.',
  );
  await page.getByRole('button', { name: 'Parar' }).click();
  expect(await page.locator('.said').count()).toBe(0);
  expect(await button.isVisible()).toBe(true);
  await context.close();
});

it.each([
  ['no Spanish voice', [{ lang: 'en-US', localService: true }]],
  ['only a voice that is elsewhere', [{ lang: 'es-ES', localService: false }]],
])('where there is %s, there is no button', async (_name, voices) => {
  const { page, context } = await phoneWith(voices);
  expect(await page.locator('#voz').count()).toBe(1);
  expect(await page.locator('#voz').isVisible()).toBe(false);
  await context.close();
});
