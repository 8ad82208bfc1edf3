import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it, vi } from 'vitest';
import { until } from '../support/clients';
import { kept, type Phone, phoneStories, screen, tellConcern } from '../support/phones';

vi.setConfig({ testTimeout: 60_000 });
const stories = phoneStories();
const rain = 'Cuando llueve se inunda la cancha.';
const form = '/planteamientos/nuevo';

let phone: Phone;
beforeEach(async () => {
  phone = await stories.phone();
  return () => phone.context.close();
});
const press = (name: string) => phone.page.getByRole('button', { name, exact: true }).click();
const typed = (name: string) =>
  until(`«${name}» is kept`, async () => (await kept(phone)).includes(`${name}"`));

it('what she was writing comes back after the bus ride, for her alone, and goes when she wants', async () => {
  await stories.enters(phone, 'sabina');
  await stories.open(phone, form);
  await tellConcern(phone, rain, ['agua', 'salud']);
  await typed('concern');
  expect(await kept(phone)).not.toContain('llueve');

  await stories.open(phone, '/');
  await stories.enters(phone, 'rufino');
  await stories.open(phone, form);
  expect(await phone.page.inputValue('[name=words]')).toBe('');
  expect(await screen(phone)).not.toMatch(/Recuperamos|llueve/);

  await stories.enters(phone, 'sabina');
  await stories.open(phone, form);
  await phone.page.getByText('Recuperamos lo que estabas escribiendo.').waitFor();
  expect(await phone.page.inputValue('[name=words]')).toBe(rain);
  expect(await phone.page.inputValue('[name=place]')).toBe('21');
  expect(await phone.page.isChecked('[name=areas][value=salud]')).toBe(true);
  expect(await phone.page.isChecked('[name=barrier] >> nth=0')).toBe(true);
  await press('Borrarlo');
  expect(await phone.page.inputValue('[name=words]')).toBe('');
  expect(await phone.page.isChecked('[name=areas][value=salud]')).toBe(false);
  expect(await phone.page.isChecked('[name=barrier] >> nth=0')).toBe(false);
  await stories.open(phone, form);
  expect(await screen(phone)).not.toContain('Recuperamos');
});

it('words written upon a text are offered and not put over it; a broken network does not clear them, success does', async () => {
  await stories.enters(phone, 'nieves');
  const { id } = stories.world.draft;
  const write = async () => {
    await stories.open(phone, `/borradores/${id}?editar=1`);
    return phone.page.locator('form[data-autosave] textarea');
  };
  const area = await write();
  const before = await area.inputValue();
  await area.fill(`${before}\n${rain}`);
  await typed(`draft-${id}`);
  await phone.page.route('**/*', (route) =>
    route.request().method() === 'POST' ? route.abort('connectionreset') : route.continue(),
  );
  await phone.page.locator('form[data-autosave] button[type=submit]').click();
  await until('the browser shows that it failed', () => phone.page.url().startsWith('chrome-error'));
  await phone.page.unroute('**/*');

  await stories.open(phone, '/mi-espacio');
  const again = await write();
  await phone.page.getByText('Tienes algo escrito que no se envió.').waitFor();
  expect(await again.inputValue()).toBe(before);
  await press('Recuperarlo');
  expect(await again.inputValue()).toBe(`${before}\n${rain}`);
  await phone.page.locator('form[data-autosave] button[type=submit]').click();
  await phone.page.getByText(rain).first().waitFor();
  await until('nothing is kept', async () => (await kept(phone)) === '{}{}');
  await write();
  expect(await screen(phone)).not.toContain('no se envió');
});

it('asks for no form with a passphrase, a card or a vote to be kept', () => {
  const asking = (folder: string): string[] =>
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return asking(path);
      return /\.tsx$/.test(path) && readFileSync(path, 'utf8').includes('data-autosave') ? [path] : [];
    });
  const found = asking('app');
  expect(found.length).toBeGreaterThan(2);
  for (const file of found) {
    expect(file).not.toMatch(/entrar|votaciones|tarjetas|instalar|mi-espacio/);
    expect(readFileSync(file, 'utf8')).not.toMatch(/kind="password"|passphrase|name="code"/);
  }
});

it('tells what is left to write when the fingers rest, and shows a passphrase on demand', async () => {
  await stories.enters(phone, 'sabina');
  await stories.open(phone, form);
  const line = phone.page.locator('#f-words-n');
  await phone.page.fill('[name=words]', 'x'.repeat(1490));
  await until('10 letters are left', async () => (await line.innerText()) === 'Te quedan 10 letras.');
  expect(await line.getAttribute('aria-live')).toBe('polite');
  await phone.page.fill('[name=words]', '⛏'.repeat(1503));
  await until('3 too many', async () => (await line.innerText()) === 'Te pasaste por 3 letras.');

  await phone.context.clearCookies();
  await stories.open(phone, '/entrar');
  const field = phone.page.locator('[name=passphrase]');
  await field.fill('lluvia sobre la cancha');
  expect(await field.getAttribute('type')).toBe('password');
  await press('Mostrar');
  expect(await field.getAttribute('type')).toBe('text');
  await press('Ocultar');
  expect(await field.getAttribute('type')).toBe('password');
});

it('a button that has been pressed says that it is sending, and presses once', async () => {
  await stories.enters(phone, 'nieves');
  await stories.open(phone, '/mi-espacio');
  let posts = 0;
  await phone.page.route('**/*', async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    posts++;
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await route.continue();
  });
  const pressed = await phone.page.evaluate(() => {
    const button = document.querySelector<HTMLElement>('footer form button')!;
    button.click();
    button.click();
    return [button.innerText, button.getAttribute('aria-disabled')];
  });
  expect(pressed).toEqual(['Enviando…', 'true']);
  await phone.page.getByText('Español').waitFor();
  expect(posts).toBe(1);
});
