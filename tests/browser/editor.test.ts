import { beforeEach, expect, it, vi } from 'vitest';
import { until } from '../support/clients';
import { buildDraft } from '../support/drafts';
import { type Name, type Phone, phoneStories, screen } from '../support/phones';

vi.setConfig({ testTimeout: 90_000 });
const stories = phoneStories();

const phones: Phone[] = [];
beforeEach(() => async () => {
  for (const { context } of phones.splice(0)) await context.close();
});
async function of(name: Name): Promise<Phone> {
  const phone = await stories.phone();
  phones.push(phone);
  await stories.enters(phone, name);
  return phone;
}
async function begin(text: string): Promise<string> {
  return (await buildDraft(stories.db, stories.world.mesaAgua.id, { text })).id;
}
const write = async (phone: Phone, id: string) => {
  await phone.page.goto(`${stories.forum.address}/borradores/${id}/editar`);
  await phone.page.waitForSelector('#f-text:not([readonly]), .rich[contenteditable=true]');
};
const rich = async (phone: Phone, id: string) => {
  await write(phone, id);
  await phone.page.getByLabel('Con formato').check();
  await phone.page.waitForSelector('.rich[contenteditable=true]');
};
const saved = ({ page }: Phone) => page.waitForSelector('[data-saving=saved]');
const press = ({ page }: Phone, name: string) => page.getByRole('button', { name, exact: true }).click();
const plain = ({ page }: Phone) => page.inputValue('#f-text');
const html = ({ page }: Phone) =>
  page.locator('.rich').evaluate((field) => {
    const copy = field.cloneNode(true) as Element;
    for (const left of copy.querySelectorAll('br')) left.remove();
    return copy.innerHTML;
  });

it('a title, points and bold words: one writes with formatting, one without, and it is read as it was meant', async () => {
  const id = await begin('Agua limpia\nPedimos un reservorio.\n');
  const [nieves, rufino] = [await of('nieves'), await of('rufino')];
  await Promise.all([rich(nieves, id), write(rufino, id)]);
  const { page } = nieves;
  await page.locator('.rich p').first().click();
  await press(nieves, 'Título');
  await until('it is a title', async () => (await html(nieves)).startsWith('<h2>Agua limpia</h2>'));
  expect(await page.getByRole('button', { name: 'Título' }).getAttribute('aria-pressed')).toBe('true');

  // A point at the end, and one more with Enter; an empty one ends the list.
  await page.keyboard.press('Control+End');
  await press(nieves, 'Lista');
  await page.keyboard.type('Un pozo');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+b');
  await page.keyboard.type('Una prueba');
  await page.keyboard.press('Control+b');
  await page.keyboard.type(' cada mes');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Fin.');
  await until('Rufino has it as words', async () =>
    (await plain(rufino)).startsWith(
      'Agua limpia\nPedimos un reservorio.\nUn pozo\nUna prueba cada mes\nFin.',
    ),
  );

  // He writes behind the title, in the plain field: it stays a title, and her caret stays at its word.
  await rufino.page.locator('#f-text').evaluate((field: HTMLTextAreaElement) => {
    field.focus();
    field.setSelectionRange(11, 11);
  });
  await rufino.page.keyboard.press('Enter');
  await rufino.page.keyboard.type('Para todas.');
  await until('she sees it', async () =>
    (await html(nieves)).startsWith('<h2>Agua limpia</h2><p>Para todas.</p>'),
  );
  await page.keyboard.type(' Gracias.');
  await until('it stands where she was', async () => (await plain(rufino)).includes('Fin. Gracias.'));

  // Undo is one's own.
  await page.keyboard.press('Control+z');
  await until('only hers is taken back', async () => !(await plain(rufino)).includes('Gracias'));
  expect(await plain(rufino)).toContain('Para todas.');
  await press(nieves, 'Rehacer');
  await until('and stands again', async () => (await plain(rufino)).includes('Fin. Gracias.'));

  // A link to the library, from the list.
  await page.getByLabel('Enlace a la biblioteca').selectOption({ index: 1 });
  await until('the link is there', async () => (await html(nieves)).includes('<a href="/biblioteca/'));
  await Promise.all([saved(nieves), saved(rufino)]);
  await stories.open(rufino, `/borradores/${id}`);
  const read = await rufino.page.locator('.written').innerHTML();
  expect(read).toMatch(/<h2[^>]*>Agua limpia<\/h2><p[^>]*>Para todas\.<\/p>/);
  expect(read).toMatch(/<ul><li[^>]*>Un pozo<\/li><li[^>]*><b>Una prueba<\/b> cada mes<\/li><\/ul>/);
  expect(read).toContain('<a href="/biblioteca/');
});

it('the toolbar is one stop for the keyboard, fits a small phone, and the choice is remembered', async () => {
  const id = await begin('Uno\n');
  const nieves = await of('nieves');
  await nieves.page.setViewportSize({ width: 360, height: 640 });
  await rich(nieves, id);
  const { page } = nieves;
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  const small = await page
    .locator('.tool')
    .evaluateAll((all) =>
      all.map((one) => one.getBoundingClientRect()).filter(({ width, height }) => width < 44 || height < 48),
    );
  expect(small).toEqual([]);
  expect(await page.locator('[role=toolbar] [tabindex="0"]').count()).toBe(1);
  await page.locator('[role=toolbar] button').first().focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  expect(await page.evaluate(() => document.activeElement!.textContent)).toBe('Lista');
  await page.keyboard.press('End');
  expect(await page.evaluate(() => document.activeElement!.tagName)).toBe('SELECT');
  const field = page.getByRole('textbox', { name: 'Texto del borrador' });
  expect(await field.getAttribute('aria-multiline')).toBe('true');
  await page.reload();
  await page.waitForSelector('.rich[contenteditable=true]');
  await page.getByLabel('Texto simple').check();
  await page.waitForSelector('#f-text:not([readonly])');
  expect(await plain(nieves)).toBe('Uno\n');
});

it('what somebody else took away lies on the page, and is put back for all', async () => {
  const id = await begin('Pedimos: ');
  const [nieves, rufino] = [await of('nieves'), await of('rufino')];
  await Promise.all([rich(nieves, id), write(rufino, id)]);
  await nieves.page.locator('.rich').click();
  await nieves.page.keyboard.press('Control+End');
  await nieves.page.keyboard.type('agua limpia para lavar');
  await until('he reads it', async () => (await plain(rufino)).endsWith('para lavar'));
  await rufino.page.fill('#f-text', 'Pedimos: nada');
  await nieves.page.waitForSelector('[data-tray] blockquote');
  expect(await nieves.page.locator('[data-tray] blockquote').innerText()).toContain('agua limpia para lavar');
  expect(await screen(rufino)).not.toContain('Palabras tuyas');
  await press(nieves, 'Devolver al texto');
  await until('he reads it again', async () => (await plain(rufino)).includes('agua limpia para lavar'));
  await until('the tray is empty', async () => (await nieves.page.locator('[data-tray]').count()) === 0);
});
