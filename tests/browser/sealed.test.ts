import { readFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ballots, papers, receipts } from '~/db/schema/ballots';
import { sessions } from '~/db/schema/people';
import { openMark, paperHandle } from '~/server/ballots/commands/box';
import { readKey } from '~/server/ballots/commands/key';
import { sessionCookie } from '~/server/session';
import { openedBallot, questionsOf, sheetOf } from '../support/ballots';
import { until } from '../support/clients';
import { kept, type Name, type Phone, phoneStories, screen } from '../support/phones';

vi.setConfig({ testTimeout: 90_000 });
const stories = phoneStories();
const day = 24 * 3_600_000;

let ballot: Awaited<ReturnType<typeof openedBallot>>;
let phone: Phone;
beforeEach(async () => {
  ballot = await openedBallot(stories.db, { title: 'Votación en el campamento' });
  phone = await stories.phone();
  return () => phone.context.close();
});
const page = (end = '') => `/votaciones/${ballot.id}${end}`;
const press = (name: string | RegExp, at = phone) =>
  at.page.getByRole('button', { name, exact: true }).first().click();
const choose = (name: RegExp) => phone.page.getByRole('radio', { name }).check();
const [yes, no, abstention] = [/^Sí/, /^No\b/, /^Abstención/];

/** Goes through the questions on the page that needs no network, up to the review. */
async function fillIn(choices: RegExp[]): Promise<void> {
  await press('Empezar a votar');
  for (const choice of choices) {
    await choose(choice);
    await press('Seguir');
  }
  expect(await screen(phone)).toContain('Revisa tu voto');
}
const keep = () => press('Cerrar y guardar mi voto');
const isKept = () => phone.page.getByText('Tu voto está guardado').waitFor();
const isReceived = () => phone.page.getByText('Recibido. Tu voto hecho sin señal ya entró.').waitFor();
/** At the camp: the page was opened with a network, and is filled in and kept without one. */
async function votesAtCamp(name: Name, choices: RegExp[] = [yes, yes, yes, yes]): Promise<void> {
  await stories.enters(phone, name);
  await stories.open(phone, page('/sin-senal'));
  await phone.context.setOffline(true);
  await fillIn(choices);
  await keep();
  await isKept();
}
/** What lies in the box for this person, in the order of the questions; null for nothing. */
async function inBox(name: Name) {
  const key = readKey(ballot.id)!;
  const box = await stories.db.select().from(papers).where(eq(papers.ballotId, ballot.id));
  const personId = stories.world.people[name].id;
  return (await questionsOf(stories.db, ballot.id)).map(({ id: questionId }) => {
    const handle = paperHandle(key, { ballotId: ballot.id, personId, questionId, dimension: 'overall' });
    const paper = box.find((one) => Buffer.from(one.handle!).equals(handle));
    return paper ? openMark(key, handle, paper.sealed!)!.choice : null;
  });
}
const nothing = [null, null, null, null];
const slips = async () =>
  (await stories.db.select().from(receipts).where(eq(receipts.ballotId, ballot.id))).length;
const sessionEnds = (name: Name) =>
  stories.db
    .update(sessions)
    .set({ endedAt: new Date() })
    .where(eq(sessions.personId, stories.world.people[name].id));

describe('a delegate votes with no network, and it arrives a day later', () => {
  it('from the page that was open before the network went', async () => {
    await phone.page.clock.install();
    await stories.enters(phone, 'rufino');
    await stories.open(phone, page());
    await phone.page.getByRole('link', { name: 'Votar sin señal' }).click();
    await phone.page.getByText('Lista para votar sin señal').waitFor();
    await phone.context.setOffline(true);
    await fillIn([yes, no, abstention, yes]);
    // He thinks again about the second one.
    await phone.page.getByRole('button', { name: /^Cambiar: Artículo 2/ }).click();
    expect(await phone.page.getByRole('radio', { name: no }).isChecked()).toBe(true);
    await choose(yes);
    await press('Seguir');
    await keep();
    await isKept();
    expect(await screen(phone)).toMatch(/Tu voto espera señal en este celular\.[\s\S]*Lo hiciste el/);
    expect(await inBox('rufino')).toEqual(nothing);

    const said = await kept(phone);
    expect(said).toContain('papeleta.');
    expect(said).not.toMatch(/abstenci|"s[ií]"|"no"|Rufino/i);
    expect(said).not.toContain(stories.world.people.rufino.id);
    expect(await phone.page.getByRole('radio').count()).toBe(0);

    await phone.page.clock.fastForward(day);
    await phone.context.setOffline(false);
    await isReceived();
    expect(await screen(phone)).toMatch(/Apunta las cinco palabras:\s+[a-z]+( [a-z]+){4}\s/);
    expect(await screen(phone)).toContain('Tu voto salió de este celular');
    expect(await inBox('rufino')).toEqual(['si', 'si', 'abstencion', 'si']);
    expect(await slips()).toBe(1);
    // The words wait for him on any page until he has them, and are gone then.
    await stories.open(phone, '/');
    await isReceived();
    await press('Ya las apunté');
    await stories.open(phone, page());
    expect(await screen(phone)).not.toContain('Recibido. Tu voto hecho');
    expect(await screen(phone)).toContain('Tu voto está recibido');
    expect(await kept(phone)).not.toMatch(/papeleta|acuse/);
    expect((await phone.context.cookies()).map(({ name }) => name)).not.toContain('papeleta-espera');
  });

  it('after the phone went off, and opened on the first page: the script comes with it', async () => {
    await votesAtCamp('rufino', [no, no, no, no]);
    await phone.page.close();
    await phone.context.setOffline(false);
    const later = { ...phone, page: await phone.context.newPage() };
    await stories.open(later, '/');
    await later.page.getByText('Recibido. Tu voto hecho sin señal ya entró.').waitFor();
    expect(await inBox('rufino')).toEqual(['no', 'no', 'no', 'no']);
    await later.page.close();
  });

  it('an answer that is lost on its way costs nothing', async () => {
    await stories.enters(phone, 'rufino');
    await stories.open(phone, page('/sin-senal'));
    await phone.page.route('**/api/trpc/**', async (route) => {
      await route.fetch();
      await route.abort('connectionreset');
    });
    await fillIn([yes, yes, yes, yes]);
    await keep();
    await phone.page.getByText('Tu voto espera señal en este celular.').waitFor();
    await until('it has come', async () => (await slips()) === 1);
    await phone.page.unroute('**/api/trpc/**');
    await press('Enviar ahora');
    await isReceived();
    expect(await slips()).toBe(1);
  });

  it('too late: it leaves the phone with the reason', async () => {
    await votesAtCamp('rufino');
    await stories.db.update(ballots).set({ state: 'closing' }).where(eq(ballots.id, ballot.id));
    await phone.context.setOffline(false);
    await phone.page.getByText('La votación ya cerró. Tu papeleta llegó después y no entró.').waitFor();
    await press('Entendido');
    expect(await kept(phone)).not.toMatch(/papeleta|acuse/);
    expect(await inBox('rufino')).toEqual(nothing);
  });

  it('and whoever goes back, or reloads, finds no choice', async () => {
    await stories.enters(phone, 'rufino');
    await stories.open(phone, page());
    await stories.open(phone, page('/sin-senal'));
    await phone.context.setOffline(true);
    await fillIn([yes, no, abstention, yes]);
    await keep();
    await isKept();
    await phone.context.setOffline(false);
    await phone.page.getByText('Recibido. Tu voto hecho').waitFor();
    for (let i = 0; i < 3; i++) {
      await phone.page.goBack().catch(() => {});
      expect(await phone.page.locator('input:checked').count()).toBe(0);
      expect(await screen(phone)).not.toMatch(/Revisa tu voto/);
    }
  });

  it('he throws it away himself, with a second press', async () => {
    await votesAtCamp('rufino');
    await press('Borrar de este celular');
    await press('Sí, borrar');
    expect(await kept(phone)).not.toContain('papeleta.');
    await phone.context.setOffline(false);
    await stories.open(phone, '/');
    expect(await screen(phone)).not.toContain('Tu voto espera señal');
    expect(await inBox('rufino')).toEqual(nothing);
  });

  it('a question without an answer is asked for; in the ordinary screens he is led here', async () => {
    await stories.enters(phone, 'rufino');
    await stories.open(phone, page('/sin-senal'));
    await press('Empezar a votar');
    await press('Seguir');
    await phone.page.getByText('Elige una respuesta para seguir.').waitFor();
    await stories.open(phone, page());
    await press('Empezar a votar');
    await choose(yes);
    await phone.context.setOffline(true);
    await press('Seguir');
    await phone.page.getByText('No hay señal. Lo que marcaste en esta página').waitFor();
    expect(await phone.page.locator('#sin-senal a').getAttribute('href')).toBe(page('/sin-senal'));
  });
});

describe('two members share one phone', () => {
  it('Rufino’s waiting ballot is neither seen nor sent by Nieves; he comes back, and it is sent once, as his', async () => {
    await votesAtCamp('rufino', [yes, no, yes, no]);
    const his = await kept(phone);
    // Before the page goes: Chromium may tell a page on its way out that there is a network again.
    await sessionEnds('rufino');
    await phone.page.goto('about:blank');
    await phone.context.setOffline(false);

    await stories.enters(phone, 'nieves');
    for (const path of ['/', page(), page('/sin-senal'), '/mi-espacio']) {
      await stories.open(phone, path);
      expect(await screen(phone)).not.toMatch(/espera señal|Recibido/);
    }
    expect(await slips()).toBe(0);
    // She votes herself, without a network as well; each has a place of her own.
    await stories.open(phone, page('/sin-senal'));
    await phone.context.setOffline(true);
    await fillIn([abstention, abstention, abstention, abstention]);
    await keep();
    await isKept();
    await phone.context.setOffline(false);
    await isReceived();
    expect(await inBox('nieves')).toEqual(Array(4).fill('abstencion'));
    expect(await inBox('rufino')).toEqual(nothing);
    await press('Ya las apunté');
    // She signs out: what is his stays.
    await stories.open(phone, '/mi-espacio');
    await press(/^Cerrar mi sesión/);
    await phone.page.waitForURL('**/');
    const [place] = Object.entries(JSON.parse(his.split('}{')[0]! + (his.includes('}{') ? '}' : ''))).find(
      ([at]) => at.startsWith('papeleta.'),
    )!;
    expect(await phone.page.evaluate((at) => localStorage.getItem(at) !== null, place)).toBe(true);

    await stories.enters(phone, 'rufino');
    await stories.open(phone, '/');
    await isReceived();
    expect(await inBox('rufino')).toEqual(['si', 'no', 'si', 'no']);
    expect(await inBox('nieves')).toEqual(Array(4).fill('abstencion'));
    expect(await slips()).toBe(2);
  });

  it('a window that Rufino left open sends nothing once Nieves has signed in', async () => {
    await votesAtCamp('rufino');
    await stories.enters(phone, 'nieves');
    await phone.context.setOffline(false);
    await phone.page.evaluate(() => dispatchEvent(new Event('online')));
    // Whether the press comes first or the window looks by itself: what comes is a page of hers.
    const send = phone.page.getByRole('button', { name: 'Enviar ahora', exact: true }).first();
    await send.click({ timeout: 2000 }).catch(() => {});
    await until('it is a page of hers', async () => {
      const words = await screen(phone).catch(() => '');
      return words.includes('Votar sin señal') && !words.includes('espera señal');
    });
    expect(await slips()).toBe(0);
    expect(await kept(phone)).toContain('papeleta.');
  });

  it('signing out asks: he leaves it for when he is back, and it is still there', async () => {
    await stories.enters(phone, 'rufino');
    await stories.open(phone, page('/sin-senal'));
    await phone.page.route('**/api/trpc/ballots.castSealed', (route) => route.abort());
    await fillIn([yes, yes, yes, yes]);
    await keep();
    await isKept();
    await stories.open(phone, '/documento');
    await phone.page.getByText('Tu voto espera señal en este celular.').waitFor();
    const out = phone.page.locator('form[action="/salir"] [type=submit]').first();
    await out.click();
    await press('Salir y dejarlo aquí hasta que vuelvas');
    await phone.page.waitForURL('**/');
    expect(await kept(phone)).toContain('papeleta.');
    expect(await screen(phone)).not.toContain('espera señal');
    await phone.page.unroute('**/api/trpc/ballots.castSealed');
    await stories.enters(phone, 'rufino');
    await stories.open(phone, '/');
    await isReceived();
    expect(await inBox('rufino')).toEqual(Array(4).fill('si'));
  });

  it.each(['/', '/mi-espacio'])(
    'signing out with words that are not noted yet says first that they go: %s',
    async (path) => {
      await votesAtCamp('rufino');
      await phone.context.setOffline(false);
      await isReceived();
      await stories.open(phone, path);
      await isReceived();
      await phone.page.locator('form[action="/salir"] [type=submit]').first().click();
      await phone.page.getByText('Todavía no apuntaste lo que el foro respondió').waitFor();
      expect(await kept(phone)).toContain('acuse');
      await press('Borrar y salir');
      await phone.page.waitForURL('**/');
      expect(await kept(phone)).not.toContain('acuse');
    },
  );

  it('the quick exit asks nothing and leaves nothing, neither ballot nor ticket', async () => {
    await stories.enters(phone, 'rufino');
    await stories.open(phone, page('/sin-senal'));
    await phone.page.route('**/api/trpc/ballots.castSealed', (route) => route.abort());
    await fillIn([yes, yes, yes, yes]);
    await keep();
    await isKept();
    await phone.page.route('https://www.google.com/**', (route) => route.fulfill({ body: 'clima' }));
    await phone.page.locator('a[data-exit]').click();
    await phone.page.waitForURL('https://www.google.com/**');
    await stories.open(phone, '/');
    expect(await kept(phone)).not.toMatch(/papeleta|boleto/);
    expect(await inBox('rufino')).toEqual(nothing);
  });
});

describe('from the worker’s store', () => {
  const copied = (path: string) =>
    // Kept, and the worker at work.
    phone.page.evaluate(
      async (at) => !!navigator.serviceWorker.controller && (await caches.match(at)) !== undefined,
      path,
    );
  beforeEach(async () => {
    await phone.context.close();
    phone = await stories.phone({ worker: true });
  });

  it('the sheet is there for everybody, the same, and in this tab it can be filled in', async () => {
    await stories.enters(phone, 'rufino');
    await stories.open(phone, page());
    await until('the sheet is on the phone', () => copied(page('/sin-senal')), 30_000);
    const copy = await phone.page.evaluate(
      async (at) => (await caches.match(at))!.text(),
      page('/sin-senal'),
    );
    expect(copy).toBe(await (await fetch(stories.forum.address + page('/sin-senal'))).text());
    expect(copy).not.toMatch(/data-owner|data-ticket|id="boleto"/);
    await phone.context.setOffline(true);
    // He reloads his page of the ballot: what comes is the sheet.
    await phone.page.goto(stories.forum.address + page());
    expect(await screen(phone)).toMatch(/Sin señal\. Copia guardada/);
    await fillIn([yes, abstention, no, yes]);
    await keep();
    await isKept();
    await phone.context.setOffline(false);
    await stories.open(phone, '/');
    await isReceived();
    expect(await inBox('rufino')).toEqual(['si', 'abstencion', 'no', 'si']);
  });

  it('in another tab, or where nobody had signed in, it says what is missing', async () => {
    // The forum keeps public pages for a moment, and this ballot came into its database past it.
    const listed = async () =>
      (await (await fetch(`${stories.forum.address}/votaciones`)).text()).includes(ballot.id);
    await until('the vote is in the list', listed, 30_000);
    await stories.open(phone, '/');
    await until('the sheet is on the phone', () => copied(page('/sin-senal')), 30_000);
    await phone.context.setOffline(true);
    await phone.page.goto(stories.forum.address + page('/sin-senal'));
    expect(await screen(phone)).toContain('Abre esta página una vez con señal, con tu sesión.');
    expect(await phone.page.getByRole('button', { name: 'Empezar a votar' }).count()).toBe(0);
    // What is asked can be read.
    expect(await screen(phone)).toContain('Artículo 1. Reconocimiento');
  });
});

it('without scripts the page says where one votes, and shows no sheet', async () => {
  const still = await stories.phone({ javaScriptEnabled: false });
  await stories.enters(still, 'rufino');
  await stories.open(still, page('/sin-senal'));
  expect(await screen(still)).toContain('Vota con señal, pregunta por pregunta.');
  expect(await still.page.getByRole('radio').count()).toBe(0);
  await still.context.close();
});

it('what he voted with signal in the meantime is not undone by what had waited on another phone', async () => {
  await stories.enters(phone, 'rufino');
  await stories.open(phone, page('/sin-senal'));
  await phone.context.setOffline(true);
  await fillIn([no, no, no, no]);
  await keep();
  await isKept();
  const free = await stories.world.as('rufino');
  await free.ballots.cast(await sheetOf(stories.db, ballot.id, 'si'));
  await phone.context.setOffline(false);
  await isReceived();
  expect(await inBox('rufino')).toEqual(Array(4).fill('si'));
});

it('the script of a vote stays under what a light page may have', async () => {
  await stories.enters(phone, 'rufino');
  for (const path of [page(), page('/sin-senal'), '/mi-espacio']) {
    await stories.open(phone, path);
    const src = await phone.page.locator('script[src^="/light."]').getAttribute('src');
    expect(brotliCompressSync(readFileSync(`public${src}`)).length).toBeLessThan(8_000);
  }
  const whole = await (await fetch(stories.forum.address + page('/sin-senal'))).text();
  expect(brotliCompressSync(whole).length).toBeLessThan(30_000);
});

it('the mark that something waits changes the script of who is signed in, and no public page', async () => {
  const as = async (cookie: string) => {
    const body = await (await fetch(`${stories.forum.address}/ayuda`, { headers: { cookie } })).text();
    return { body, script: /\/light\.\w+\.js/.exec(body)![0] };
  };
  await stories.enters(phone, 'rufino');
  const session = (await phone.context.cookies()).find(({ name }) => name === sessionCookie());
  const hers = `${session!.name}=${session!.value}`;
  const anybody = await as('');
  expect(await as('papeleta-espera=1')).toEqual(anybody);
  expect((await as(hers)).script).toBe(anybody.script);
  const marked = await as(`${hers}; papeleta-espera=1`);
  expect(marked.script).not.toBe(anybody.script);
  expect(marked.body).toContain('Tu voto espera señal');
});
