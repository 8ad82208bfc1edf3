import { eq } from 'drizzle-orm';
import { beforeEach, expect, it, vi } from 'vitest';
import { concerns } from '~/db/schema/concerns';
import { until } from '../support/clients';
import { kept, type Phone, phoneStories, screen, sendConcern, tellConcern } from '../support/phones';

vi.setConfig({ testTimeout: 60_000 });
const stories = phoneStories();
const form = '/planteamientos/nuevo';

let phone: Phone;
// Other words in each story, to be found again by.
let dust: string;
let day = 0;
beforeEach(async () => {
  dust = `En el quimbalete respiramos polvo, van ${++day} días.`;
  phone = await stories.phone();
  await stories.enters(phone, 'sabina');
  return () => phone.context.close();
});
const raised = () => stories.db.select().from(concerns).where(eq(concerns.words, dust));
const once = async () => {
  const [one, ...others] = await raised();
  expect(others).toEqual([]);
  expect(one!.personId).toBe(stories.world.people.sabina.id);
  return one!;
};
const press = (name: string) => phone.page.getByRole('button', { name, exact: true }).click();

it('a concern goes at once, under one number, and «back» does not lead to its form again', async () => {
  await stories.open(phone, '/planteamientos');
  await stories.open(phone, form);
  await tellConcern(phone, dust);
  await phone.page.locator('form[data-outbox] button[type=submit]').dblclick();
  await phone.page.waitForURL('**/planteamientos/*?nuevo');
  const { number } = await once();
  expect(await screen(phone)).toContain(`${number}`);
  expect(await kept(phone)).toBe('{}{}');
  await phone.page.goBack();
  expect(new URL(phone.page.url()).pathname).toBe('/planteamientos');
});

it('what is wrong is said at its field as where no script runs, and what was typed stays', async () => {
  const wrong = async (one: Phone) => {
    await stories.open(one, form);
    await tellConcern(one, 'Polvo', []);
    await Promise.all([one.page.waitForSelector('.fld.bad .err'), sendConcern(one)]);
    return one.page.evaluate(() => ({
      fields: [...document.querySelectorAll('.fld.bad')].map((field) => ({
        said: field.querySelector('.err')!.outerHTML,
        after: field.querySelector('.err')!.previousElementSibling!.className,
        marked: field.querySelectorAll('[aria-invalid=true]').length,
        told: [field, ...field.querySelectorAll('*')]
          .map((one) => one.getAttribute('aria-describedby'))
          .filter(Boolean),
      })),
      summary: [...document.querySelectorAll('#errors b, #errors a')].map((one) => one.textContent),
      links: [...document.querySelectorAll('#errors a')].map((one) => one.getAttribute('href')),
      role: document.getElementById('errors')!.getAttribute('role'),
      before: document.getElementById('errors')!.nextElementSibling!.tagName,
      words: (document.querySelector('[name=words]') as HTMLTextAreaElement).value,
      place: (document.querySelector('[name=place]') as HTMLSelectElement).value,
    }));
  };
  const still = await stories.phone({ javaScriptEnabled: false });
  await stories.enters(still, 'sabina');
  const written = await wrong(still);
  expect(written.fields).toHaveLength(2);
  expect(written.summary).toHaveLength(3);
  expect(await wrong(phone)).toEqual(written);
  expect(await phone.page.evaluate(() => document.activeElement!.id)).toBe('errors');
  await still.context.close();

  await tellConcern(phone, dust);
  await sendConcern(phone);
  await phone.page.waitForURL('**/planteamientos/*?nuevo');
  await once();
});

it('without a network it waits on the phone, sealed, and goes by itself from every window but only once', async () => {
  await stories.open(phone, form);
  const other = { ...phone, page: await phone.context.newPage() };
  await stories.open(other, '/planteamientos');
  await tellConcern(phone, dust);
  await phone.context.setOffline(true);
  await sendConcern(phone);
  await phone.page.getByText('Guardado en este celular. Se enviará cuando haya señal.').waitFor();
  expect(await raised()).toEqual([]);
  const sealed = await kept(phone);
  expect(sealed).toContain('bandeja ');
  expect(sealed).not.toMatch(/quimbalete|Sabina/);
  expect(sealed).not.toContain(stories.world.people.sabina.id);

  await phone.context.setOffline(false);
  await phone.page.getByText('Recibido. Es el planteamiento número').waitFor();
  const { number, id } = await once();
  expect(await screen(phone)).toContain(`número ${number}`);
  expect(await phone.page.locator('[id^=enviado-] a').getAttribute('href')).toBe(`/planteamientos/${id}`);
  await until('the phone is empty', async () => (await kept(phone)) === '{}{}');
});

it('an answer that is lost on its way costs nothing: the second sending finds the first', async () => {
  await stories.open(phone, form);
  await tellConcern(phone, dust);
  await phone.page.route('**/api/trpc/**', async (route) => {
    await route.fetch();
    await route.abort('connectionreset');
  });
  await sendConcern(phone);
  await phone.page.getByText('Tienes 1 planteamiento por enviar.').waitFor();
  const { number } = await once();
  await phone.page.unroute('**/api/trpc/**');
  await press('Enviar ahora');
  await phone.page.getByText(`Recibido. Es el planteamiento número ${number}.`).waitFor();
  await once();
});

it('a forum that dies while it is being told loses nothing and doubles nothing', async () => {
  await stories.open(phone, form);
  await tellConcern(phone, dust);
  const asked = phone.page.waitForRequest('**/api/trpc/concerns.raise');
  await Promise.all([sendConcern(phone), asked.then(() => stories.forum.kill())]);
  // It may have been answered before it died; then the phone is led to a page that is not there.
  await until(
    'the phone has an answer',
    async () =>
      (await raised()).length > 0 ||
      (await phone.page.getByText('Tienes 1 planteamiento por enviar.').count()) > 0,
  );
  await stories.forum.start();
  await stories.open(phone, '/');
  await until('the forum has it', async () => (await raised()).length > 0);
  await until('the phone is empty', async () => (await kept(phone)) === '{}{}');
  await once();
});

it('another person on the same phone neither sees nor sends it, not even from a window left open', async () => {
  await stories.open(phone, form);
  await tellConcern(phone, dust);
  await phone.context.setOffline(true);
  await sendConcern(phone);
  await phone.page.getByText('Tienes 1 planteamiento por enviar.').waitFor();

  await stories.enters(phone, 'rufino');
  const refused = phone.page.waitForResponse('**/api/trpc/concerns.raise');
  await phone.context.setOffline(false);
  expect((await refused).status()).toBe(401);
  const his = { ...phone, page: await phone.context.newPage() };
  await stories.open(his, '/');
  expect(await screen(his)).not.toMatch(/quimbalete|por enviar/);
  expect(await raised()).toEqual([]);
  // Nor does it go with him when he signs out: it is not his to take away.
  await his.page.locator('form[action="/salir"] button').click();
  await his.page.waitForURL(`${stories.forum.address}/`);
  expect(await kept(his)).toContain('bandeja ');

  await stories.enters(phone, 'sabina');
  await stories.open(his, '/ayuda');
  await his.page.getByText('Recibido. Es el planteamiento número').waitFor();
  await once();
});

it('a phone that can keep nothing says so, and keeps the words on the screen', async () => {
  await stories.open(phone, form);
  await phone.page.evaluate(() => {
    for (let size = 1 << 20; size >= 1; size = Math.floor(size / 2))
      try {
        for (let i = 0; ; i++) localStorage.setItem(`lleno ${size} ${i}`, 'x'.repeat(size));
      } catch {}
  });
  await tellConcern(phone, dust);
  await phone.context.setOffline(true);
  await sendConcern(phone);
  await phone.page.getByText('No cierres esta página.').waitFor();
  expect(await phone.page.inputValue('[name=words]')).toBe(dust);
  expect(await phone.page.locator('form[data-outbox]').isVisible()).toBe(true);
  await phone.context.setOffline(false);
  await sendConcern(phone);
  await phone.page.waitForURL('**/planteamientos/*?nuevo');
  await once();
});

it('what the forum refuses stays for its owner to mend', async () => {
  await stories.open(phone, form);
  await tellConcern(phone, 'Polvo');
  await phone.context.setOffline(true);
  await sendConcern(phone);
  await phone.page.getByText('Tienes 1 planteamiento por enviar.').waitFor();
  await phone.context.setOffline(false);
  await phone.page.locator('#bandeja .err').waitFor();
  expect(await phone.page.locator('#bandeja .err').innerText()).toContain('10');
  await press('Corregir');
  await phone.page.waitForURL(`**${form}`);
  await phone.page.getByText('Recuperamos lo que estabas escribiendo.').waitFor();
  expect(await phone.page.inputValue('[name=words]')).toBe('Polvo');
  expect(await phone.page.isChecked('[name=areas][value=agua]')).toBe(true);
  await phone.page.fill('[name=words]', dust);
  await sendConcern(phone);
  await phone.page.waitForURL('**/planteamientos/*?nuevo');
  await once();
  expect(await kept(phone)).toBe('{}{}');
});

it('she may take back what waits, by pressing twice', async () => {
  await stories.open(phone, form);
  await tellConcern(phone, dust);
  await phone.context.setOffline(true);
  await sendConcern(phone);
  await phone.page.getByText('Ver lo que espera').click();
  expect(await screen(phone)).toContain('quimbalete');
  await press('Borrar de este celular');
  expect(await kept(phone)).toContain('bandeja ');
  await press('Sí, borrar');
  await phone.page.locator('#bandeja').waitFor({ state: 'detached' });
  expect(await kept(phone)).toBe('{}{}');
});
