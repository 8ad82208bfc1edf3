import { eq } from 'drizzle-orm';
import type { Route } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { today } from '~/app/_room/frame/day';
import { writeText } from '~/app/_room/frame/text';
import { roomFrames } from '~/db/schema/rooms';
import { readAsk, writeDone } from '~/server/rooms/rules/wire';
import { foundRoom } from '../support/box';
import { type Phone, phoneStories } from '../support/phones';
import { type Woman, woman } from '../support/rooms';
import { doorOf, press, says, sitsDown } from '../support/sitting';

// What a woman said is erased while her keyring is open, whatever is on its screen; and what she has heard is not read twice.
const stories = phoneStories();
const threeIn = () =>
  foundRoom(doorOf(stories), ['Luna', 'Cerro', 'Quena'].map(woman) as [Woman, Woman, Woman]);
const said = (text: string) => new Uint8Array([1, ...writeText(today(), text)]);

/** A phone of which every pause of chance is the shortest there is. */
async function aHastyPhone(): Promise<Phone> {
  const phone = await stories.phone();
  await phone.context.addInitScript(() => {
    Math.random = () => 0;
  });
  return phone;
}
const opOf = (route: Route) => readAsk(new Uint8Array(route.request().postDataBuffer()!)).op;

describe('Luna leaves, and what she said is to go', () => {
  it('a forum that does not do it is not believed; on another day it goes on from her keyring alone, and then it is said', async () => {
    const { room, sessions } = await threeIn();
    const [hers, cerro] = sessions;
    for (const text of ['uno', 'dos', 'tres']) await hers.say('words', said(text));
    await cerro.say('words', said('lo mío se queda'));
    await hers.catchUp();
    const phone = await aHastyPhone();
    const luna = await sitsDown(
      { ...stories, phone: async () => phone, forum: stories.forum },
      'sabina',
      hers,
      'Costura',
    );
    const frames = async () =>
      (await stories.db.select().from(roomFrames).where(eq(roomFrames.room, room))).length;
    await says(luna.frame, '.words-said', 'tres');
    await phone.page.route('**/api/box', (route) =>
      opOf(route) === 'erase'
        ? route.fulfill({ headers: { 'access-control-allow-origin': '*' }, body: Buffer.from(writeDone(0)) })
        : route.continue(),
    );
    await luna.frame.locator('summary', { hasText: 'Más cosas de la sala' }).press('Enter');
    await press(luna.frame, 'Dejar la sala');
    await luna.frame.locator('input[type=checkbox]').check();
    await press(luna.frame, 'Sí, dejar la sala');
    await says(luna.frame, '.note', 'Saliste');
    await says(luna.frame, '.note', 'Todavía no se borró todo lo que pediste');
    await says(luna.frame, '.note', 'Faltan 3');
    // That she went is one frame more; nothing is less.
    expect(await frames()).toBe(6);

    await phone.page.unroute('**/api/box');
    const asked: string[] = [];
    phone.context.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await luna.opens();
    await says(luna.frame, '.note', 'Se sigue borrando lo que pediste borrar');
    expect(await luna.frame.locator('#screen').innerText()).not.toContain('Costura');
    if (process.env.SHOTS)
      await phone.page.screenshot({ path: `${process.env.SHOTS}/erasing-360.png`, fullPage: true });
    await says(luna.frame, '.note', 'Se borró del foro todo lo que pediste borrar');
    if (process.env.SHOTS)
      await phone.page.screenshot({ path: `${process.env.SHOTS}/erased-360.png`, fullPage: true });
    expect(await frames()).toBe(3);
    // No room's script was needed for it.
    expect(asked.filter((path) => /^\/clave\.\w+\.js$/.test(path))).toHaveLength(1);
    // Said once: the next time there is nothing to say.
    await luna.opens();
    expect(await luna.frame.locator('.note').count()).toBe(0);
  }, 240_000);
});

describe('Cerro goes out of the room and in again', () => {
  it('what she has heard is there, and only what is new is asked for; after a lock it is read anew', async () => {
    const { sessions } = await threeIn();
    const [luna, hers] = sessions;
    for (const text of ['uno', 'dos']) await luna.say('words', said(text));
    const cerro = await sitsDown(stories, 'elvira', hers, 'Huerta');
    await says(cerro.frame, '.words-said', 'dos');
    const from: number[] = [];
    cerro.phone.context.on('request', (request) => {
      if (!request.url().endsWith('/api/box')) return;
      const ask = readAsk(new Uint8Array(request.postDataBuffer()!));
      if (ask.op === 'read') from.push(ask.after);
    });
    await press(cerro.frame, 'Volver a Mi espacio');
    await says(cerro.frame, 'h2', 'Tu llavero está abierto');
    await luna.say('words', said('lo nuevo'));
    await press(cerro.frame, 'Huerta');
    await says(cerro.frame, '.words-said', 'lo nuevo');
    await says(cerro.frame, '.words-said', 'uno');
    expect(from.length).toBeGreaterThan(0);
    expect(from.every((after) => after >= 3)).toBe(true);

    // Locked, nothing of it is left: opened again, it is read from the beginning.
    from.length = 0;
    await press(cerro.frame, 'Volver a Mi espacio');
    await press(cerro.frame, 'Cerrar ahora');
    await cerro.opens();
    await press(cerro.frame, 'Huerta');
    await says(cerro.frame, '.words-said', 'lo nuevo');
    expect(from[0]).toBe(0);
  }, 120_000);
});
