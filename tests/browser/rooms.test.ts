import { eq, max } from 'drizzle-orm';
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { today } from '~/app/_room/frame/day';
import { writeText } from '~/app/_room/frame/text';
import type { KeptRoom } from '~/app/_room/kept';
import { openFrame } from '~/app/_room/protocol/frames';
import { epochKeys } from '~/app/_room/protocol/keys';
import { concerns } from '~/db/schema/concerns';
import { roomFrames } from '~/db/schema/rooms';
import { tokenKeys } from '~/db/schema/tokens';
import { dayAfter, limaDay } from '~/server/day';
import { publishReleases } from '~/server/releases/commands';
import { foundRoom } from '../support/box';
import { Her } from '../support/her';
import { phoneStories } from '../support/phones';
import { type Woman, woman } from '../support/rooms';
import { doorOf, press, says, sitsDown } from '../support/sitting';

// Five women and one who came to listen: found, invite, knock, vouch, confirm, talk; each on a phone of her own.
const stories = phoneStories();

/** Nobody's screen locks while the others are about theirs. */
const awake = (all: readonly Her[]) =>
  Promise.all(all.map(({ frame }) => frame.locator('body').dispatchEvent('pointerdown')));

/** Three phones, eight words, and the room stands. */
async function found(luna: Her, cerro: Her, quena: Her): Promise<void> {
  await luna.press('Fundar una sala');
  await luna.says('Fundar una sala');
  await luna.picture('found');
  await luna.press('Yo empiezo');
  await luna.picture('found-names');
  await luna.press('Seguir');
  await luna.sees('Escribe un nombre.');
  await luna.writes('¿Cómo se llamará la sala?', 'Las del cerro');
  await luna.writes('¿Cómo quieres que te llamen', 'Luna');
  await luna.press('Seguir');
  // What is written with her name on it is written: nothing was asked at the rooms' door yet.
  await luna.says('Listo para fundar');
  await luna.picture('found-ready');
  await luna.press('Empezar');
  await luna.says('Reúnan a las tres');
  const words = await luna.reads();
  await luna.picture('found-wait');
  for (const her of [cerro, quena]) {
    await her.press('Tengo un código de palabras');
    await her.says('Tengo un código de palabras');
    await her.picksCode(words);
    await her.says('Fundar con dos compañeras');
    await her.writes('¿Cómo quieres que te llamen', her.name);
    await her.press('Seguir');
    await her.says('Listo para fundar');
    await her.press('Empezar');
  }
  for (const her of [luna, cerro, quena]) await her.says('¿Las tres ven lo mismo?');
  await luna.picture('found-check');
  const spelled = await Promise.all([luna, cerro, quena].map((her) => her.reads()));
  expect(new Set(spelled.map((one) => one.join(' '))).size).toBe(1);
  expect(spelled[0]).not.toEqual(words);
  // The whole room lies in each keyring by now; when it stands, nothing is written with anybody's name on it.
  const all = [luna, cerro, quena];
  const writes = () =>
    all.map(({ sent }) => sent.filter((one) => one.includes('people.writeKeyring')).length);
  const before = writes();
  expect(before.every((count) => count >= 2)).toBe(true);
  for (const her of all) await her.press('Son las mismas: firmo');
  for (const her of all) await her.says('Las del cerro');
  expect(writes()).toEqual(before);
}

/** One more comes in: eight words from Luna, two who answer for her, Quena confirms, Cerro signs the change of key. */
async function letIn([luna, cerro, quena]: [Her, Her, Her], who: Her, all: readonly Her[]): Promise<void> {
  await awake(all);
  await luna.press('Invitar a una compañera');
  await luna.press('Hacer un código');
  await luna.says('Dile estas palabras');
  const words = await luna.reads();
  await luna.picture('invite');
  await luna.press('Ya se las dije');
  await who.press('Tengo un código de palabras');
  await who.picksCode(words);
  await who.says('Tocar la puerta');
  await who.picture('knock');
  await who.writes('¿Cómo quieres que te llamen', who.name);
  await who.press('Soy mujer y quiero entrar');
  await who.says('Ya tocaste la puerta');
  await who.picture('knock-wait');
  const hers = await who.reads();
  await awake(all);
  for (const [her, last] of [
    [luna, false],
    [cerro, true],
  ] as const) {
    await her.sees(`Toca la puerta: ${who.name}.`);
    await her.picture('room-waits');
    await her.press('Quién toca la puerta');
    await her.says(`${who.name} toca la puerta`);
    // Read aloud: the same words on both phones.
    expect(await her.reads()).toEqual(hers);
    if (last) await her.picture('door');
    await her.press('Son las mismas: respondo por ella');
    await her.sees(`Respondiste por ${who.name}.`);
  }
  await awake(all);
  await quena.sees(`Toca la puerta: ${who.name}.`);
  await quena.press('Quién toca la puerta');
  await quena.press('Confirmar que entra');
  await quena.sees(`Confirmaste a ${who.name}.`);
  await awake(all);
  await cerro.press('Esperan firma');
  await cerro.press('Mirar y firmar');
  await cerro.picture('sign');
  await cerro.press('Firmar');
  await cerro.sees('Listo.');
  await who.press('Ver si ya me abrieron').catch(() => {});
  await who.says('Las del cerro');
}

/** Luna begins a text and Río adds to it, while Sombra reads; what Río takes out again is erased for good. */
async function writeTogether(luna: Her, rio: Her, sombra: Her): Promise<void> {
  const all = [luna, rio, sombra];
  await awake(all);
  await luna.press('Escribir juntas');
  await luna.press('Empezar un texto');
  await luna.frame.locator('#title').fill('Agua limpia');
  await luna.press('Empezar');
  await luna.says('Agua limpia');
  const [text, hers, theirs] = all.map(({ frame }) => frame.locator('#text')) as [Locator, Locator, Locator];
  await text.fill('Pedimos agua limpia. ');
  await luna.sees('Guardado para todas');
  for (const her of [rio, sombra]) {
    await her.press('Escribir juntas');
    await her.press('Agua limpia');
  }
  const reads = (field: Locator, words: string) =>
    expect.poll(() => field.inputValue(), { timeout: 30_000 }).toBe(words);
  for (const field of [hers, theirs]) await reads(field, 'Pedimos agua limpia. ');
  await hers.press('End');
  await hers.pressSequentially('Lo vio mi hermana.');
  for (const field of [text, theirs]) await reads(field, 'Pedimos agua limpia. Lo vio mi hermana.');
  for (let n = 0; n < 'Lo vio mi hermana.'.length; n++) await hers.press('Backspace');
  for (const field of [text, theirs]) await reads(field, 'Pedimos agua limpia. ');
  await luna.frame.locator('summary', { hasText: 'Borrar de verdad' }).press('Enter');
  await luna.press('Borrar de verdad lo quitado');
  // Whichever phone is the second one says so.
  const others = async () => (await rio.body()) + (await sombra.body());
  await expect.poll(others, { timeout: 30_000 }).toContain('Lo quitado ya no existe');
  await awake(all);
  for (const her of all) {
    await her.press('Volver');
    await her.says('Escribir juntas');
    await her.press('Volver');
    await her.says('Las del cerro');
  }
}

/** Everything the forum still holds of her room, opened with the keys of her keyring. */
async function rawWords(her: Her): Promise<string> {
  const [newest] = await stories.db.select({ epoch: max(roomFrames.epoch) }).from(roomFrames);
  // The keyring is written a moment after a change of key.
  const ofHers = async () => ((await her.rooms()) as [KeptRoom])[0].held;
  await expect.poll(async () => (await ofHers()).epoch, { timeout: 30_000 }).toBe(newest!.epoch);
  const held = await ofHers();
  const keys = [...(held.past?.keys ?? []), held].map(({ epoch, key }) => ({
    room: held.room,
    epoch,
    words: epochKeys(held.room, epoch, key).words,
  }));
  const rows = await stories.db.select().from(roomFrames).where(eq(roomFrames.room, held.room));
  expect(rows.length).toBeGreaterThan(0);
  return rows
    .map(({ bytes, epoch }) => {
      const place = keys.find((one) => one.epoch === epoch)!;
      return Buffer.from(openFrame(place, bytes).body).toString('utf8');
    })
    .join('\n');
}

const outside = 'Queremos que el agua se mida cada mes delante de nosotras.';
/** Luna proposes a text for outside, two more agree, Cerro and Quena sign, and Luna’s keyring takes it along. */
async function signText(luna: Her, cerro: Her, quena: Her): Promise<void> {
  await awake([luna, cerro, quena]);
  for (const step of ['Llevar al documento', 'Proponer un texto', 'Un planteamiento']) await luna.press(step);
  await luna.frame.locator('#words').fill(outside);
  for (const [field, value] of Object.entries({ area: 'agua', place: '04', barrier: 'costo' }))
    await luna.frame.locator(`#${field}`).selectOption(value);
  await luna.frame.locator('#name').fill('Las del agua');
  await luna.press('Ver cómo se verá');
  await luna.says('Así se verá afuera');
  await luna.press('Proponerlo a la sala');
  await luna.sees('Quedó propuesto');
  for (const her of [cerro, quena]) {
    await her.sees('Falta que digas si estás de acuerdo');
    await her.press('Llevar al documento');
    await her.press('Queremos que el agua');
    await her.press('Estoy de acuerdo en que salga así');
    await her.sees('Listo: estás de acuerdo');
  }
  await awake([luna, cerro, quena]);
  await quena.press('Firmar como cuidadora');
  await quena.sees('Firmaste');
  await cerro.sees('Firmó una cuidadora');
  await cerro.press('Firmar como segunda cuidadora');
  await cerro.sees('Ahora espera');
  await luna.press('Queremos que el agua');
  await luna.press('Llevarlo yo');
  await luna.sees('Quedó en tu llavero');
  await awake([luna, cerro, quena]);
  for (const her of [luna, cerro, quena]) {
    await her.press('Volver');
    await her.press('Volver');
    await her.says('Las del cerro');
  }
}

/** Two days later it goes out when Luna opens her keyring; in the morning anybody reads it. */
async function comesOut(luna: Her): Promise<string> {
  // The day's key it was signed with is two days older, for everybody.
  const day = dayAfter(limaDay(new Date()), -2);
  await stories.db.update(tokenKeys).set({ day }).where(eq(tokenKeys.purpose, 'release'));
  await luna.press('Volver a Mi espacio');
  await luna.press('Cerrar ahora');
  await luna.phone.page.clock.setFixedTime(Date.now() + 2 * 86_400_000);
  await luna.unlocks();
  await luna.sees('El texto salió');
  expect(await publishReleases(stories.db, dayAfter(limaDay(new Date()), 1))).toBe(1);
  const [row] = await stories.db.select().from(concerns).where(eq(concerns.words, outside));
  expect(row!.personId).toBeNull();
  return (await fetch(`${stories.forum.address}/planteamientos/${row!.id}`)).text();
}

describe('five women and one who came to listen', () => {
  it('found, invite, knock, answer, confirm and talk; nothing of it is anywhere but on their screens', async () => {
    const luna = await Her.atHome(stories, 'sabina', 'Luna');
    const cerro = await Her.atHome(stories, 'elvira', 'Cerro');
    const quena = await Her.atHome(stories, 'nieves', 'Quena');
    await found(luna, cerro, quena);
    await luna.tells('La primera palabra es nuestra');
    await cerro.hears('La primera palabra es nuestra');
    // By key she is still where she was.
    await luna.frame.locator('#screen:not([inert]) button:focus', { hasText: 'Decirlo' }).waitFor();
    await luna.picture('room');

    const all = [luna, cerro, quena];
    for (const [person, name] of [
      ['ysabel', 'Río'],
      ['tomasa', 'Tuna'],
      ['delia', 'Sombra'],
    ] as const) {
      const who = await Her.atHome(stories, person, name);
      await letIn([luna, cerro, quena], who, all);
      all.push(who);
      await awake(all);
    }
    const [, , , rio, , sombra] = all as [Her, Her, Her, Her, Her, Her];
    // She sees from her joining on.
    expect(await sombra.body()).not.toContain('La primera palabra es nuestra');
    await rio.tells('Nos vemos en la bocamina');
    for (const her of [luna, sombra]) await her.hears('Nos vemos en la bocamina');
    await rio.picture('talk');

    // Erased is gone for all, on their screens and at the forum.
    await awake(all);
    await rio.press('Borrar');
    await rio.press('Sí, borrarlo');
    await rio.sees('Se borró.');
    for (const her of [luna, sombra])
      await her.frame
        .locator('.talk')
        .filter({ hasText: 'Nos vemos en la bocamina' })
        .waitFor({ state: 'detached' });

    await writeTogether(luna, rio, sombra);
    await signText(luna, cerro, quena);

    // Another day, the same keyring: the room is there, and what was said before the others came.
    await awake(all);
    await quena.press('Volver a Mi espacio');
    await quena.press('Cerrar ahora');
    await quena.unlocks();
    await quena.picture('home');
    await quena.press('Las del cerro');
    await quena.hears('La primera palabra es nuestra');

    // Whoever looks at something else comes back to a closed keyring: the room goes from the screen before anything is asked.
    await awake(all);
    const left = await rio.frame.locator('h2').evaluate(({ ownerDocument }) => {
      Object.defineProperty(ownerDocument, 'visibilityState', { value: 'hidden', configurable: true });
      ownerDocument.dispatchEvent(new Event('visibilitychange'));
      return ownerDocument.body.innerText;
    });
    expect(left).not.toMatch(/Las del cerro|primera palabra|Río|Luna/);
    await rio.says('Tu llavero está cerrado');

    // Sombra is taken out by two: her open screen says so, and hears nothing any more.
    await awake(all);
    await luna.press('Quiénes somos');
    const card = luna.frame.locator('li.card', { hasText: 'Sombra' });
    await card.locator('summary').press('Enter');
    await card.getByRole('button', { name: 'Proponer que salga' }).press('Enter');
    await luna.press('Proponer que salga');
    await luna.sees('Propuesto');
    await cerro.sees('Luna propone');
    await cerro.press('Esperan firma');
    await cerro.press('Mirar y firmar');
    const signedAt = Date.now();
    await cerro.press('Firmar');
    await cerro.sees('Listo.');
    await sombra.sees('Esta puerta ya no abre para ti.');
    console.info(`signed → Sombra’s open tab closed: ${sombra.closedAt - signedAt} ms`);
    await sombra.picture('closed');
    await awake(all);
    await luna.tells('Ahora sí estamos solas');
    await quena.hears('Ahora sí estamos solas');
    expect(await sombra.body()).not.toContain('Ahora sí estamos solas');
    expect(sombra.closedAt).toBeGreaterThan(signedAt);
    expect(sombra.heardAt.filter((at) => at > sombra.closedAt)).toEqual([]);

    // Opened with every key the room has had, what the forum holds of it says what stands, and nothing that was erased.
    const raw = await rawWords(luna);
    expect(raw).toContain('Pedimos agua limpia');
    expect(raw).toContain('Ahora sí estamos solas');
    expect(raw).not.toMatch(/hermana|bocamina/);

    const page = await comesOut(luna);
    expect(page).toContain(outside);
    expect(page).not.toMatch(/Luna|Cerro|Quena|Río|Las del cerro/);

    // The quick exit takes the open room with it, and «Atrás» brings nothing of it back.
    const { page: screen } = quena.phone;
    await screen.route(/salir|google|clima/, (route) => route.fulfill({ body: 'tiempo' }));
    await screen.click('a[data-exit]');
    await screen.waitForURL((url) => !url.pathname.startsWith('/mi-espacio'));
    await screen.goBack().catch(() => {});
    expect(await screen.locator('#clave iframe').count()).toBe(0);

    // Nothing that was said or named is in what any phone sent, in an address, a title, a store or the log.
    const secret = ['Luna', 'Cerro', 'Sombra', 'Las del cerro', 'bocamina', 'La primera palabra'];
    for (const her of all.filter((one) => one !== quena)) {
      // In what is sealed, and twenty thousand letters long, any four letters stand sooner or later by chance.
      const told = her.sent.join('\n').replace(/[\w-]{400,}/g, '');
      expect(secret.filter((word) => told.includes(word))).toEqual([]);
      expect([her.phone.page.url(), await her.phone.page.title()]).toEqual([
        `${stories.forum.address}/mi-espacio`,
        await luna.phone.page.title(),
      ]);
    }
    expect(secret.filter((word) => stories.forum.log().includes(word))).toEqual([]);
  }, 600_000);
});

describe('without signal', () => {
  it('what she typed stays, she is told that nobody knows, and the talk comes back by itself', async () => {
    const women = ['Luna', 'Cerro', 'Quena'].map(woman) as [Woman, Woman, Woman];
    const { sessions } = await foundRoom(doorOf(stories), women);
    const { phone, frame } = await sitsDown(stories, 'gloria', sessions[0], 'Costura');
    await says(frame, 'h2', 'Costura');
    await sessions[1].say('words', new Uint8Array([1, ...writeText(today(), 'con señal')]));
    await says(frame, '.words-said', 'con señal');
    await phone.context.setOffline(true);
    await frame.getByLabel('Di algo a la sala').fill('dicho sin señal');
    await press(frame, 'Decirlo');
    await says(frame, '.wrong', 'No hay señal. No sabemos si llegó');
    expect(await frame.getByLabel('Di algo a la sala').inputValue()).toBe('dicho sin señal');
    await says(frame, '.note', 'No hay señal. Sigues viendo lo que ya llegó');
    await phone.context.setOffline(false);
    await sessions[1].say('words', new Uint8Array([1, ...writeText(today(), 'volvió')]));
    await says(frame, '.words-said', 'volvió');
    await press(frame, 'Decirlo');
    await says(frame, '.mine .words-said', 'dicho sin señal');
    expect(await frame.locator('.mine .words-said').count()).toBe(1);
  }, 120_000);
});

describe('the rooms’ script', () => {
  it('comes when a room is asked for, and lies in no store of the browser', async () => {
    const her = await Her.atHome(stories, 'emilia', 'Nube');
    const before = her.sent.length;
    await her.press('Fundar una sala');
    await her.says('Fundar una sala');
    const asked = her.sent.slice(before).map((one) => new URL(one.split(' ')[0]!).pathname);
    const scripts = asked.filter((path) => /^\/clave\.\w+\.js$/.test(path));
    expect(scripts).toHaveLength(1);
    const answer = await fetch(stories.forum.address + scripts[0]);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  }, 60_000);
});
