import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { derive, drawWords, type Keys, openKeyring, sealKeyring } from '~/app/_keyring/lock';
import { entryKinds } from '~/app/_room/entry';
import { writeRoom } from '~/app/_room/kept';
import { epochKeys } from '~/app/_room/protocol/keys';
import { backup } from '~/db/backup';
import { startEmbedded } from '~/db/embedded';
import { bareWord } from '~/db/reference/words';
import { launchProfile } from '~/tests/support/browser';
import { signIn, until } from '~/tests/support/clients';
import { buildConcern, buildForum, buildPerson } from '~/tests/support/factories';
import { startTestForum, type TestForum } from '~/tests/support/forum';
import { foundIn, keyNeedle, type Needle, sweepFolder, sweepMemory, wordNeedle } from '~/tests/support/sweep';
import { tokenFrom } from '~/tests/support/tokens';
import { canaries, spoken as spokenInRoom, type UsedRoom, usedRoom } from '~/tests/support/used-room';
import { boxOf } from '~/tests/support/worlds';

// A forum with a database and a folder of its own, in which a room is founded and used; then everything is looked
// through that it has written or still holds in memory, and everything that a phone has kept.
const folder = mkdtempSync(join(tmpdir(), 'frente-unido-canaries-'));
const profile = join(folder, 'profile');
/** Said in public: what is found by the same sweep, so that a sweep that finds nothing has looked. */
const spoken = 'zarzamora que todos pueden leer';
let forum: TestForum;
let cookie = '';
let room: UsedRoom;
let words: number[];
let keys: Keys;
let needles: Needle[];

/** One of the keyring's procedures, as the frame asks for it. */
async function ask(procedure: string, input?: unknown) {
  const path = `${forum.address}/api/trpc/people.${procedure}`;
  const headers = { cookie, origin: forum.address, 'content-type': 'application/json' };
  const given = input === undefined ? {} : { method: 'POST', body: JSON.stringify(input) };
  const answer = (await (await fetch(path, { headers, ...given })).json()) as { result: { data: unknown } };
  return answer.result.data as Record<string, string>;
}
const letters = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');

beforeAll(async () => {
  forum = await startTestForum({
    env: { NODE_OPTIONS: `--heapsnapshot-signal=SIGUSR2 --diagnostic-dir=${folder}` },
    seed: async (db) => {
      await buildForum(db);
      const sabina = await buildPerson(db);
      await buildConcern(db, sabina.id, { words: `Hay ${spoken} en la cancha.` });
      ({ cookie } = await signIn(db, sabina.id));
    },
  });
  room = await usedRoom(boxOf(forum), tokenFrom(forum.address, cookie));
  // What keeps her in it stands in her keyring.
  words = drawWords();
  const salt = new Uint8Array(16).fill(3);
  keys = await derive(words, salt);
  const entry = writeRoom({ title: canaries.title, held: room.sessions[0].hold() });
  const sealed = sealKeyring(keys.wrap, [{ kind: entryKinds.room, bytes: entry }]);
  const auth = letters(keys.auth);
  await ask('makeKeyring', { salt: letters(salt), auth, keyring: letters(sealKeyring(keys.wrap, [])) });
  const empty = Buffer.from((await ask('openKeyring', { auth })).keyring!, 'base64url');
  const was = createHash('sha256').update(empty).digest('base64url');
  await ask('writeKeyring', { auth, was, keyring: letters(sealed) });
  const there = openKeyring(
    keys.wrap,
    Buffer.from((await ask('openKeyring', { auth })).keyring!, 'base64url'),
  );
  expect(there).toEqual([{ kind: entryKinds.room, bytes: entry }]);

  const epoch = epochKeys(room.room, 1, room.firstKey);
  const secrets = {
    'a room’s key': room.firstKey,
    'the key of its words': epoch.words,
    'what opens a keyring': keys.wrap,
  };
  needles = [
    ...Object.values(canaries).map(wordNeedle),
    wordNeedle(words.map(bareWord).join(' ')),
    ...Object.entries(secrets).map(([name, key]) => keyNeedle(name, key)),
    ...room.founders.flatMap(({ name, keys: hers }) => [
      keyNeedle(`${name} signs`, hers.sign),
      keyNeedle(`${name} opens`, hers.seal),
    ]),
  ];
  // The pages are read while the room is there, by somebody and by nobody.
  for (const path of ['/', '/planteamientos', '/mi-espacio', '/secretaria'])
    await fetch(forum.address + path, { headers: { cookie } });
}, 180_000);
afterAll(async () => {
  await forum?.remove();
  rmSync(folder, { recursive: true, force: true });
});

describe('what the phone keeps', () => {
  it('after she opened her room in a browser with a profile on its disk, read, spoke, and left: nothing of it', async () => {
    const phone = await launchProfile(profile);
    const [name, value] = cookie.split(/=(.*)/s) as [string, string];
    await phone.addCookies([{ name, value, url: forum.address }]);
    const page = phone.pages()[0] ?? (await phone.newPage());
    await page.goto(`${forum.address}/mi-espacio`);
    await page.click('#clave button');
    const frame = page.frameLocator('#clave iframe');
    await frame.locator('#letters').waitFor({ timeout: 20_000 });
    for (const number of words) {
      const word = bareWord(number);
      await frame.locator('#letters').fill(word.slice(0, 4));
      await frame.locator('button.word').first().press('Enter');
    }
    await frame.locator('h2', { hasText: 'abierto' }).waitFor({ timeout: 20_000 });
    await frame.locator('button.row', { hasText: canaries.title }).press('Enter');
    const talk = frame.locator('.talk .words-said');
    await talk.filter({ hasText: canaries.message }).first().waitFor({ timeout: 20_000 });
    expect(await frame.locator('body').innerText()).not.toContain(canaries.deleted);
    await frame.getByLabel('Di algo a la sala').fill(`lo digo yo: ${canaries.message}`);
    await frame.getByRole('button', { name: 'Decirlo' }).press('Enter');
    await talk.filter({ hasText: 'lo digo yo' }).waitFor({ timeout: 20_000 });
    await page.route(/google/, (route) => route.fulfill({ body: 'tiempo' }));
    await page.click('a[data-exit]');
    await until('she has left', () => !page.url().startsWith(forum.address), 20_000);
    await phone.close();
    const port = new URL(forum.address).port;
    // That somebody was at the forum can be seen, and which pages: not what she opened there.
    expect(sweepFolder(profile, [wordNeedle(`127.0.0.1:${port}`)])).not.toEqual([]);
    expect(sweepFolder(profile, [...needles, wordNeedle(value)])).toEqual([]);
  }, 120_000);
});

describe('what the server holds', () => {
  it('in its heap and in all its memory, while the room is in use: none of it', async () => {
    await room.sessions[1].say('words', spokenInRoom(`${canaries.message}, otra vez`));
    process.kill(forum.pid(), 'SIGUSR2');
    // Written in one go while the process stands still: there when it answers again.
    const heap = () => readdirSync(folder).find((name) => name.endsWith('.heapsnapshot'));
    await until('the heap is being written', heap, 60_000);
    await fetch(`${forum.address}/api/health`);
    const snapshot = readFileSync(join(folder, heap()!));
    expect(foundIn(snapshot, [...needles, wordNeedle('detachedness')])).toEqual(['detachedness']);

    const control = [...needles, wordNeedle(spoken)];
    const memory = sweepMemory(forum.pid(), control);
    if (memory) expect(memory).toEqual([spoken]);
    else console.info('the memory of a process may not be looked into here: its heap alone was');
  }, 120_000);

  it('in its log, its database with its WAL, a backup, and every file of its own: none of it', async () => {
    expect(foundIn(Buffer.from(forum.log()), needles)).toEqual([]);
    await forum.stop();
    expect(foundIn(Buffer.from(forum.log()), needles)).toEqual([]);

    const embedded = await startEmbedded({ dataDir: forum.dataDir });
    const file = join(folder, 'hoy.backup');
    await backup(embedded.url, file);
    await embedded.stop();
    // Values that PostgreSQL has compressed are read here as they are.
    const whole = gunzipSync(readFileSync(file));
    expect(foundIn(whole, [wordNeedle(spoken)])).toEqual([spoken]);
    // The room is in it, as ciphertext.
    expect(whole.includes(room.room)).toBe(true);
    expect(foundIn(whole, needles)).toEqual([]);

    const places = sweepFolder(forum.dataDir, [wordNeedle(spoken)]);
    expect(places.some((place) => place.includes('/pg_wal/'))).toBe(true);
    expect(places.some((place) => place.includes('/base/'))).toBe(true);
    expect(sweepFolder(forum.dataDir, needles)).toEqual([]);
  }, 120_000);
});
