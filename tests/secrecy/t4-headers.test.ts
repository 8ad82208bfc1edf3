import { beforeAll, describe, expect, it } from 'vitest';
import { whoCookie } from '~/server/session';
import { buildDraft } from '~/tests/support/drafts';
import { type Answer, httpForum } from '~/tests/support/http';
import { forumWorld } from '~/tests/support/people';

// The whole set of headers of each class of answer, as it must be: one more or one less is seen here.
const http = httpForum();
let world: Awaited<ReturnType<typeof forumWorld>>;
let draft: string;
beforeAll(async () => {
  world = await forumWorld(http.db);
  draft = (await buildDraft(http.db, world.mesaAgua.id, { text: 'Agua.' })).id;
}, 120_000);

const left = new Set([
  'date',
  'etag',
  'connection',
  'keep-alive',
  'content-length',
  'transfer-encoding',
  'last-modified',
]);
/** What changes from start to start (port, contents' hashes) or from page to page (nonce) has a name of its own. */
function headersOf({ status, headers }: Answer): Record<string, string | number> {
  const told = Object.entries(headers).filter(([name]) => !left.has(name));
  const plain = (value: string) =>
    value
      .replaceAll(http.forum.address, 'FORUM')
      .replaceAll(http.forum.address.replace('http', 'ws'), 'SOCKET')
      .replace(/nonce(-|=")[A-Za-z0-9+/]{22}==/g, 'nonce$1N')
      .replace(/\.[0-9a-f]{12}\./g, '.HASH.')
      .replace(/\/_next\/static\/\S+?\.css/g, 'CSS');
  return Object.fromEntries([['status', status], ...told.map(([name, value]) => [name, plain(value)])]);
}
const everywhere = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy':
    'accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};
const common =
  "default-src 'none'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; font-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'; worker-src 'self'";
const light = {
  ...everywhere,
  'content-security-policy': `${common}; script-src FORUM/light.HASH.js; connect-src 'self'; frame-src FORUM/clave.html`,
  'content-type': 'text/html; charset=utf-8',
  vary: 'Accept-Encoding, Cookie',
};
const empty = { 'content-security-policy': "default-src 'none'; frame-ancestors 'none'" };
const next = 'rsc, next-router-state-tree, next-router-prefetch, next-router-segment-prefetch';
const shared = { 'cache-control': 'public, max-age=0, must-revalidate' };
const own = { 'cache-control': 'private, no-store' };
const never = { 'cache-control': 'no-store' };

const get = async (path: string, who: string | null = null, headers: Record<string, string> = {}) =>
  headersOf(await http.ask(path, who, { headers: { 'accept-encoding': 'identity', ...headers } }));

describe('every header of', () => {
  it('a public page: it may be kept, and asked for again; one script runs, ours', async () => {
    expect(await get('/')).toEqual({ status: 200, ...light, ...shared });
  });

  it('a page of who is signed in, of what is not there, of what is printed: nobody keeps it', async () => {
    const { nieves, ysabel } = world.people;
    // The one page whose frame may ask for a voice (116): the page records, for the frame.
    const hears = everywhere['permissions-policy'].replace('microphone=()', 'microphone=(self)');
    expect(await get('/mi-espacio', nieves.id)).toEqual({
      ...{ status: 200, ...light, ...own },
      'permissions-policy': hears,
    });
    expect(await get('/', nieves.id)).toEqual({ status: 200, ...light, ...own });
    expect(await get('/no-hay')).toEqual({ status: 404, ...light, ...own });
    const cards = `/asociaciones/${world.florDeCuarzo.id}/tarjetas`;
    expect(await get(cards, ysabel.id)).toEqual({ status: 200, ...light, ...own });
    // Whose they are not is told what is told of nothing.
    expect(await get(cards, nieves.id)).toEqual(await get('/no-hay', nieves.id));
  });

  it('a workbench: scripts by a nonce, and a socket', async () => {
    expect(await get(`/borradores/${draft}/editar`, world.people.nieves.id)).toEqual({
      status: 200,
      ...light,
      ...own,
      'content-security-policy': `${common}; script-src 'nonce-N' 'strict-dynamic'; connect-src 'self' SOCKET`,
      link: '<CSS>; rel=preload; as="style"; nonce="N"',
    });
  });

  it('a procedure, and open data', async () => {
    const json = { ...everywhere, ...empty, 'content-type': 'application/json' };
    const vary = `${next}, trpc-accept, accept`;
    expect(await get('/api/trpc/forum.face')).toEqual({ status: 200, ...json, ...own, vary });
    expect(await get('/api/open/concerns.json')).toEqual({ status: 200, ...json, ...shared, vary: next });
    const signed = await get('/api/open/concerns.json', world.people.nieves.id);
    expect(signed).toEqual({ status: 200, ...json, ...own, vary: next });
  });

  it('the blind rooms: nothing of who asks, of a cookie, of a room', async () => {
    const headers = { origin: 'null', cookie: 'a=b', 'content-type': 'text/plain' };
    const body = Buffer.from('x');
    expect(headersOf(await http.ask('/api/box', null, { method: 'POST', body, headers }))).toEqual({
      status: 200,
      ...everywhere,
      ...empty,
      ...never,
      'access-control-allow-origin': '*',
      'content-type': 'application/octet-stream',
    });
  });

  it('the frame that knows the words: no origin, no network but the rooms’ door, nobody else’s page around it', async () => {
    const { 'x-frame-options': _shownByUs, ...rest } = everywhere;
    expect(await get('/clave.html')).toEqual({
      status: 200,
      ...rest,
      ...never,
      'content-security-policy':
        "sandbox allow-scripts; default-src 'none'; script-src FORUM/clave.HASH.js FORUM/clave.HASH.js FORUM/clave.HASH.js; style-src FORUM/clave.HASH.css; connect-src FORUM/api/box FORUM/api/open/released.json SOCKET/box; frame-ancestors FORUM; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
      'content-type': 'text/html;charset=utf-8',
      vary: 'Accept-Encoding',
    });
    const part = /\/clave\.\w+\.js/.exec((await http.ask('/clave.html')).body)![0];
    expect(await get(part)).toEqual({
      status: 200,
      ...everywhere,
      ...empty,
      'cache-control': 'public, max-age=31536000, immutable',
      'content-type': 'text/javascript',
      'cross-origin-resource-policy': 'cross-origin',
      vary: 'Accept-Encoding',
    });
  });

  it('the worker, the forum’s health, and what is refused', async () => {
    expect(await get('/sw.js')).toEqual({
      status: 200,
      ...everywhere,
      ...shared,
      'content-security-policy': "default-src 'none'; connect-src 'self'",
      'content-type': 'text/javascript',
      vary: 'Accept-Encoding',
    });
    const health = { ...everywhere, ...empty, ...never, 'content-type': 'application/json' };
    expect(await get('/api/health')).toEqual({ status: 200, ...health });
    const refused = { ...everywhere, ...empty, ...never, 'content-type': 'text/html; charset=utf-8' };
    expect(headersOf(await http.raw('/', 'DELETE'))).toEqual({ status: 405, ...refused });
    expect(await get('/api/box')).toEqual({ status: 405, ...refused });
  });

  it('a page for a session that is older than the mark of whose it is: the mark comes along, and nobody signs in anew', async () => {
    const { nieves } = world.people;
    const whole = await http.cookieOf(nieves.id);
    const session = whole.split('; ').find((one) => !one.startsWith(`${whoCookie}=`))!;
    const tag = /data-owner="([0-9a-f]{16})"/.exec((await http.ask('/', nieves.id)).body)![1];
    expect(whole).toBe(`${session}; ${whoCookie}=${tag}`);
    const mark = `${whoCookie}=${tag}; Max-Age=2592000; Path=/; SameSite=Lax`;
    const page = { status: 200, ...light, ...own };
    const shown = async (cookie: string, path = '/') => get(path, null, { cookie });
    expect(await shown(session)).toEqual({ ...page, 'set-cookie': mark });
    // Somebody else's who was here before; and her own.
    expect(await shown(`${session}; ${whoCookie}=0123456789abcdef`)).toEqual({
      ...page,
      'set-cookie': mark,
    });
    expect(await shown(whole)).toEqual(page);
    // Nobody has none, a session that is over gives none, and nothing but a page brings it.
    expect(await shown(`${whoCookie}=${tag}`)).toEqual({ status: 200, ...light, ...shared });
    expect(await shown(`${session}x`)).toEqual(page);
    for (const path of ['/no-hay', '/api/trpc/forum.face', '/api/open/concerns.json'])
      expect(Object.keys(await shown(session, path))).not.toContain('set-cookie');
  });

  it('the quick exit: elsewhere, the session over, what the browser keeps of us cleared', async () => {
    const { 'content-type': _none, ...rest } = light;
    const exit = await get('/salir', world.people.hilario.id, { 'sec-fetch-site': 'same-origin' });
    expect(exit).toEqual({
      status: 303,
      ...rest,
      ...own,
      'clear-site-data': '"cookies", "storage"',
      location: 'https://www.google.com/search?q=clima',
      'set-cookie': ['next-auth.session-token', 'quien']
        .map((name) => `${name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax`)
        .join(', '),
      vary: next,
    });
  });
});
