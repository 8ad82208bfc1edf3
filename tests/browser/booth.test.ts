import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { ballots } from '~/db/schema/ballots';
import { issueCard } from '~/server/people/commands';
import { openedBallot } from '../support/ballots';
import { openedBooth } from '../support/booths';
import { type Name, type Phone, phoneStories } from '../support/phones';
import { saidAfter, withVoice } from '../support/spoken';

vi.setConfig({ testTimeout: 120_000 });
const stories = phoneStories();
let ballot: Awaited<ReturnType<typeof openedBallot>>;
beforeAll(async () => {
  ballot = await openedBallot(stories.db, { title: 'Votación de prueba' });
}, 60_000);

const id = (name: Name) => stories.world.people[name].id;
const cardOf = async (name: Name) =>
  (await stories.db.transaction((tx) => issueCard(tx, id(name), null))).code;
const text = ({ page }: Phone) => page.locator('body').innerText();
const press = ({ page }: Phone, name: string | RegExp) =>
  page.getByRole('button', { name }).or(page.getByRole('link', { name })).first().click();
const shows = ({ page }: Phone, words: string) => page.getByText(words).first().waitFor();

/** Gloria opens a booth, Elvira and Tomasa stand by, and a tablet is given its code. */
async function booth({ voice = true, javaScriptEnabled = true, of = ballot.id } = {}) {
  const opened = await openedBooth(stories.db, of, id('gloria'), [id('elvira'), id('tomasa')]);
  const tablet = await stories.phone({ javaScriptEnabled });
  if (voice && javaScriptEnabled) await withVoice(tablet.page);
  await tablet.page.setViewportSize({ width: 1280, height: 800 });
  await stories.open(tablet, '/caseta');
  await tablet.page.fill('[name=code]', opened.code);
  await press(tablet, 'Poner esta tableta como caseta');
  await shows(tablet, 'La caseta está libre');
  const end = async () => {
    await (await stories.world.as('gloria')).booths.close({ id: opened.id });
    await tablet.context.close();
  };
  return { ...opened, tablet, end };
}
/** She goes in with her card. */
async function goesIn(tablet: Phone, name: Name): Promise<void> {
  await tablet.page.fill('[name=code] >> nth=0', await cardOf(name));
  await press(tablet, 'Empezar');
  await shows(tablet, '¿Cómo quieres votar?');
}
async function answers(tablet: Phone, choice: RegExp): Promise<void> {
  for (let i = 1; i <= 4; i++) {
    await shows(tablet, `Pregunta ${i} de 4`);
    await tablet.page.getByRole('radio', { name: choice }).check();
    await press(tablet, 'Seguir');
  }
  await shows(tablet, 'Revisa tu voto');
}

/** What the next one could find: on the screen, behind it, and in everything that the tablet keeps. */
async function traces(tablet: Phone) {
  const { page, context } = tablet;
  const kept = await page.evaluate(async () => ({
    local: { ...localStorage },
    session: { ...sessionStorage },
    state: history.state,
    caches: await caches.keys(),
    bases: (await indexedDB.databases()).map(({ name }) => name),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    fields: [...document.querySelectorAll('input')]
      .filter(({ type }) => type !== 'hidden')
      .map(({ value }) => value)
      .join(''),
  }));
  const names = (await context.cookies()).map(({ name }) => name).sort();
  return { kept, names, words: await text(tablet) };
}
const nothing = {
  local: {},
  session: {},
  state: null,
  caches: [],
  bases: [],
  workers: 0,
  fields: '',
};
/** Nobody is at the tablet: it is a booth, and that is all. */
async function isFree(tablet: Phone, ...names: string[]): Promise<void> {
  await shows(tablet, 'La caseta está libre');
  const found = await traces(tablet);
  expect(found.kept).toEqual(nothing);
  expect(found.names).toEqual(['caseta']);
  expect(found.words).not.toMatch(/Abstención|Revisa|comprobante|Pregunta \d/);
  for (const name of names) expect(found.words).not.toContain(name);
}
/** The next one tries what anybody would: Back, Forward, and the page again. */
async function looksBack(tablet: Phone): Promise<void> {
  const { page } = tablet;
  for (let i = 0; i < 4; i++) {
    await page.goBack({ timeout: 4000 }).catch(() => {});
    expect(await text(tablet)).not.toMatch(/Revisa tu voto|Tu comprobante|Pregunta \d de|Elegiste/);
  }
  for (let i = 0; i < 4; i++) await page.goForward({ timeout: 4000 }).catch(() => {});
  await page.goto(`${stories.forum.address}/caseta`);
  await page.reload();
}

it('a booth serves three people, and nothing of one is found by the next', async () => {
  const { tablet, end } = await booth();
  const { page } = tablet;
  const entries = await page.evaluate(() => history.length);
  const receipts: string[] = [];

  // Rufino, alone, reading the screen.
  await goesIn(tablet, 'rufino');
  await press(tablet, 'A solas, leyendo la pantalla');
  await answers(tablet, /^Sí/);
  await press(tablet, 'Enviar mi voto');
  await shows(tablet, 'Tu comprobante');
  receipts.push((await page.locator('[data-said]').innerText()).trim());
  expect(receipts[0]!.split(' ')).toHaveLength(5);
  expect((await tablet.context.cookies()).map(({ name }) => name)).toEqual(['caseta']);
  await press(tablet, 'Terminar y borrar');
  await isFree(tablet, 'Rufino', receipts[0]!);
  expect(await page.evaluate(() => history.length)).toBe(entries);
  await looksBack(tablet);
  await isFree(tablet, 'Rufino', receipts[0]!);

  // Doña Nieves, by ear; the same four keys as on a phone.
  await goesIn(tablet, 'nieves');
  const key = async (digit: string, last: RegExp) => {
    await page.waitForTimeout(600);
    return saidAfter(page, () => page.keyboard.press(digit), last);
  };
  await saidAfter(page, () => press(tablet, 'Votar por oído'), /cuatro teclas/);
  for (let i = 0; i < 4; i++) {
    await key('4', /^Toca dos si dices sí/);
    await key('3', /^Si está bien/);
  }
  expect((await key('4', /^¿Envías/)).filter((line) => line.endsWith(': No.'))).toHaveLength(4);
  await key('2', /^Dijiste que sí/);
  const told = await key('4', /^[a-z]+( [a-z]+){4}$/);
  receipts.push(told.find((line) => /^[a-z]+( [a-z]+){4}$/.test(line))!);
  await press(tablet, 'Terminar y borrar');
  await isFree(tablet, 'Nieves', receipts[1]!);
  await looksBack(tablet);
  await isFree(tablet, 'Nieves', receipts[1]!);

  // The third one comes back: with somebody who helps him. His last vote is the one that counts.
  await goesIn(tablet, 'rufino');
  await press(tablet, 'Con alguien que me ayuda');
  await shows(tablet, 'Tú eliges quién te ayuda');
  await press(tablet, 'Mejor a solas');
  await shows(tablet, '¿Cómo quieres votar?');
  await press(tablet, 'Con alguien que me ayuda');
  await shows(tablet, 'Tú eliges quién te ayuda');
  await press(tablet, 'Empezar a votar');
  await answers(tablet, /^Abstención/);
  await press(tablet, 'Enviar mi voto');
  await shows(tablet, 'Tu comprobante');
  receipts.push((await page.locator('[data-said]').innerText()).trim());
  expect(new Set(receipts).size).toBe(3);
  await press(tablet, 'Terminar y borrar');
  await isFree(tablet, ...receipts);
  await end();
});

it('who walks away is forgotten after a minute, and is told before', async () => {
  const { tablet, end } = await booth({ voice: false });
  const { page } = tablet;
  await page.clock.install();
  await page.reload();
  await goesIn(tablet, 'rufino');
  await press(tablet, 'A solas, leyendo la pantalla');
  await shows(tablet, 'Pregunta 1 de 4');
  await page.getByRole('radio', { name: /^No\b/ }).check();
  await page.clock.runFor(50_000);
  await shows(tablet, '¿Sigues ahí?');
  // A touch, and she has her minute again.
  await page.locator('h1').click();
  expect(await text(tablet)).not.toContain('¿Sigues ahí?');
  await page.clock.runFor(50_000);
  expect(await text(tablet)).toContain('Pregunta 1 de 4');
  await page.clock.runFor(15_000);
  await isFree(tablet, 'Rufino');
  // A code that somebody left typed in the field goes as well.
  await page.fill('[name=code] >> nth=0', 'ABCD-EFGH');
  await page.clock.runFor(65_000);
  await isFree(tablet);
  await end();
});

it('a turn that ends without a network is over all the same: who comes next is nobody', async () => {
  const { tablet, end } = await booth({ voice: false });
  const { page, context } = tablet;
  await goesIn(tablet, 'rufino');
  await press(tablet, 'A solas, leyendo la pantalla');
  await shows(tablet, 'Pregunta 1 de 4');
  await context.setOffline(true);
  await page.locator('a.exit').click();
  await context.setOffline(false);
  await page.goto(`${stories.forum.address}/caseta`);
  await shows(tablet, 'La caseta está libre');
  expect(await text(tablet)).not.toMatch(/Cómo quieres votar|Rufino/);
  await goesIn(tablet, 'nieves');
  await end();
});

it('who is closed out in the middle of a turn finds a tablet that is no booth', async () => {
  const { tablet, id: boothId } = await booth();
  await goesIn(tablet, 'nieves');
  await press(tablet, 'A solas, leyendo la pantalla');
  await shows(tablet, 'Pregunta 1 de 4');
  await (await stories.world.as('elvira')).booths.close({ id: boothId });
  await tablet.page.getByRole('radio', { name: /^Sí/ }).check();
  await press(tablet, 'Seguir');
  await shows(tablet, 'Tableta de la asamblea');
  expect(await text(tablet)).not.toMatch(/Pregunta \d/);
  await tablet.context.close();
});

it('who is named and is not there hears of it, says so from where she is, and the tablet takes nobody more', async () => {
  const { tablet } = await booth({ voice: false });
  const far = await stories.phone({ javaScriptEnabled: false });
  await stories.enters(far, 'elvira');
  await stories.open(far, '/avisos');
  await far.page
    .getByRole('link', { name: /Te nombraron para acompañar una caseta/ })
    .first()
    .click();
  await shows(far, 'Votación de prueba');
  expect(await text(far)).toMatch(/La abrió Gloria/);
  await press(far, 'No estoy ahí');
  await shows(far, 'Anotado. La caseta está cerrada.');
  expect(await text(far)).toMatch(/Elvira[^\n]*Dijo que no está ahí/);
  await tablet.page.fill('[name=code] >> nth=0', await cardOf('nieves'));
  await press(tablet, 'Empezar');
  await shows(tablet, 'Tableta de la asamblea');
  await far.context.close();
  await tablet.context.close();
});

it.each([
  ['it came in before', true, 'Tu comprobante'],
  ['it did not', false, 'Tu voto no entró'],
])('a cast pressed again after the close, where %s', async (_name, came, said) => {
  const { id: of } = await openedBallot(stories.db, { title: 'Cierra en medio de un turno' });
  const { tablet, end } = await booth({ voice: false, of });
  await goesIn(tablet, 'rufino');
  await press(tablet, 'A solas, leyendo la pantalla');
  await answers(tablet, /^Sí/);
  // What the forum answers does not reach the tablet, its cookies neither; nor, in the second case, what she sends the forum.
  const { context } = tablet;
  const before = await context.cookies();
  await tablet.page.route('**/caseta', async (route) => {
    if (came) await route.fetch();
    await context.clearCookies();
    await context.addCookies(before);
    await route.abort('connectionreset');
  });
  await press(tablet, 'Enviar mi voto');
  await shows(tablet, 'El foro no responde');
  await tablet.page.unroute('**/caseta');
  await stories.db.update(ballots).set({ state: 'closing' }).where(eq(ballots.id, of));
  await press(tablet, 'Enviar mi voto');
  await shows(tablet, said);
  await press(tablet, came ? 'Terminar y borrar' : 'Borrar y salir');
  await shows(tablet, 'Tableta de la asamblea');
  expect((await tablet.context.cookies()).map(({ name }) => name)).toEqual(['caseta']);
  await end();
});

describe('without scripts', () => {
  it('it is a booth all the same: what «Back» sends again finds nothing', async () => {
    const { tablet, end } = await booth({ javaScriptEnabled: false });
    const { page } = tablet;
    await goesIn(tablet, 'rufino');
    expect(await page.content()).toContain('content="300;url=/caseta/borrar"');
    await press(tablet, 'A solas, leyendo la pantalla');
    await answers(tablet, /^Sí/);
    await press(tablet, 'Enviar mi voto');
    await shows(tablet, 'Tu comprobante');
    await press(tablet, 'Terminar y borrar');
    await shows(tablet, 'La caseta está libre');
    expect((await tablet.context.cookies()).map(({ name }) => name)).toEqual(['caseta']);
    for (let i = 0; i < 5; i++) {
      await page.goBack({ timeout: 4000 }).catch(() => {});
      await page.reload({ timeout: 8000 }).catch(() => {});
      expect(await text(tablet)).not.toMatch(/Revisa tu voto|Tu comprobante|Pregunta \d de/);
    }
    await end();
  });

  it('the tablet signs out who was signed in on it, opens nothing else, and is kept for nobody', async () => {
    const { tablet, end, id: boothId } = await booth({ javaScriptEnabled: false });
    await end();
    const other = await stories.phone({ javaScriptEnabled: false });
    await stories.enters(other, 'gloria');
    const second = await openedBooth(stories.db, ballot.id, id('gloria'), [id('elvira'), id('tomasa')]);
    await stories.open(other, '/caseta');
    await other.page.fill('[name=code]', second.code);
    await press(other, 'Poner esta tableta como caseta');
    await shows(other, 'La caseta está libre');
    expect((await other.context.cookies()).map(({ name }) => name)).toEqual(['caseta']);
    const answer = await other.page.goto(`${stories.forum.address}/caseta`);
    expect(answer!.headers()['cache-control']).toBe('private, no-store');
    expect(await other.page.locator('nav, a[href="/"], a[data-exit]').count()).toBe(0);
    await stories.open(other, '/secretaria');
    expect(await text(other)).not.toContain('Gloria');
    // A stranger's tablet is shown none of it, at the same moment.
    const stranger = await fetch(`${stories.forum.address}/caseta`).then((page) => page.text());
    expect(stranger).toContain('Tableta de la asamblea');
    expect(stranger).not.toContain('Votación de prueba');
    expect(boothId).not.toBe(second.id);
    await (await stories.world.as('gloria')).booths.close({ id: second.id });
    await other.context.close();
    await tablet.context.close();
  });
});

it('a phone that is no booth keeps what waits on it, whoever leads it to the wipe', async () => {
  const phone = await stories.phone();
  await stories.open(phone, '/ayuda');
  await phone.page.evaluate(() => localStorage.setItem('suyo', '1'));
  const answer = await fetch(`${stories.forum.address}/caseta/borrar`, { redirect: 'manual' });
  expect([answer.status, answer.headers.get('clear-site-data'), answer.headers.get('set-cookie')]).toEqual([
    303,
    null,
    null,
  ]);
  await phone.page.goto(`${stories.forum.address}/caseta/borrar`);
  await shows(phone, 'Tableta de la asamblea');
  expect(await phone.page.evaluate(() => localStorage.getItem('suyo'))).toBe('1');
  await phone.context.close();
});
