import { readFileSync } from 'node:fs';
import { beforeEach, expect, it, vi } from 'vitest';
import { until } from '../support/clients';
import { buildDraft } from '../support/drafts';
import { type Name, type Phone, phoneStories, screen } from '../support/phones';

const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
vi.setConfig({ testTimeout: 180_000 });
const stories = phoneStories();

const phones: Phone[] = [];
beforeEach(() => async () => {
  for (const { context } of phones.splice(0)) await context.close();
});
async function of(name: Name): Promise<Phone> {
  const phone = await stories.phone();
  phones.push(phone);
  await stories.enters(phone, name);
  return phone;
}
async function begin(text: string): Promise<string> {
  return (await buildDraft(stories.db, stories.world.mesaAgua.id, { text })).id;
}
const write = async (phone: Phone, id: string) => {
  await phone.page.goto(`${stories.forum.address}/borradores/${id}/editar`);
  await phone.page.waitForSelector('#f-text:not([readonly]), .rich[contenteditable=true]');
};
const rich = async (phone: Phone, id: string) => {
  await write(phone, id);
  await phone.page.getByLabel('Con formato').check();
  await phone.page.waitForSelector('.rich[contenteditable=true]');
};
const saved = ({ page }: Phone) => page.waitForSelector('[data-saving=saved]');
const press = ({ page }: Phone, name: string) => page.getByRole('button', { name, exact: true }).click();
const plain = ({ page }: Phone) => page.inputValue('#f-text');
const html = ({ page }: Phone) =>
  page.locator('.rich').evaluate((field) => {
    const copy = field.cloneNode(true) as Element;
    for (const left of copy.querySelectorAll('br')) left.remove();
    return copy.innerHTML;
  });

it('a title, points and bold words: one writes with formatting, one without, and it is read as it was meant', async () => {
  const id = await begin('Agua limpia\nPedimos un reservorio.\n');
  const [nieves, rufino] = [await of('nieves'), await of('rufino')];
  await Promise.all([rich(nieves, id), write(rufino, id)]);
  const { page } = nieves;
  await page.locator('.rich p').first().click();
  await press(nieves, 'Título');
  await until('it is a title', async () => (await html(nieves)).startsWith('<h2>Agua limpia</h2>'));
  expect(await page.getByRole('button', { name: 'Título' }).getAttribute('aria-pressed')).toBe('true');

  // A point at the end, and one more with Enter; an empty one ends the list.
  await page.keyboard.press('Control+End');
  await press(nieves, 'Lista');
  await page.keyboard.type('Un pozo');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+b');
  await page.keyboard.type('Una prueba');
  await page.keyboard.press('Control+b');
  await page.keyboard.type(' cada mes');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Fin.');
  await until('Rufino has it as words', async () =>
    (await plain(rufino)).startsWith(
      'Agua limpia\nPedimos un reservorio.\nUn pozo\nUna prueba cada mes\nFin.',
    ),
  );

  // He writes behind the title, in the plain field: it stays a title, and her caret stays at its word.
  await rufino.page.locator('#f-text').evaluate((field: HTMLTextAreaElement) => {
    field.focus();
    field.setSelectionRange(11, 11);
  });
  await rufino.page.keyboard.press('Enter');
  await rufino.page.keyboard.type('Para todas.');
  await until('she sees it', async () =>
    (await html(nieves)).startsWith('<h2>Agua limpia</h2><p>Para todas.</p>'),
  );
  await page.keyboard.type(' Gracias.');
  await until('it stands where she was', async () => (await plain(rufino)).includes('Fin. Gracias.'));

  // Undo is one's own.
  await page.keyboard.press('Control+z');
  await until('only hers is taken back', async () => !(await plain(rufino)).includes('Gracias'));
  expect(await plain(rufino)).toContain('Para todas.');
  await press(nieves, 'Rehacer');
  await until('and stands again', async () => (await plain(rufino)).includes('Fin. Gracias.'));

  // A link to the library, from the list.
  await page.getByLabel('Enlace a la biblioteca').selectOption({ index: 1 });
  await until('the link is there', async () => (await html(nieves)).includes('<a href="/biblioteca/'));
  await Promise.all([saved(nieves), saved(rufino)]);
  await stories.open(rufino, `/borradores/${id}`);
  const read = await rufino.page.locator('.written').innerHTML();
  expect(read).toMatch(/<h2[^>]*>Agua limpia<\/h2><p[^>]*>Para todas\.<\/p>/);
  expect(read).toMatch(/<ul><li[^>]*>Un pozo<\/li><li[^>]*><b>Una prueba<\/b> cada mes<\/li><\/ul>/);
  expect(read).toContain('<a href="/biblioteca/');
});

it('the toolbar is one stop for the keyboard, fits a small phone, and the choice is remembered', async () => {
  const id = await begin('Uno\n');
  const nieves = await of('nieves');
  await nieves.page.setViewportSize({ width: 360, height: 640 });
  await rich(nieves, id);
  const { page } = nieves;
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  const small = await page
    .locator('.tool')
    .evaluateAll((all) =>
      all.map((one) => one.getBoundingClientRect()).filter(({ width, height }) => width < 44 || height < 48),
    );
  expect(small).toEqual([]);
  expect(await page.locator('[role=toolbar] [tabindex="0"]').count()).toBe(1);
  await page.locator('[role=toolbar] button').first().focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  expect(await page.evaluate(() => document.activeElement!.textContent)).toBe('Lista');
  await page.keyboard.press('End');
  expect(await page.evaluate(() => document.activeElement!.tagName)).toBe('SELECT');
  await page.evaluate(axe);
  const problems = await page.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: typeof import('axe-core') }).axe.run(document);
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id }) => id);
  });
  expect(problems).toEqual([]);
  const field = page.getByRole('textbox', { name: 'Texto del borrador' });
  expect(await field.getAttribute('aria-multiline')).toBe('true');
  await page.reload();
  await page.waitForSelector('.rich[contenteditable=true]');
  await page.getByLabel('Texto simple').check();
  await page.waitForSelector('#f-text:not([readonly])');
  expect(await plain(nieves)).toBe('Uno\n');
});

it('a word that is being composed is not disturbed, and what is pasted comes as lines and points', async () => {
  const id = await begin('Pedimos .\n');
  const [nieves, rufino] = [await of('nieves'), await of('rufino')];
  await Promise.all([rich(nieves, id), write(rufino, id)]);
  const { page } = nieves;
  await page.locator('.rich p').first().click();
  await page.keyboard.press('Home');
  for (let i = 0; i < 8; i++) await page.keyboard.press('ArrowRight');
  const cdp = await nieves.context.newCDPSession(page);
  await cdp.send('Input.imeSetComposition', { text: 'ni', selectionStart: 2, selectionEnd: 2 });
  await until('he reads what she composes', async () => (await plain(rufino)).startsWith('Pedimos ni.'));
  await rufino.page.locator('#f-text').focus();
  await rufino.page.keyboard.press('Control+Home');
  await rufino.page.keyboard.type('Hoy: ');
  await saved(rufino);
  expect(await html(nieves)).toContain('<p>Pedimos ni.</p>');
  await cdp.send('Input.insertText', { text: 'niño' });
  await until('both are there', async () => (await plain(rufino)).startsWith('Hoy: Pedimos niño.'));
  await until('for her as well', async () => (await html(nieves)).startsWith('<p>Hoy: Pedimos niño.</p>'));

  await page.keyboard.press('Control+End');
  await page.locator('.rich').evaluate((field) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData(
      'text/html',
      '<h1 style="color:red">Título</h1><p>uno<br>dos</p><ul><li><p>punto</p></li></ul><p><a href="https://example.org/">fuera</a><img src="x"></p>',
    );
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  });
  await until('he has the words', async () =>
    (await plain(rufino)).includes('Título\nuno\ndos\npunto\nfuera'),
  );
  expect(await html(nieves)).toContain(
    '<h2>Título</h2><p>uno</p><p>dos</p><ul><li>punto</li></ul><p>fuera</p>',
  );
  await Promise.all([saved(nieves), saved(rufino)]);
});

it('what is pasted in the moment in which the caret moves stands where the caret is', async () => {
  const id = await begin('Uno\nDos\n');
  const nieves = await of('nieves');
  await rich(nieves, id);
  await nieves.page.locator('.rich p').first().click();
  await nieves.page.locator('.rich').evaluate((field) => {
    getSelection()!.collapse(field.querySelectorAll('p')[1]!.firstChild, 3);
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', ' juntos');
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  });
  await until('it is there', async () => (await html(nieves)).includes('juntos'));
  expect(await html(nieves)).toContain('<p>Dos juntos</p>');
});

it('what somebody else took away lies on the page, and is put back for all', async () => {
  const id = await begin('Pedimos: ');
  const [nieves, rufino] = [await of('nieves'), await of('rufino')];
  await Promise.all([rich(nieves, id), write(rufino, id)]);
  await nieves.page.locator('.rich').click();
  await nieves.page.keyboard.press('Control+End');
  await nieves.page.keyboard.type('agua limpia para lavar');
  await until('he reads it', async () => (await plain(rufino)).endsWith('para lavar'));
  await rufino.page.fill('#f-text', 'Pedimos: nada');
  await nieves.page.waitForSelector('[data-tray] blockquote');
  expect(await nieves.page.locator('[data-tray] blockquote').innerText()).toContain('agua limpia para lavar');
  expect(await screen(rufino)).not.toContain('Palabras tuyas');
  // She writes far below the tray: a line that stays in sight, above the bar, leads there.
  const [cue, bar] = [
    await nieves.page.locator('.cue').boundingBox(),
    await nieves.page.locator('.nav').boundingBox(),
  ];
  expect(cue!.y + cue!.height).toBeLessThanOrEqual(bar!.y);
  await nieves.page.locator('.cue').click();
  await nieves.page.waitForFunction(() => document.activeElement?.id === 'tray');
  await press(nieves, 'Devolver al texto');
  await nieves.page.waitForFunction(
    () => document.activeElement?.matches('textarea, [contenteditable=true]') === true,
  );
  await until('he reads it again', async () => (await plain(rufino)).includes('agua limpia para lavar'));
  await until('the tray is empty', async () => (await nieves.page.locator('[data-tray]').count()) === 0);
});

const size = { width: 360, height: 640 };
/** A network as in a village: slow, and with a long way to go. */
async function slow({ context, page }: Phone): Promise<void> {
  await page.setViewportSize(size);
  page.setDefaultTimeout(60_000);
  const cdp = await context.newCDPSession(page);
  const rate = 60_000;
  await cdp.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 150,
    downloadThroughput: rate,
    uploadThroughput: rate,
  });
}
/** Everything that the changes on this phone say to who looks into it. */
const changes = ({ page }: Phone) =>
  page.evaluate(async () => {
    const known = await indexedDB.databases();
    if (!known.some(({ name }) => name === 'cambios')) return [];
    const all = await new Promise<{ key: string; value: string }[]>((resolve, fail) => {
      const asked = indexedDB.open('cambios');
      asked.onerror = () => fail(asked.error);
      asked.onsuccess = () => {
        const cursor = asked.result.transaction('cambios').objectStore('cambios').openCursor();
        const found: { key: string; value: string }[] = [];
        cursor.onsuccess = () => {
          if (!cursor.result) {
            asked.result.close();
            return resolve(found);
          }
          found.push({
            key: String(cursor.result.key),
            value: new TextDecoder().decode(cursor.result.value),
          });
          cursor.result.continue();
        };
      };
    });
    return all;
  });
const clean = (phone: Phone) =>
  until('nothing lies on the phone', async () => (await changes(phone)).length === 0);
const keptHere = ({ page }: Phone) =>
  page.getByText(/Guardado en este celular: \d+ cambios? por enviar\./).waitFor();
/** No network, and the page has noticed: what is typed before that may still go out, and then nothing waits. */
async function away(phone: Phone): Promise<void> {
  await phone.context.setOffline(true);
  await phone.page.waitForSelector('[data-saving=offline]');
}
/** Writes at the end of the plain field, without a network, and sees that it lies on the phone. */
async function writeOffline(phone: Phone, id: string, words: string): Promise<void> {
  await write(phone, id);
  await away(phone);
  await phone.page.locator('#f-text').focus();
  await phone.page.keyboard.press('Control+End');
  await phone.page.keyboard.type(words);
  await keptHere(phone);
}
async function come(phone: Phone, path: string): Promise<void> {
  await phone.page.close();
  phone.page = await phone.context.newPage();
  phone.page.setDefaultTimeout(60_000);
  await phone.context.setOffline(false);
  await phone.page.goto(stories.forum.address + path);
}

it('nothing can be typed before the text has come, since its coming would take it away', async () => {
  const id = await begin('Pedimos agua.\n');
  const nieves = await of('nieves');
  let told = false;
  let come = () => {};
  const later = new Promise<void>((resolve) => {
    come = resolve;
  });
  await nieves.page.routeWebSocket(/\/yjs\//, (socket) => {
    const forum = socket.connectToServer();
    forum.onMessage(async (frame) => {
      // The right to write (2/18) comes at once; the text (2/20, or 0/1) takes its time.
      if ((frame[0] === 0 && frame[1] === 1) || (frame[0] === 2 && frame[1] === 20)) await later;
      socket.send(frame);
      told ||= frame[0] === 2 && frame[1] === 18;
    });
  });
  await nieves.page.goto(`${stories.forum.address}/borradores/${id}/editar`);
  await until('she may write', () => told, 15_000);
  expect(await nieves.page.locator('#f-text:not([readonly])').count()).toBe(0);
  come();
  await nieves.page.waitForSelector('#f-text:not([readonly])');
  await nieves.page.locator('#f-text').focus();
  await nieves.page.keyboard.press('Control+End');
  await nieves.page.keyboard.type('Un pozo.');
  await saved(nieves);
  expect(await plain(nieves)).toBe('Pedimos agua.\nUn pozo.');
});

it('one goes off for a day with the page closed, and comes back: merged, nothing lost, nothing left on the phone', async () => {
  const id = await begin('Pedimos agua.\n');
  const [nieves, rufino] = [await of('nieves'), await of('rufino')];
  await Promise.all([slow(nieves), slow(rufino)]);
  await writeOffline(nieves, id, 'Un pozo en cada cancha.');
  const lies = await changes(nieves);
  expect(lies.length).toBeGreaterThan(0);
  expect(JSON.stringify(lies)).not.toMatch(new RegExp(`pozo|Nieves|${id}`));
  await nieves.page.close({ runBeforeUnload: true });

  await write(rufino, id);
  await rufino.page.locator('#f-text').focus();
  await rufino.page.keyboard.press('Control+Home');
  await rufino.page.keyboard.type('Todas: ');
  await saved(rufino);

  // She opens any page of the forum, and her words go.
  await come(nieves, '/planteamientos');
  await nieves.page.getByText('Recibido. Tus cambios ya están en el borrador.').waitFor();
  await until(
    'both are in his text',
    async () => (await plain(rufino)) === 'Todas: Pedimos agua.\nUn pozo en cada cancha.',
  );
  await clean(nieves);

  // The same by the editor itself.
  await writeOffline(nieves, id, ' Y una prueba.');
  await come(nieves, `/borradores/${id}/editar`);
  await until('he has it', async () => (await plain(rufino)).endsWith('cancha. Y una prueba.'));
  await clean(nieves);
});

it('whoever signs in on the same phone sends nothing of hers, and sees nothing of it; it waits for her', async () => {
  const id = await begin('');
  const shared = await of('nieves');
  await writeOffline(shared, id, 'Palabras de Nieves.');
  await stories.enters(shared, 'rufino');
  await come(shared, '/planteamientos');
  await stories.open(shared, `/borradores/${id}/editar`);
  await shared.page.waitForSelector('#f-text:not([readonly])');
  expect(await plain(shared)).toBe('');
  expect(await screen(shared)).not.toMatch(/Palabras de Nieves|por enviar/);
  expect((await changes(shared)).length).toBeGreaterThan(0);
  await stories.enters(shared, 'nieves');
  await stories.open(shared, `/borradores/${id}`);
  await shared.page.getByText('Recibido. Tus cambios').waitFor();
  await clean(shared);
});

it('signing out asks about what waits: it is deleted, or sent first', async () => {
  const id = await begin('');
  const nieves = await of('nieves');
  await writeOffline(nieves, id, 'Lo borro.');
  // The network is there again, and the forum does not answer on its socket.
  await nieves.page.close();
  nieves.page = await nieves.context.newPage();
  await nieves.context.setOffline(false);
  await nieves.page.routeWebSocket(/\/yjs\//, (socket) => socket.close());
  const out = async () => {
    await stories.open(nieves, '/planteamientos');
    await nieves.page.getByText('Tienes 1 cambio de un borrador por enviar.').waitFor();
    await nieves.page.locator('form[action="/salir"] button').click();
    await nieves.page.locator('#salir').waitFor();
  };
  await out();
  await press(nieves, 'Borrar y salir');
  await nieves.page.waitForURL(`${stories.forum.address}/`);
  await clean(nieves);

  await stories.enters(nieves, 'nieves');
  const other = nieves.page;
  nieves.page = await nieves.context.newPage();
  await writeOffline(nieves, id, 'Lo mando.');
  await nieves.page.close();
  nieves.page = other;
  await nieves.context.setOffline(false);
  await out();
  const later = await nieves.context.newPage();
  later.setDefaultTimeout(15_000);
  nieves.page = later;
  await stories.open(nieves, '/ayuda');
  await clean(nieves);
  const rufino = await of('rufino');
  await stories.open(rufino, `/borradores/${id}`);
  const text = await rufino.page.locator('.written').innerText();
  expect(text).toBe('Lo mando.');
});

it('the quick exit takes what waits with it', async () => {
  const id = await begin('');
  const nieves = await of('nieves');
  await writeOffline(nieves, id, 'Nadie lo ve.');
  await nieves.context.setOffline(false);
  await nieves.page.locator('a[data-exit]').click({ noWaitAfter: true });
  await until('she has left', () => !nieves.page.url().startsWith(stories.forum.address));
  await stories.open(nieves, '/ayuda');
  await clean(nieves);
});

it('of a space that is not open nothing is kept on the phone, and the page says to stay', async () => {
  const { casaFlor } = stories.world;
  const { id } = await buildDraft(stories.db, casaFlor.id, { text: '' });
  const ysabel = await of('ysabel');
  await write(ysabel, id);
  await away(ysabel);
  await ysabel.page.locator('#f-text').focus();
  await ysabel.page.keyboard.type('Solo entre nosotras.');
  await ysabel.page
    .getByText('Tus palabras están en este celular. No cierres esta página.')
    .first()
    .waitFor();
  expect(await changes(ysabel)).toEqual([]);
  await ysabel.context.setOffline(false);
  await saved(ysabel);
  expect(await changes(ysabel)).toEqual([]);
});
