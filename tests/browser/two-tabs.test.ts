import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { persons } from '~/db/schema/people';
import { sealPassphrase } from '~/server/people/commands/passphrase';
import { openedBallot } from '../support/ballots';
import { until } from '../support/clients';
import { kept, type Phone, phoneStories, screen } from '../support/phones';
import { numberOf } from '../support/urns';

vi.setConfig({ testTimeout: 90_000 });
const stories = phoneStories();

let ballot: Awaited<ReturnType<typeof openedBallot>>;
let phone: Phone;
let other: Phone;
/** Rufino's phone, with two tabs: what he votes in, and another. */
beforeEach(async () => {
  ballot = await openedBallot(stories.db, { title: 'Votación en dos pestañas' });
  phone = await stories.phone();
  other = { ...phone, page: await phone.context.newPage() };
  other.page.setDefaultTimeout(15_000);
  await stories.enters(phone, 'rufino');
  return () => phone.context.close();
});
const page = (end = '') => `/votaciones/${ballot.id}${end}`;
const press = (name: string, { page }: Phone = phone) =>
  page.getByRole('button', { name, exact: true }).first().click();
const signsOut = async (at: Phone) => {
  await at.page.locator('form[action="/salir"] [type=submit]').first().click();
};
/** He has begun, on the page that needs no network: the first question is answered, the second one chosen. */
async function begun(): Promise<void> {
  await stories.open(phone, page('/sin-senal'));
  expect(await kept(phone)).toContain('boleto');
  await press('Empezar a votar');
  await phone.page.getByRole('radio', { name: /^Sí/ }).check();
  await press('Seguir');
  await phone.page.getByRole('radio', { name: /^No\b/ }).check();
}
const chosen = () => phone.page.locator('input:checked').count();
/** In his tab neither choice nor ticket is left, nor the way to begin. */
async function nothingLeft(): Promise<void> {
  await until('it is forgotten', async () => !(await kept(phone).catch(() => 'boleto')).includes('boleto'));
  expect(await chosen()).toBe(0);
  expect(await screen(phone)).not.toMatch(/Pregunta 2|Lista para votar sin señal/);
}

describe('who leaves in one tab leaves in the other', () => {
  it('signing out: what was begun and the ticket go at once, unasked', async () => {
    await begun();
    await stories.open(other, '/documento');
    await signsOut(other);
    await other.page.waitForURL(`${stories.forum.address}/`);
    await nothingLeft();
    expect((await phone.context.cookies()).map(({ name }) => name)).not.toContain('quien');
  });

  it('signing out where the network has gone: the tab does not wait for the forum', async () => {
    await begun();
    await stories.open(other, '/documento');
    await phone.context.setOffline(true);
    await signsOut(other);
    // Its page is emptied, and what it asks for anew does not come.
    await expect.poll(() => phone.page.url(), { timeout: 10_000 }).toMatch(/^chrome-error/);
    await phone.context.setOffline(false);
    // The session still stands: a page of his may come, and with it a ticket, but nothing of what he had chosen.
    await stories.open(phone, page('/sin-senal'));
    expect(await chosen()).toBe(0);
  });

  it('the quick exit', async () => {
    await phone.context.route('https://www.google.com/**', (route) => route.fulfill({ body: 'clima' }));
    await begun();
    await stories.open(other, '/documento');
    await other.page.locator('a[data-exit]').click();
    const { address } = stories.forum;
    await expect
      .poll(() => [phone, other].map(({ page }) => page.url().startsWith(address)), { timeout: 10_000 })
      .toEqual([false, false]);
    await stories.open(phone, page('/sin-senal'));
    expect(await kept(phone)).not.toMatch(/boleto/);
  });

  it('the quick exit, pressed here before this tab has seen that he has left there', async () => {
    await begun();
    // In one go, so that neither its clock nor another tab comes between: the mark goes, and he presses.
    await phone.page.evaluate(() => {
      // biome-ignore lint/suspicious/noDocumentCookie: as when his session goes.
      document.cookie = 'quien=; Max-Age=0; Path=/';
      document.querySelector<HTMLAnchorElement>('a[data-exit]')!.click();
    });
    await expect
      .poll(() => phone.page.url().startsWith(stories.forum.address), { timeout: 10_000 })
      .toBe(false);
    await stories.open(phone, page('/sin-senal'));
    expect(await kept(phone)).not.toMatch(/boleto|papeleta\./);
  });

  it('the ordinary voting screens as well', async () => {
    await stories.open(phone, page());
    await press('Empezar a votar');
    await phone.page.getByRole('radio', { name: /^Sí/ }).check();
    await stories.open(other, '/ayuda');
    await signsOut(other);
    await other.page.waitForURL(`${stories.forum.address}/`);
    await nothingLeft();
  });
});

it('somebody else signs in: the first press in his tab finds nothing of his, and sends nothing', async () => {
  await begun();
  const nieves = stories.world.people.nieves.id;
  const passphrase = 'lluvia en la cancha 7';
  await stories.db
    .update(persons)
    .set({ passphraseHash: await sealPassphrase(passphrase) })
    .where(eq(persons.id, nieves));
  // At the door itself, without asking who was there before.
  await stories.open(other, '/entrar');
  const form = other.page.locator('form:has([name=passphrase])');
  await form.locator('[name=number]').fill(await numberOf(stories.db, nieves));
  await form.locator('[name=passphrase]').fill(passphrase);
  await form.locator('[type=submit]').click();
  await other.page.waitForURL((url) => url.pathname !== '/entrar');
  // (Unless the tab has looked by itself meanwhile.)
  const next = phone.page.getByRole('button', { name: 'Seguir', exact: true });
  await next.click({ timeout: 2000 }).catch(() => {});
  await until('it is a page of hers', async () => (await chosen().catch(() => 1)) === 0);
  await phone.page.waitForLoadState('networkidle');
  const [owner, tickets] = await phone.page.evaluate(() => [
    document.getElementById('script')!.dataset.owner,
    Object.values(sessionStorage).map((one) => JSON.parse(one as string).owner as string),
  ]);
  expect(tickets).toEqual([owner]);
  expect(await kept(phone)).not.toContain('papeleta.');
});

it('who stays keeps what was begun, whatever happens in other tabs', async () => {
  await begun();
  await stories.open(other, '/documento');
  await stories.open(other, page());
  await other.page.close();
  expect(await chosen()).toBe(1);
  await press('Seguir');
  expect(await kept(phone)).toContain('boleto');
});
