import { readFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import { asc, eq } from 'drizzle-orm';
import { beforeAll, expect, it, vi } from 'vitest';
import { ballotQuestions, papers } from '~/db/schema/ballots';
import { openMark, paperHandle } from '~/server/ballots/commands/box';
import { readKey } from '~/server/ballots/commands/key';
import { openedBallot } from '../support/ballots';
import { type Name, type Phone, phoneStories } from '../support/phones';
import { saidAfter, withVoice } from '../support/spoken';

vi.setConfig({ testTimeout: 90_000 });
const stories = phoneStories();
let ballot: Awaited<ReturnType<typeof openedBallot>>;
beforeAll(async () => {
  ballot = await openedBallot(stories.db, { title: 'Votación de prueba' });
}, 60_000);

/** A phone with a voice, on which she has opened the ballot. */
async function phoneOf(name: Name, local = true): Promise<Phone> {
  const phone = await stories.phone();
  await withVoice(phone.page, local);
  await stories.enters(phone, name);
  await stories.open(phone, `/votaciones/${ballot.id}`);
  return phone;
}
const cover = ({ page }: Phone) => page.getByRole('button', { name: 'Votar por oído' });
/** The same key again only after the pause in which it would be a slip of the finger. */
const rest = ({ page }: Phone) => page.waitForTimeout(600);
async function key(phone: Phone, digit: 1 | 2 | 3 | 4, last: RegExp): Promise<string[]> {
  await rest(phone);
  return saidAfter(phone.page, () => phone.page.keyboard.press(String(digit)), last);
}
const asked = /^Toca dos si dices sí/;
const chosen = /^Si está bien, toca cuatro/;
const send = /^¿Envías tu voto así\?/;

/** What lies in the box for somebody, question by question: opened with the ballot's key, as nobody could. */
async function inTheBox(name: Name): Promise<(string | null)[]> {
  const questions = await stories.db
    .select()
    .from(ballotQuestions)
    .where(eq(ballotQuestions.ballotId, ballot.id))
    .orderBy(asc(ballotQuestions.position));
  const sealed = await stories.db.select().from(papers).where(eq(papers.ballotId, ballot.id));
  const boxKey = readKey(ballot.id)!;
  const personId = stories.world.people[name].id;
  return questions.map(({ id: questionId }) => {
    const handle = paperHandle(boxKey, { ballotId: ballot.id, personId, questionId, dimension: 'overall' });
    const own = sealed.find((one) => handle.equals(one.handle ?? Buffer.alloc(0)));
    return own ? (openMark(boxKey, handle, own.sealed!)?.choice ?? null) : null;
  });
}

it('Doña Nieves, who does not read, votes by ear with the screen covered', async () => {
  const phone = await phoneOf('nieves');
  const { page } = phone;
  const entries = await page.evaluate(() => history.length);

  const intro = await saidAfter(page, () => cover(phone).click(), /cuatro teclas/);
  expect(intro.join(' ')).toContain('Ponte audífonos');
  // (The first digit shows where the keyboard stands; from then on nothing moves.)
  const first = await key(phone, 4, asked);
  const covered = await page.screenshot();
  /** Whatever she pressed, the screen is the same picture, and neither page nor storage holds a word of it. */
  const unseen = async () => {
    expect(covered.equals(await page.screenshot())).toBe(true);
    const words = (await page.locator('body').innerText()).split(/\s*\n\s*/).filter(Boolean);
    expect(words).toEqual(['Salir', 'Quitar la tapa sin votar', '1', '2', '3', '4']);
    const all = await page.evaluate(() => document.documentElement.textContent);
    expect(all).not.toMatch(/Elegiste|Artículo|Reconocimiento|Agua segura|Pregunta/);
    const kept = await page.evaluate(() =>
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state]),
    );
    expect(kept).not.toMatch(/abst|sheet|choice|sealed|papeleta/i);
    expect(await page.evaluate(() => history.length)).toBe(entries);
  };

  expect(first).toContain('Reconocimiento');
  expect(first).toContain('El pallaqueo y el trabajo de las palliris son oficios mineros.');
  // A thumb that lands elsewhere: no, and then yes.
  await key(phone, 3, chosen);
  await unseen();
  expect((await key(phone, 2, chosen)).slice(0, 2)).toEqual(['Elegiste:', 'Sí']);
  await unseen();
  await key(phone, 4, asked);
  await key(phone, 3, chosen);
  await key(phone, 4, asked);
  expect((await key(phone, 4, chosen))[1]).toBe('Me abstengo');
  await key(phone, 4, asked);
  await key(phone, 2, chosen);
  const review = await key(phone, 4, send);
  expect(
    review.filter((line) => /: (Sí|No|Abstención)\.$/.test(line)).map((line) => line.split(': ').at(-1)),
  ).toEqual(['Sí.', 'No.', 'Abstención.', 'Sí.']);
  await unseen();

  // She changes the second one: through the questions once more, each with what she had said.
  expect(await key(phone, 3, chosen)).toContain('Reconocimiento');
  expect((await key(phone, 4, chosen)).slice(-3, -1)).toEqual(['Elegiste:', 'No']);
  await key(phone, 1, asked);
  await key(phone, 2, chosen);
  await key(phone, 4, chosen);
  await key(phone, 4, chosen);
  await key(phone, 4, send);
  expect(await inTheBox('nieves')).toEqual([null, null, null, null]);

  // Twice at once is once: a finger that trembles sends nothing.
  await rest(phone);
  await saidAfter(
    page,
    () => page.keyboard.press('2').then(() => page.keyboard.press('4')),
    /^Dijiste que sí/,
  );
  await unseen();
  expect(await inTheBox('nieves')).toEqual([null, null, null, null]);
  const receipt = await key(phone, 4, /^[a-z]+( [a-z]+){4}$/);
  expect(receipt.join(' ')).not.toMatch(/Elegiste|Abst/);
  expect(await inTheBox('nieves')).toEqual(['si', 'si', 'abstencion', 'si']);

  // The cover is gone, and what stands there is the receipt.
  expect(await page.locator('#tapa').count()).toBe(0);
  expect(await page.locator('main').innerText()).toContain('Tu comprobante');
  expect(await page.locator('main [role=status]').count()).toBe(0);
  expect((await phone.context.cookies()).map(({ name }) => name)).not.toContain('papeleta');
  expect(await page.evaluate(() => history.length)).toBe(entries);
  await page.goBack({ timeout: 5000 }).catch(() => {});
  await page.goForward({ timeout: 5000 }).catch(() => {});
  expect(await page.locator('body').innerText()).not.toMatch(/Revisa tu voto|Elegiste/);
  await phone.context.close();
});

it('whoever takes the cover away finds nothing, and nothing was sent', async () => {
  const phone = await phoneOf('rufino');
  const { page } = phone;
  await saidAfter(page, () => cover(phone).click(), /cuatro teclas/);
  await key(phone, 4, asked);
  await key(phone, 3, chosen);
  await page.getByRole('button', { name: 'Quitar la tapa sin votar' }).click();
  await page.getByRole('button', { name: 'Empezar a votar' }).waitFor();
  expect(await page.locator('main').innerText()).not.toMatch(/Elegiste|Seguir/);
  expect(await page.getByRole('radio').count()).toBe(0);
  expect(await inTheBox('rufino')).toEqual([null, null, null, null]);
  await phone.context.close();
});

it('without signal it says so and keeps what she chose; the same key goes on when there is one', async () => {
  const phone = await phoneOf('rufino');
  const { page, context } = phone;
  await saidAfter(page, () => cover(phone).click(), /cuatro teclas/);
  await key(phone, 4, asked);
  await key(phone, 3, chosen);
  await context.setOffline(true);
  expect((await key(phone, 4, /El foro no responde/)).length).toBe(1);
  await context.setOffline(false);
  expect(await key(phone, 4, asked)).toContain('Acceso al desmonte');
  await context.close();
});

it('the keys have names for a screen reader, and nothing is announced beside the voice', async () => {
  const phone = await phoneOf('rufino');
  const { page } = phone;
  await saidAfter(page, () => cover(phone).click(), /cuatro teclas/);
  const names = await page.locator('#tapa div button').evaluateAll((all) => all.map((one) => one.ariaLabel));
  expect(names).toEqual(['1. Oír otra vez', '2. Sí', '3. No', '4. Me abstengo, o seguir']);
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
    '1. Oír otra vez',
  );
  expect(await page.locator('#tapa [aria-live], #tapa [role=status]').count()).toBe(0);
  const corners = await page
    .locator('#tapa div button')
    .evaluateAll((all) =>
      all.map((one) => one.getBoundingClientRect()).map(({ x, y }) => [x > 150, y > 250]),
    );
  expect(corners).toEqual([
    [false, false],
    [false, true],
    [true, true],
    [true, false],
  ]);
  // By finger and by Enter it is the same.
  await rest(phone);
  await saidAfter(page, () => page.locator('#tapa div button').nth(3).click(), asked);
  await rest(phone);
  await saidAfter(page, () => page.locator('#tapa div button').nth(1).press('Enter'), chosen);
  await phone.context.close();
});

it('a voice from elsewhere is none: what it reads would leave the phone', async () => {
  const phone = await phoneOf('rufino', false);
  expect(await phone.page.locator('#oido').count()).toBe(1);
  expect(await phone.page.locator('#oido').isVisible()).toBe(false);
  await phone.context.close();
});

it('its script keeps to what a light page may carry', async () => {
  const html = await (await fetch(`${stories.forum.address}/votaciones/${ballot.id}`)).text();
  const path = /src="(\/light\.\w+\.js)"/.exec(html)![1]!;
  expect(brotliCompressSync(readFileSync(`public${path}`)).length).toBeLessThan(8_000);
});
