import { desc, eq } from 'drizzle-orm';
import { beforeEach, expect, it, vi } from 'vitest';
import { concerns } from '~/db/schema/concerns';
import { sessions } from '~/db/schema/people';
import { until } from '../support/clients';
import { kept, type Phone, phoneStories, screen, sendConcern, tellConcern } from '../support/phones';

vi.setConfig({ testTimeout: 60_000 });
const stories = phoneStories();
const fear = 'El capataz nos grita si pedimos descanso.';

let phone: Phone;
beforeEach(async () => {
  phone = await stories.phone();
  await stories.enters(phone, 'sabina');
  return () => phone.context.close();
});
const press = (name: string) => phone.page.getByRole('button', { name, exact: true }).click();
/** She presses «Salir rápido»; what the press sets off is not waited for. */
const exit = ({ page }: Phone) =>
  page.evaluate(() => {
    setTimeout(() => document.querySelector<HTMLAnchorElement>('a[data-exit]')!.click(), 0);
  });
/** What the browser's own list of visited pages holds for this window, once it has come to rest on another page. */
async function historyOf({ page, context }: Phone): Promise<string[]> {
  const read = async () => {
    const cdp = await context.newCDPSession(page);
    const { entries } = await cdp.send('Page.getNavigationHistory');
    return entries.map(({ url }) => url);
  };
  let visited: string[] = [];
  // While one page gives way to the next the browser has no answer.
  await until('the window rests', async () => {
    visited = await read().catch(() => []);
    return visited.length > 0;
  });
  return visited;
}
async function lastSession() {
  const personId = stories.world.people.sabina.id;
  const [row] = await stories.db
    .select()
    .from(sessions)
    .where(eq(sessions.personId, personId))
    .orderBy(desc(sessions.expiresAt))
    .limit(1);
  return row!;
}
async function waitingConcern(): Promise<void> {
  await stories.open(phone, '/planteamientos/nuevo');
  await tellConcern(phone, fear);
  await phone.page.route('**/api/trpc/**', (route) => route.abort());
  await sendConcern(phone);
  await phone.page.getByText('Tienes 1 planteamiento por enviar.').waitFor();
  await stories.open(phone, '/planteamientos');
}

it('the quick exit covers the screen at once, ends the session, and leaves nothing on the phone', async () => {
  await stories.open(phone, '/mi-espacio');
  await stories.open(phone, '/planteamientos/nuevo');
  await tellConcern(phone, fear);
  await until('it is kept', async () => (await kept(phone)).includes('concern'));
  const other = { ...phone, page: await phone.context.newPage() };
  await stories.open(other, '/mi-espacio');

  // Before the forum can have answered: the press itself does it.
  const [seen, covers, left] = await phone.page.evaluate(() => {
    document.querySelector<HTMLAnchorElement>('a[data-exit]')!.click();
    const left = Object.keys(localStorage);
    return [document.body.innerText, document.querySelectorAll('.cover').length, left] as const;
  });
  expect([seen, covers, left]).toEqual(['', 1, ['salida']]);
  await until('both have left', async () =>
    [phone, other].every(({ page }) => !page.url().startsWith(stories.forum.address)),
  );
  expect((await lastSession()).endedAt).not.toBeNull();

  const visited = await historyOf(phone);
  expect(visited.at(-1)).toContain('google.com/search?q=clima');
  expect(visited.join()).not.toMatch(/planteamientos\/nuevo|salir/);
  await phone.page.goBack().catch(() => {});
  expect(await screen(phone)).not.toMatch(/Sabina|capataz/);
  await stories.open(phone, '/ayuda');
  expect(await kept(phone)).toBe('{}{}');
  expect(await phone.context.cookies()).toEqual([]);
});

it('without a script the way out ends the session and clears the phone just the same', async () => {
  const still = await stories.phone({ javaScriptEnabled: false });
  await stories.enters(still, 'sabina');
  await stories.open(still, '/mi-espacio');
  await still.page
    .locator('a[data-exit]')
    .click()
    .catch(() => {});
  await until('she has left', () => !still.page.url().startsWith(stories.forum.address));
  expect((await lastSession()).endedAt).not.toBeNull();
  expect(await still.context.cookies()).toEqual([]);
  await still.context.close();
});

it('an exit that the network cut off is made good before the next page is shown', async () => {
  await stories.open(phone, '/mi-espacio');
  await phone.context.setOffline(true);
  await exit(phone);
  await until('she has left', () => phone.page.url().startsWith('chrome-error'));
  await phone.context.setOffline(false);
  expect((await lastSession()).endedAt).toBeNull();
  await phone.page.goto(`${stories.forum.address}/mi-espacio`).catch(() => {});
  await until('the session is over', async () => (await lastSession()).endedAt !== null);
});

it('signing out asks about what waits: it is deleted, or sent first', async () => {
  await waitingConcern();
  await phone.page.locator('form[action="/salir"] button').click();
  await phone.page.locator('#salir').waitFor();
  expect(await phone.page.locator('#salir').innerText()).toContain('Tienes 1 planteamiento por enviar.');
  await press('Borrar y salir');
  await phone.page.waitForURL(`${stories.forum.address}/`);
  expect(await kept(phone)).toBe('{}{}');
  expect(await stories.db.select().from(concerns).where(eq(concerns.words, fear))).toEqual([]);
  expect((await lastSession()).endedAt).not.toBeNull();
  await phone.page.unroute('**/api/trpc/**');

  await stories.enters(phone, 'sabina');
  await waitingConcern();
  await phone.page.locator('form[action="/salir"] button').click();
  await phone.page.unroute('**/api/trpc/**');
  await press('Enviar ahora y salir');
  await phone.page.waitForURL(`${stories.forum.address}/`);
  expect(await kept(phone)).toBe('{}{}');
  expect(await stories.db.select().from(concerns).where(eq(concerns.words, fear))).toHaveLength(1);
  expect((await lastSession()).endedAt).not.toBeNull();
});

it('the page where drafts are written live has the same way out', async () => {
  await stories.enters(phone, 'nieves');
  await stories.open(phone, '/planteamientos');
  await stories.open(phone, `/borradores/${stories.world.draft.id}/editar`);
  await exit(phone);
  await until('she has left', () => !phone.page.url().startsWith(stories.forum.address));
  expect((await historyOf(phone)).join()).not.toMatch(/borradores|salir/);
});
