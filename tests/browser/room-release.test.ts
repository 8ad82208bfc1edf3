import { mkdirSync } from 'node:fs';
import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { releasesOf } from '~/app/_room/release/acts';
import { idOf } from '~/app/_room/release/board';
import { gateKeyType } from '~/app/_room/release/keys';
import { concerns } from '~/db/schema/concerns';
import { keyrings } from '~/db/schema/people';
import { releases, spentTokens } from '~/db/schema/rooms';
import { tokenKeys } from '~/db/schema/tokens';
import { dayAfter, limaDay } from '~/server/day';
import { publishReleases } from '~/server/releases/commands';
import { readAsk, writeDone } from '~/server/rooms/rules/wire';
import { foundRoom } from '../support/box';
import { phoneStories } from '../support/phones';
import { type Woman, woman } from '../support/rooms';
import { doorOf, press, says, sitsDown } from '../support/sitting';

// A text leaves its room, on phones of their own: written, looked at, agreed to, signed twice, and read outside.
const stories = phoneStories();
const shots = process.env.ROOM_SHOTS;

type Sitting = Awaited<ReturnType<typeof sitsDown>>;
async function shot({ page }: Sitting, name: string): Promise<void> {
  if (!shots) return;
  mkdirSync(shots, { recursive: true });
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    await page.waitForTimeout(150);
    await page.locator('#clave iframe').screenshot({ path: `${shots}/${name}-${width}.png` });
  }
  await page.setViewportSize({ width: 360, height: 640 });
}
const pressIn = ({ frame }: Sitting, name: string | RegExp) => press(frame, name);

describe('Luna, Cerro and Quena bring a text to the document', () => {
  it('from the first word to the public page, and nothing outside says where it came from', async () => {
    const ask = doorOf(stories);
    const women = ['Luna', 'Cerro', 'Quena'].map(woman) as [Woman, Woman, Woman];
    const { room, sessions } = await foundRoom(ask, women);
    const luna = await sitsDown(stories, 'sabina', sessions[0], 'Costura');
    const cerro = await sitsDown(stories, 'elvira', sessions[1], 'Costura');
    const quena = await sitsDown(stories, 'nieves', sessions[2], 'Costura');

    // What everybody is given at the first opening of a day has come, and is in the keyring.
    await expect.poll(() => stories.db.$count(tokenKeys), { timeout: 20_000 }).toBeGreaterThan(1);
    expect(await stories.db.$count(keyrings)).toBeGreaterThan(0);

    await pressIn(luna, 'Llevar al documento');
    await shot(luna, 'list-empty');
    await pressIn(luna, 'Proponer un texto');
    await shot(luna, 'kind');
    await pressIn(luna, 'Un planteamiento');
    await pressIn(luna, 'Ver cómo se verá');
    await says(luna.frame, '#words-wrong', 'Faltan palabras');
    await luna.frame
      .locator('#words')
      .fill('En Secocha nos pagan menos por el mismo mineral. Lo dijo Cerro el 12 de mayo.');
    await luna.frame.locator('#area').selectOption('agua');
    await luna.frame.locator('#place').selectOption('04');
    await luna.frame.locator('#barrier').selectOption('costo');
    await luna.frame.locator('#name').fill('Flor de Cuarzo');
    await shot(luna, 'form');
    await pressIn(luna, 'Ver cómo se verá');
    await says(luna.frame, '#name-wrong', 'ya es de una asociación');
    await luna.frame.locator('#name').fill('Las de la cancha');
    await luna.frame.locator('#womens').check();
    await pressIn(luna, 'Ver cómo se verá');
    await says(luna.frame, 'h2', 'Así se verá afuera');
    await says(luna.frame, '.note.warn', '«Secocha»: es un lugar');
    await says(luna.frame, '.note.warn', '«Cerro»: así se llama alguien en la sala');
    await says(luna.frame, '.note.warn', '«12 de mayo»: dice cuándo fue');
    await shot(luna, 'warned');
    await pressIn(luna, 'Corregir');
    expect(await luna.frame.locator('#name').inputValue()).toBe('Las de la cancha');
    const words = 'Nos pagan menos por el mismo mineral. Queremos que se pese delante de nosotras.';
    await luna.frame.locator('#words').fill(words);
    await pressIn(luna, 'Ver cómo se verá');
    await says(luna.frame, '.note.ok', 'No encontramos nombres');
    await pressIn(luna, 'Proponerlo a la sala');
    await says(luna.frame, '.note.ok', 'Quedó propuesto');

    for (const one of [cerro, quena]) {
      await says(one.frame, '.note.warn', 'Falta que digas si estás de acuerdo');
      await pressIn(one, 'Llevar al documento');
      await pressIn(one, /Nos pagan menos/);
      await says(one.frame, 'article', 'Las de la cancha (espacio propio de mujeres)');
      if (one === cerro) await shot(one, 'agree');
      await pressIn(one, 'Estoy de acuerdo en que salga así');
      await says(one.frame, '.note.ok', 'Listo: estás de acuerdo');
    }
    await says(quena.frame, '.note.info', 'Tres están de acuerdo');
    await pressIn(quena, 'Firmar como cuidadora');
    await says(quena.frame, '.note.ok', 'Firmaste');
    await says(cerro.frame, '.note.info', 'Firmó una cuidadora');
    await shot(cerro, 'second');
    await pressIn(cerro, 'Firmar como segunda cuidadora');
    await says(cerro.frame, '.note.ok', 'Ahora espera');
    await pressIn(luna, /Nos pagan menos/);
    await says(luna.frame, '.note.info', 'Está firmado y espera');
    await shot(luna, 'resting');
    // Each phone has said under which key it was given tokens, and hers has compared.
    const told = async () => {
      await sessions[0].catchUp();
      return sessions[0].heard.filter(({ body }) => body[0] === gateKeyType).map(({ by }) => by);
    };
    await expect.poll(async () => new Set(await told()).size, { timeout: 30_000 }).toBe(3);
    // She puts it into her keyring; the others are told, and from her phone it goes out another day, apart from the room.
    await pressIn(luna, 'Llevarlo yo');
    await says(luna.frame, '.note.ok', 'Quedó en tu llavero');
    await says(luna.frame, '.note.info', 'Lo llevas tú');
    await shot(luna, 'laid');
    await says(cerro.frame, '.note.info', 'Lo lleva Luna');
    await shot(cerro, 'laid-for-others');

    // Two nights later: the key it was signed with is two days older, for everybody.
    await sessions[0].catchUp();
    const release = releasesOf(sessions[0])[0]!;
    const back = dayAfter(limaDay(new Date()), -2);
    await stories.db.update(tokenKeys).set({ day: back }).where(eq(tokenKeys.id, release.bought!.key));
    expect(release.content).toMatchObject({ words });
    const id = idOf(release);
    expect(await stories.db.$count(releases)).toBe(0);

    // Luna opens her keyring again on that day: it goes out by itself, and no room is opened beside it.
    const spent = await stories.db.$count(spentTokens);
    await pressIn(luna, 'Volver');
    await pressIn(luna, 'Volver');
    await pressIn(luna, 'Volver a Mi espacio');
    await pressIn(luna, 'Cerrar ahora');
    await luna.page.clock.setFixedTime(Date.now() + 2 * 86_400_000);
    // A door that says no, which may have kept it: nothing of a room, and no writing, stands beside what was sent.
    let written = 0;
    luna.page.on('request', (one) => {
      if (one.url().includes('people.writeKeyring')) written++;
    });
    let sent = 0;
    await luna.page.route('**/api/box', (route) => {
      if (readAsk(new Uint8Array(route.request().postDataBuffer()!)).op !== 'deposit')
        return route.continue();
      sent++;
      const headers = { 'access-control-allow-origin': '*' };
      return route.fulfill({ headers, body: Buffer.from(writeDone(0)) });
    });
    await luna.unlocks();
    await says(luna.frame, '.note.warn', 'Tu texto no pudo salir esta vez');
    await shot(luna, 'refused');
    const changes = luna.frame.getByRole('button', { name: 'Cambiar mis palabras' });
    expect([await changes.count(), sent, written]).toEqual([0, 1, 0]);
    await pressIn(luna, 'Costura');
    await says(luna.frame, 'h2', 'Mejor entra más tarde');
    await luna.page.unroute('**/api/box');
    await luna.opens();
    await says(luna.frame, '.note.ok', 'El texto salió');
    expect([await changes.count(), written]).toEqual([0, 0]);
    await shot(luna, 'left');
    expect(await stories.db.$count(spentTokens)).toBe(spent + 2);
    expect(await stories.db.$count(releases)).toBe(1);
    await pressIn(luna, 'Costura');
    await says(luna.frame, 'h2', 'Mejor entra más tarde');
    await shot(luna, 'not-now');
    await pressIn(luna, 'Cerrar ahora');

    expect(await publishReleases(stories.db, dayAfter(limaDay(new Date()), 1))).toBe(1);
    const [row] = await stories.db.select().from(concerns).where(eq(concerns.id, id));
    expect(row!.personId).toBeNull();
    const page = await (await fetch(`${stories.forum.address}/planteamientos/${id}`)).text();
    expect(page).toContain('Las de la cancha (espacio propio de mujeres)');
    for (const secret of [room, 'Luna', 'Cerro', 'Quena', ...women.map(({ sign }) => sign)])
      expect(page).not.toContain(secret);
    // On the next day her keyring holds it no more, and the room sees what became of it.
    await luna.page.clock.setFixedTime(Date.now() + 3 * 86_400_000);
    await luna.unlocks();
    await pressIn(luna, 'Costura');
    await pressIn(luna, 'Llevar al documento');
    await says(luna.frame, '.row', 'Apareció: está recibido');
    await shot(luna, 'out');
  }, 240_000);
});
