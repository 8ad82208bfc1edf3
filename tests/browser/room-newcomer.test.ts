import { describe, expect, it } from 'vitest';
import { comeIn } from '~/app/_room/joining';
import { readAsk } from '~/server/rooms/rules/wire';
import { changedFor, foundRoom } from '../support/box';
import { phoneStories } from '../support/phones';
import { type Woman, woman } from '../support/rooms';
import { doorOf, press, says, sitsDown } from '../support/sitting';

// The key has been changed for a newcomer, and the line is lost before anybody has told her.
const stories = phoneStories();

describe('Río is let in by a change of key, and Luna’s is the only open phone', () => {
  it('her line is lost in that moment; on another day she opens the room, and Río comes in', async () => {
    const ask = doorOf(stories);
    const women = ['Luna', 'Cerro', 'Quena'].map(woman) as [Woman, Woman, Woman];
    const { room, sessions } = await foundRoom(ask, women);
    const luna = await sitsDown(stories, 'sabina', sessions[0], 'Costura');
    const lost: string[] = [];
    const written: string[] = [];
    luna.phone.context.on('request', (request) => {
      if (request.url().endsWith('people.writeKeyring')) written.push(request.url());
    });
    await luna.page.route('**/api/box', (route) => {
      const { op } = readAsk(new Uint8Array(route.request().postDataBuffer()!));
      if (op !== 'answer') return route.continue();
      lost.push(op);
      return route.abort();
    });
    const rio = woman('Río');
    const told = await changedFor(ask, room, [...sessions], rio);
    const comes = () => comeIn({ ...told, room, name: 'Río', mine: rio.keys }, ask);
    // She has heard of the change, has tried, and has written down what she weighed.
    await expect.poll(() => lost.length, { timeout: 30_000 }).toBeGreaterThan(0);
    await press(luna.frame, 'Volver a Mi espacio');
    await says(luna.frame, 'h2', 'Tu llavero está abierto');
    expect(written.length).toBeGreaterThan(0);
    expect(await comes()).toBeNull();

    await luna.opens();
    await luna.page.unroute('**/api/box');
    await press(luna.frame, 'Costura');
    await says(luna.frame, 'h2', 'Costura');
    await expect.poll(async () => (await comes()) !== null, { timeout: 30_000 }).toBe(true);
    // Nobody is owed anything any more: the room is opened once more, and nothing is brought to any door.
    await press(luna.frame, 'Volver a Mi espacio');
    await says(luna.frame, 'h2', 'Tu llavero está abierto');
    const brought: string[] = [];
    luna.phone.context.on('request', (request) => {
      if (!request.url().endsWith('/api/box')) return;
      brought.push(readAsk(new Uint8Array(request.postDataBuffer()!)).op);
    });
    await luna.opens();
    await press(luna.frame, 'Costura');
    await says(luna.frame, 'h2', 'Costura');
    await expect.poll(() => brought.includes('read'), { timeout: 30_000 }).toBe(true);
    expect(brought).not.toContain('answer');
  }, 240_000);
});
