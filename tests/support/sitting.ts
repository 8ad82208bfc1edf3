import type { FrameLocator } from 'playwright-core';
import { derive, drawWords, random, sealKeyring } from '~/app/_keyring/lock';
import { entryKinds } from '~/app/_room/entry';
import { writeRoom } from '~/app/_room/kept';
import type { AskServer, Session } from '~/app/_room/session';
import { pictureWords } from '~/db/reference/words';
import type { Name, Phone, phoneStories } from './phones';

type Stories = ReturnType<typeof phoneStories>;
const patience = 30_000;
const toText = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');

/** The rooms' door of the built forum, as a phone without a browser asks it. */
export const doorOf =
  (stories: Stories): AskServer =>
  async (body) => {
    const answer = await fetch(`${stories.forum.address}/api/box`, {
      method: 'POST',
      body: Buffer.from(body),
    });
    return new Uint8Array(await answer.arrayBuffer());
  };

/** What stands in the frame, with what it says instead where it does not. */
export async function says(frame: FrameLocator, selector: string, words: string | RegExp): Promise<void> {
  await frame
    .locator(selector)
    .filter({ hasText: words })
    .first()
    .waitFor({ timeout: patience })
    .catch(async (error) => {
      throw new Error(`${error.message}\nIt says: ${await frame.locator('body').innerText()}`);
    });
}
/** The screen, once it is not busy: what is being done may stand on it before the forum has answered, and until then no key is heard. */
export const atRest = (frame: FrameLocator) => frame.locator('#screen:not([inert])');
// By key: where a finger would touch, the page's own bar may lie over the frame's edge until she scrolls.
export const press = (frame: FrameLocator, name: string | RegExp) =>
  atRest(frame).getByRole('button', { name }).first().press('Enter', { timeout: patience });
/** One of the picture-words. */
export const touch = (frame: FrameLocator, word: string) =>
  atRest(frame)
    .locator('button.word')
    .filter({ hasText: new RegExp(`^${word}$`) })
    .press('Enter', { timeout: patience });

/** A phone whose keyring holds this room already, with the room open on it. */
export async function sitsDown(stories: Stories, name: Name, session: Session, title: string) {
  const phone: Phone = await stories.phone();
  await stories.enters(phone, name);
  await stories.open(phone, '/mi-espacio');
  const [words, salt] = [drawWords(), random(16)];
  const keys = await derive(words, salt);
  const entry = { kind: entryKinds.room, bytes: writeRoom({ title, held: session.hold() }) };
  const made = {
    salt: toText(salt),
    auth: toText(keys.auth),
    keyring: toText(sealKeyring(keys.wrap, [entry])),
  };
  const status = await phone.page.evaluate(async (input) => {
    const answer = await fetch('/api/trpc/people.makeKeyring', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
    });
    return answer.status;
  }, made);
  if (status !== 200) throw new Error(`no keyring: ${status}`);
  const frame = phone.page.frameLocator('#clave iframe');
  /** Comes to «Mi espacio» anew and says her words: her keyring is open, and nothing of a room has been touched. */
  const opens = async () => {
    await stories.open(phone, '/mi-espacio');
    await phone.page.click('#clave button');
    await says(frame, 'h2', 'Tu llavero está cerrado');
    for (const word of words.map((one) => pictureWords[one]!)) {
      await frame.locator('#letters').fill(word.slice(0, 4));
      await touch(frame, word);
    }
    await says(frame, 'h2', 'Tu llavero está abierto');
  };
  await opens();
  await press(frame, title);
  await says(frame, 'h2', title);
  return { phone, frame, page: phone.page, opens };
}
