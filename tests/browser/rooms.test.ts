import type { FrameLocator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { type Phone, phoneStories } from '../support/phones';

// Five women and one who came to listen: found, invite, knock, vouch, confirm, talk; each on a phone of her own.
const stories = phoneStories();
const patience = 20_000;

const frameOf = ({ page }: Phone): FrameLocator => page.frameLocator('#clave iframe');
async function says(frame: FrameLocator, words: string) {
  await frame
    .locator('h2')
    .filter({ hasText: words })
    .waitFor({ timeout: patience })
    .catch(async (error) => {
      throw new Error(`${error.message}\nIt says: ${await frame.locator('body').innerText()}`);
    });
}
const press = (frame: FrameLocator, name: string) => frame.getByRole('button', { name }).press('Enter');

/** Her keyring made and open, in «Mi espacio». */
async function atHome(name: 'sabina' | 'elvira' | 'nieves') {
  const phone = await stories.phone();
  await stories.enters(phone, name);
  await stories.open(phone, '/mi-espacio');
  await phone.page.click('#clave button');
  const frame = frameOf(phone);
  await says(frame, 'Haz tus palabras');
  await press(frame, 'Ver mis palabras');
  const words = await frame.locator('ol.words span').allTextContents();
  await press(frame, 'Ya las tengo');
  for (const word of words)
    await frame
      .locator('button.word')
      .filter({ hasText: new RegExp(`^${word}$`) })
      .press('Enter');
  await says(frame, 'Tu llavero está abierto');
  return { phone, frame };
}

describe('the rooms’ script', () => {
  it('comes when a room is asked for, and lies in no store of the browser', async () => {
    const { phone, frame } = await atHome('sabina');
    const asked: string[] = [];
    phone.context.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await press(frame, 'Fundar una sala');
    await says(frame, 'Fundar una sala');
    const scripts = asked.filter((path) => /^\/clave\.\w+\.js$/.test(path));
    expect(scripts).toHaveLength(1);
    const answer = await fetch(stories.forum.address + scripts[0]);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  }, 60_000);
});
