import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startKept } from '~/server/http/kept';
import { pipeline } from '~/server/http/pipeline';
import { sessionCookie } from '~/server/session';
import '../support/runtime';

// Next as it answers, and how often it was asked.
let asked = 0;
let words = 'Agua';
const filling = 'agua '.repeat(200);
function next(req: IncomingMessage, res: ServerResponse) {
  asked++;
  const form = req.url!.startsWith('/mesas') ? '<input type="hidden" name="key" value="1">' : '';
  if (req.url!.startsWith('/planteamientos')) res.statusCode = 422;
  if (req.url!.startsWith('/entrar')) res.setHeader('Set-Cookie', 'a=b');
  res.setHeader('Content-Type', 'text/html; charset=utf-8');
  res.end(`<!DOCTYPE html><html><head></head><body><h1>${words}</h1>${form}${filling}</body></html>`);
}
const server = createServer(
  pipeline({
    statics: (_req, _res, go) => go(),
    box: () => {},
    health: async () => {},
    next,
    script: () => '/light.0abc.js',
  }),
);
let base = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(async () => {
  await fetch(`${base}/`, { method: 'POST' });
  asked = 0;
  words = 'Agua';
});
const get = (path: string, headers: Record<string, string> = {}) => fetch(base + path, { headers });
const twice = async (path: string, headers: Record<string, string> = {}) => {
  await get(path, headers);
  await get(path, headers);
  return asked;
};

describe('a public page', () => {
  it('is made once for two who ask for it within a moment, to the last byte and header', async () => {
    const [first, second] = [await get('/documento'), await get('/documento')];
    expect(asked).toBe(1);
    const told = (response: Response) => [...response.headers].filter(([name]) => name !== 'date');
    expect(told(second)).toEqual(told(first));
    expect(await second.text()).toBe(await first.text());
    const known = await get('/documento', { 'if-none-match': first.headers.get('etag')! });
    expect([known.status, await known.text(), asked]).toEqual([304, '', 1]);
  });

  it('is the same whatever the phone can unpack', async () => {
    const texts = [];
    for (const encoding of ['br', 'gzip', 'identity', 'br'])
      texts.push(await (await get('/documento', { 'accept-encoding': encoding })).text());
    expect(new Set(texts).size).toBe(1);
    expect(asked).toBe(1);
  });

  it('is made anew as soon as something has been written', async () => {
    await get('/documento');
    words = 'Agua segura';
    await fetch(`${base}/planteamientos/nuevo`, { method: 'POST' });
    expect(await (await get('/documento')).text()).toContain('Agua segura');
  });

  it('is another in another language, with another question, under another name', async () => {
    await get('/documento');
    await get('/documento', { cookie: 'idioma=en' });
    await get('/documento?pagina=2');
    expect(asked).toBe(3);
  });
});

describe('a language said in a way that could be read otherwise', () => {
  it.each(['idioma=%65n', 'idioma=es; idioma=en', 'idioma="en"', 'xidioma=en', 'idioma=EN'])(
    '%s is not kept',
    async (cookie) => {
      expect(await twice('/documento', { cookie })).toBe(2);
    },
  );
});

describe('is never kept:', () => {
  it('what is made for who is signed in, and she is never given what was kept', async () => {
    await get('/documento');
    expect(await twice('/documento', { cookie: `idioma=es; ${sessionCookie()}=x` })).toBe(3);
  });
  it.each([
    ['a form with a key of its own', '/mesas'],
    ['a page that says what is wrong', '/planteamientos'],
    ['a page that sets something on the phone', '/entrar'],
    ['a workbench', '/borradores/5f0c1a52-9b7e-4d21-8a57-3d0c5a6be001/editar'],
    ['open data, which has tags of its own', '/api/open/document.json'],
  ])('%s', async (_what, path) => {
    expect(await twice(path)).toBe(2);
  });
});

describe('what is kept', () => {
  const answer = (size: number) => ({ headers: {}, body: Buffer.alloc(size), encoded: new Map() });
  it('has a bound, and what was made first goes first', () => {
    const kept = startKept({ bytesAtMost: 1000 });
    for (const key of ['a', 'b', 'c', 'd', 'e']) kept.put(key, answer(240), kept.moment());
    expect(['a', 'b', 'c', 'd', 'e'].filter((key) => kept.get(key))).toEqual(['b', 'c', 'd', 'e']);
    kept.put('large', answer(900), kept.moment());
    expect(kept.get('large')).toBeNull();
  });
  it('is not what was begun before something was written', () => {
    const kept = startKept();
    const begun = kept.moment();
    kept.forget();
    kept.put('a', answer(10), begun);
    expect(kept.get('a')).toBeNull();
  });
  it('is over after its moment', async () => {
    const kept = startKept({ ms: 20 });
    kept.put('a', answer(10), kept.moment());
    expect(kept.get('a')).not.toBeNull();
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(kept.get('a')).toBeNull();
  });
});
