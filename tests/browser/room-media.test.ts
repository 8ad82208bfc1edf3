import { eq } from 'drizzle-orm';
import type { FrameLocator } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { derive, sealKeyring } from '~/app/_keyring/lock';
import { entryKinds } from '~/app/_room/entry';
import { writeRoom } from '~/app/_room/kept';
import { mediaTypes, readPictureNote, readVoiceNote } from '~/app/_room/media/notes';
import { readVoice, secondsOf } from '~/app/_room/media/opus';
import type { Label } from '~/app/_room/media/parcel';
import { barePicture } from '~/app/_room/media/picture';
import { fetchParcel } from '~/app/_room/media/post';
import type { AskServer, Session } from '~/app/_room/session';
import { pictureWords } from '~/db/reference/words';
import { roomParts } from '~/db/schema/rooms';
import { readAll } from '~/server/rooms/rules/bytes';
import { foundRoom } from '~/tests/support/box';
import { type Woman, woman } from '~/tests/support/rooms';
import { type Phone, phoneStories } from '../support/phones';
import { atRest } from '../support/sitting';

// A voice and a picture in a room, in a real browser with a false microphone: what is recorded and drawn on one phone,
// what comes to the other, and what is nowhere.
const stories = phoneStories(['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']);
const patience = 20_000;
const numbers = [3, 50, 111, 200, 321, 470];
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');

const ask: AskServer = async (body) => {
  const answer = await fetch(`${stories.forum.address}/api/box`, { method: 'POST', body: Buffer.from(body) });
  return new Uint8Array(await answer.arrayBuffer());
};
let women: [Woman, Woman, Woman];
let room: string;
let sessions: [Session, Session, Session];
beforeAll(async () => {
  women = ['Luna', 'Cerro', 'Quena'].map(woman) as [Woman, Woman, Woman];
  ({ room, sessions } = await foundRoom(ask, women));
}, 60_000);

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
const press = (frame: FrameLocator, name: string) =>
  atRest(frame).getByRole('button', { name, exact: true }).first().press('Enter', { timeout: patience });
/** Counts what the recorder has really given: a clock says nothing of that on a busy machine. */
const countHeard = ({ page }: Phone) =>
  page.addInitScript(() => {
    const counted = Object.assign(window, { heard: 0 });
    const real = window.MediaRecorder?.prototype.start;
    if (!real) return;
    MediaRecorder.prototype.start = function (slice) {
      counted.heard = 0;
      this.addEventListener('dataavailable', ({ data }) => {
        if (data.size > 0) counted.heard++;
      });
      real.call(this, slice);
    };
  });
/** She begins to record, and something has come. */
async function speaks({ page }: Phone, frame: FrameLocator) {
  await press(frame, 'Empezar a grabar');
  await frame.getByText('de 120 segundos').waitFor({ timeout: patience });
  const heard = () => page.evaluate(() => (window as unknown as { heard: number }).heard);
  await expect.poll(heard, { timeout: patience }).toBeGreaterThan(2);
}

/** For people to look at: the frame alone, with nothing of the page's bars over it. */
async function shot({ page }: Phone, name: string) {
  if (!process.env.SHOTS) return;
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 3000 });
    await page.locator('#clave iframe').screenshot({ path: `${process.env.SHOTS}/${name}-${width}.png` });
  }
  await page.setViewportSize({ width: 360, height: 740 });
}

/** Her phone, in the room: her keyring with the room in it was made beforehand. */
async function inRoom(name: 'sabina' | 'elvira', at: 0 | 1, before?: (phone: Phone) => unknown) {
  const phone = await stories.phone();
  await stories.enters(phone, name);
  await countHeard(phone);
  await before?.(phone);
  await stories.open(phone, '/mi-espacio');
  const salt = new Uint8Array(16).fill(at);
  const keys = await derive(numbers, salt);
  const held = { ...sessions[at].hold(), mine: { ...women[at].keys } };
  const entry = { kind: entryKinds.room, bytes: writeRoom({ title: 'Las de la cancha', held }) };
  const input = {
    salt: base64(salt),
    auth: base64(keys.auth),
    keyring: base64(sealKeyring(keys.wrap, [entry])),
  };
  const made = await phone.page.evaluate(async (body) => {
    const owner = document.querySelector<HTMLElement>('[data-owner]')?.dataset.owner ?? '';
    const headers = { 'content-type': 'application/json', 'x-owner': owner };
    const answer = await fetch('/api/trpc/people.makeKeyring', { method: 'POST', headers, body });
    return answer.ok || (await answer.text());
  }, JSON.stringify(input));
  expect([true, expect.stringContaining('ya')]).toContainEqual(made);
  await phone.page.click('#clave button');
  const frame = frameOf(phone);
  await says(frame, 'Tu llavero está cerrado');
  for (const number of numbers) {
    await frame.locator('#letters').fill(pictureWords[number]!.slice(0, 4));
    await frame
      .locator('button.word')
      .filter({ hasText: new RegExp(`^${pictureWords[number]}$`) })
      .press('Enter');
  }
  await says(frame, 'Tu llavero está abierto');
  await frame.getByRole('button', { name: 'Las de la cancha' }).press('Enter');
  await says(frame, 'Las de la cancha');
  return { phone, frame };
}

/** What the third woman has heard of a kind, newest last; her phone is here. */
async function heard<T extends { label: Label }>(type: number, read: Parameters<typeof readAll<T>>[1]) {
  const [, , celia] = sessions;
  await celia.catchUp();
  const said = celia.heard.filter(({ kind, body }) => kind === 'words' && body[0] === type);
  const last = readAll(said.at(-1)!.body.slice(1), read);
  const place = { room, mine: women[2].keys, session: celia, ask };
  return { ...last, bytes: await fetchParcel(place, last.label) };
}
const listening = (frame: FrameLocator) => frame.getByRole('button', { name: 'Parar' });

describe('Sabina, who does not like to write', () => {
  it('leaves her voice; Elvira hears it when she touches it, and nothing is in it but the sound', async () => {
    const { phone, frame } = await inRoom('sabina', 0);
    const sent: string[] = [];
    phone.context.on('request', (request) => sent.push(new URL(request.url()).pathname));
    await press(frame, 'Nota de voz');
    await says(frame, 'Nota de voz');
    await shot(phone, 'voice-begin');
    await speaks(phone, frame);
    await shot(phone, 'voice-now');
    await press(frame, 'Terminar');
    await says(frame, 'Tu nota está lista');
    // Until she says so nothing has gone anywhere.
    expect(sent.filter((path) => path === '/api/box')).toEqual([]);
    await shot(phone, 'voice-ready');
    await press(frame, 'Escuchar la nota');
    await listening(frame).waitFor();
    await press(frame, 'Parar');
    await press(frame, 'Enviar');
    await says(frame, 'Las de la cancha');
    await frame.locator('.said .media').first().waitFor({ timeout: patience });
    await shot(phone, 'voice-sent');

    const note = await heard(mediaTypes.voice, readVoiceNote);
    const voice = readVoice(note.bytes);
    expect(secondsOf(voice)).toBe(note.seconds);
    expect(note.seconds).toBeGreaterThan(0);
    for (const name of ['webm', 'OpusHead', 'Chrome'])
      expect(Buffer.from(note.bytes).includes(name)).toBe(false);

    const elvira = await inRoom('elvira', 1);
    await elvira.frame.getByText(`${note.seconds} segundo`).first().waitFor({ timeout: patience });
    // Nothing sounds by itself, and nothing was fetched for it.
    expect(await listening(elvira.frame).count()).toBe(0);
    await elvira.frame.getByRole('button', { name: 'Escuchar la nota' }).first().press('Enter');
    await listening(elvira.frame).waitFor({ timeout: patience });
    await listening(elvira.frame).waitFor({ state: 'detached', timeout: patience });
    expect(await elvira.frame.getByRole('alert').count()).toBe(0);

    // Its days are over.
    await stories.db.delete(roomParts).where(eq(roomParts.room, room));
    await elvira.frame.getByRole('button', { name: 'Escuchar la nota' }).first().press('Enter');
    await elvira.frame.getByText('Ya no está').waitFor({ timeout: patience });
    await shot(elvira.phone, 'voice-gone');
  }, 120_000);

  it('changes her mind, and the microphone is closed; so it is when the frame locks', async () => {
    const { phone, frame } = await inRoom('sabina', 0, ({ page }) =>
      page.addInitScript(() => {
        const all: MediaStreamTrack[] = [];
        Object.assign(window, { tracks: () => all.map(({ readyState }) => readyState) });
        const devices = navigator.mediaDevices;
        const real = devices.getUserMedia.bind(devices);
        devices.getUserMedia = async (asked) => {
          const stream = await real(asked);
          all.push(...stream.getTracks());
          return stream;
        };
      }),
    );
    const tracks = () => phone.page.evaluate(() => (window as unknown as { tracks(): string[] }).tracks());
    await press(frame, 'Nota de voz');
    await press(frame, 'Empezar a grabar');
    await frame.getByText('de 120 segundos').waitFor({ timeout: patience });
    expect(await tracks()).toEqual(['live']);
    await press(frame, 'No enviar');
    await says(frame, 'Nota de voz');
    await expect.poll(tracks).toEqual(['ended']);
    await press(frame, 'Empezar a grabar');
    await frame.getByText('de 120 segundos').waitFor({ timeout: patience });
    await frame.locator('h2').evaluate(({ ownerDocument }) => {
      Object.defineProperty(ownerDocument, 'visibilityState', { value: 'hidden' });
      ownerDocument.dispatchEvent(new Event('visibilitychange'));
    });
    await says(frame, 'Tu llavero está cerrado');
    await expect.poll(tracks).toEqual(['ended', 'ended']);
  }, 90_000);

  it('may speak for two minutes, and is not locked out for touching nothing', async () => {
    const { phone, frame } = await inRoom('sabina', 0, ({ page }) => page.clock.install());
    await press(frame, 'Nota de voz');
    await speaks(phone, frame);
    await phone.page.clock.fastForward('01:30');
    await frame.getByText(/^9\d de 120 segundos$/).waitFor({ timeout: patience });
    await phone.page.clock.fastForward('00:31');
    await says(frame, 'Tu nota está lista');
  }, 60_000);

  it.each([
    ['an old phone', 'MediaRecorder', 'no puede grabar'],
    ['a phone that says no', 'getUserMedia', 'no dio permiso'],
  ])(
    'with %s is told plainly',
    async (_what, missing, sentence) => {
      const { frame } = await inRoom('sabina', 0, ({ page }) =>
        page.addInitScript((name) => {
          if (name === 'MediaRecorder') Object.assign(window, { MediaRecorder: undefined });
          else
            navigator.mediaDevices.getUserMedia = async () => {
              throw new DOMException('', 'NotAllowedError');
            };
        }, missing),
      );
      await press(frame, 'Nota de voz');
      await press(frame, 'Empezar a grabar');
      await frame.getByText(sentence).waitFor({ timeout: patience });
    },
    60_000,
  );

  it('sends nothing without a network, and has it still when the network is back', async () => {
    const { phone, frame } = await inRoom('sabina', 0);
    await press(frame, 'Nota de voz');
    await speaks(phone, frame);
    await press(frame, 'Terminar');
    await says(frame, 'Tu nota está lista');
    const before = sessions[2].heard.length;
    await phone.context.setOffline(true);
    await press(frame, 'Enviar');
    await frame.getByText('No se envió nada').waitFor({ timeout: patience });
    await phone.context.setOffline(false);
    await press(frame, 'Enviar');
    await says(frame, 'Las de la cancha');
    await sessions[2].catchUp();
    expect(sessions[2].heard.length).toBe(before + 1);
  }, 90_000);
});

describe('Elvira’s photo', () => {
  const canary = 'CANARIO-Secocha-15.07S-73.21W';
  /** What a camera writes: the place in EXIF, the owner in a comment, XMP, and a part turned on its side. */
  async function photo({ page }: Phone, width = 2400, height = 1800) {
    const bytes = await page.evaluate(
      async ([w, h]) => {
        const canvas = Object.assign(document.createElement('canvas'), { width: w, height: h });
        const pen = canvas.getContext('2d')!;
        const shade = pen.createLinearGradient(0, 0, w!, h!);
        shade.addColorStop(0, '#0a4a50');
        shade.addColorStop(1, '#fbe6b6');
        pen.fillStyle = shade;
        pen.fillRect(0, 0, w!, h!);
        const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', 0.9));
        return [...new Uint8Array(await blob!.arrayBuffer())];
      },
      [width, height],
    );
    const segment = (marker: number, content: Buffer) => {
      const head = Buffer.from([0xff, marker, 0, 0]);
      head.writeUInt16BE(content.length + 2, 2);
      return Buffer.concat([head, content]);
    };
    // TIFF: one entry, orientation 6 (the phone was held upright), and behind it what else the camera knew.
    const tiff = Buffer.from('4d4d002a000000080001011200030000000100060000', 'hex');
    const exif = Buffer.concat([Buffer.from('Exif\0\0'), tiff, Buffer.alloc(4), Buffer.from(canary)]);
    const xmp = Buffer.from(`http://ns.adobe.com/xap/1.0/\0<x>${canary}</x>`);
    const told = [segment(0xe1, exif), segment(0xe1, xmp), segment(0xfe, Buffer.from(canary))];
    return Buffer.concat([Buffer.from(bytes.slice(0, 2)), ...told, Buffer.from(bytes.slice(2))]);
  }

  it('comes without place, hour, device and name, upright, small, and is shown when it is touched', async () => {
    const { phone, frame } = await inRoom('elvira', 1);
    const buffer = await photo(phone);
    expect(buffer.includes(canary)).toBe(true);
    const sent: Buffer[] = [];
    phone.context.on('request', (request) => {
      sent.push(Buffer.concat([Buffer.from(request.url()), request.postDataBuffer() ?? Buffer.alloc(0)]));
    });
    await press(frame, 'Foto');
    await says(frame, 'Foto');
    await shot(phone, 'picture-choose');
    const over = await frame.locator('html').evaluate((root) => root.scrollWidth - root.clientWidth);
    expect(over).toBe(0);
    await frame.locator('#picture').setInputFiles({ name: `${canary}.jpg`, mimeType: 'image/jpeg', buffer });
    await says(frame, 'Así la verán las demás');
    await frame.locator('#alt').fill('La cancha, temprano');
    await shot(phone, 'picture-ready');
    await frame.getByRole('button', { name: /^Enviar la foto/ }).press('Enter');
    await says(frame, 'Las de la cancha');
    await frame.getByText('La cancha, temprano').waitFor({ timeout: patience });

    const note = await heard(mediaTypes.picture, readPictureNote);
    const parts = () => stories.db.select().from(roomParts).where(eq(roomParts.room, room));
    const before = (await parts()).length;
    expect(note.alt).toBe('La cancha, temprano');
    const picture = barePicture(note.bytes);
    // Bare to the last byte, turned as the camera was held, and no larger than a room carries.
    expect(Buffer.compare(picture.bytes, note.bytes)).toBe(0);
    expect([picture.width, picture.height]).toEqual([960, 1280]);
    expect(note.bytes.length).toBeLessThan(131_072);
    for (const part of [canary, 'Exif', 'xap', 'ICC'])
      expect(Buffer.from(note.bytes).includes(part)).toBe(false);
    expect(sent.filter((one) => one.includes(canary))).toEqual([]);

    const sabina = await inRoom('sabina', 0);
    const shown = sabina.frame.getByRole('img', { name: 'La cancha, temprano' });
    await sabina.frame.getByText('La cancha, temprano').waitFor({ timeout: patience });
    expect(await shown.count()).toBe(0);
    await sabina.frame.getByRole('button', { name: /^Ver la foto/ }).press('Enter');
    await shown.waitFor({ timeout: patience });
    // What is on it has come through: dark at one corner, light at the other.
    const corners = await shown.evaluate((element) => {
      const canvas = element as HTMLCanvasElement;
      const pen = canvas.getContext('2d')!;
      const light = (x: number, y: number) => pen.getImageData(x, y, 1, 1).data[0]!;
      return [light(canvas.width - 5, 5), light(5, canvas.height - 5)];
    });
    expect(corners[0]).toBeLessThan(60);
    expect(corners[1]).toBeGreaterThan(200);
    await shot(sabina.phone, 'picture-shown');
    await sabina.frame.getByRole('button', { name: 'Ocultar la foto' }).press('Enter');
    expect(await shown.count()).toBe(0);

    // What she has erased is gone with all that lay apart.
    await frame.locator('.said.mine', { hasText: 'La cancha, temprano' }).getByText('Borrar').press('Enter');
    await press(frame, 'Sí, borrarlo');
    await expect.poll(async () => (await parts()).length).toBe(before - note.label.parts.length);
  }, 120_000);

  it('that is none is said to be none', async () => {
    const { frame } = await inRoom('elvira', 1);
    await press(frame, 'Foto');
    await frame
      .locator('#picture')
      .setInputFiles({ name: 'x.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no es una foto') });
    await frame.getByText('No se pudo preparar').waitFor({ timeout: patience });
  }, 60_000);

  it('is chosen with the frame covered, not locked, while the phone’s chooser is open; for a minute', async () => {
    const { phone, frame } = await inRoom('elvira', 1);
    const hide = (hidden: boolean) =>
      frame.locator('html').evaluate(({ ownerDocument }, now) => {
        const value = now ? 'hidden' : 'visible';
        Object.defineProperty(ownerDocument, 'visibilityState', { value, configurable: true });
        ownerDocument.dispatchEvent(new Event('visibilitychange'));
      }, hidden);
    await press(frame, 'Foto');
    await frame.locator('#picture').evaluate((field) => field.dispatchEvent(new Event('click')));
    await hide(true);
    expect(await frame.locator('body').isVisible()).toBe(false);
    await hide(false);
    await says(frame, 'Foto');
    expect(await frame.locator('body').isVisible()).toBe(true);
    // She does not choose any more: now hiding locks.
    await hide(true);
    await hide(false);
    await says(frame, 'Tu llavero está cerrado');
    expect(phone.page.url()).toBe(`${stories.forum.address}/mi-espacio`);
  }, 90_000);
});

it('the microphone is for «Mi espacio» alone, and for no frame', async () => {
  const policy = async (path: string) =>
    (await fetch(stories.forum.address + path)).headers.get('permissions-policy');
  const phone = await stories.phone();
  await stories.enters(phone, 'sabina');
  const mine = await phone.page.goto(`${stories.forum.address}/mi-espacio`);
  expect(mine!.headers()['permissions-policy']).toContain('microphone=(self)');
  for (const path of ['/', '/clave.html', '/documento', '/ayuda'])
    expect(await policy(path)).toContain('microphone=()');
});
