import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pipeline } from '~/server/http/pipeline';
import { runtime, setRuntime } from '~/server/runtime';
import { sessionCookie } from '~/server/session';
import '../support/runtime';

// Next as it answers: a page with scripts of its own, a piece of the API, open data.
const page =
  '<!DOCTYPE html><html><head><link rel="preload" as="script" href="/_next/x.js"/></head><body><h1>Agua</h1><script src="/_next/x.js" nonce="n"></script><script>self.__next_f=[]</script></body></html>';
function next(req: IncomingMessage, res: ServerResponse) {
  const api = req.url!.startsWith('/api/');
  res.setHeader('Content-Type', api ? 'application/json' : 'text/html; charset=utf-8');
  res.setHeader('X-Policy-Given', String(req.headers['content-security-policy'] !== undefined));
  res.end(api ? JSON.stringify({ words: 'agua '.repeat(300) }) : page);
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
beforeEach(() => setRuntime({ ...runtime(), config: { ...runtime().config, publicUrl: null } }));

const behindTls = (publicUrl: string) =>
  setRuntime({ ...runtime(), config: { ...runtime().config, publicUrl } });
const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(base + path, { redirect: 'manual', headers: { 'accept-encoding': 'identity', ...headers } });
const policyOf = (response: Response) =>
  Object.fromEntries(
    response.headers
      .get('content-security-policy')!
      .split('; ')
      .map((rule) => [rule.split(' ')[0]!, rule.split(' ').slice(1).join(' ')]),
  );
const workbench = '/borradores/5f0c1a52-9b7e-4d21-8a57-3d0c5a6be001/editar';
const everywhere = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-powered-by': null,
  'strict-transport-security': null,
};

describe('every answer', () => {
  it.each(['/', workbench, '/api/trpc/forum.face', '/api/open/document.json', '/nada', '/%E0%A4%A'])(
    '%s says how it is to be taken',
    async (path) => {
      const { headers } = await get(path);
      expect(Object.fromEntries(Object.keys(everywhere).map((name) => [name, headers.get(name)]))).toEqual(
        everywhere,
      );
    },
  );

  it('tells the browser to stay with TLS where the forum stands behind it, and only there', async () => {
    behindTls('https://foro.example.org');
    expect((await get('/')).headers.get('strict-transport-security')).toBe(
      'max-age=31536000; includeSubDomains',
    );
    expect(sessionCookie()).toMatch(/^__Secure-/);
    behindTls('http://foro.example.org');
    expect((await get('/')).headers.get('strict-transport-security')).toBeNull();
  });
});

describe('a light page', () => {
  it('admits one script, ours, by its path, and none of Next’s is in it', async () => {
    const response = await get('/planteamientos');
    const policy = policyOf(response);
    expect(policy['script-src']).toBe(`${base}/light.0abc.js`);
    expect(policy['default-src']).toBe("'none'");
    expect(policy['frame-ancestors']).toBe("'none'");
    expect(policy['form-action']).toBe("'self'");
    const body = await response.text();
    expect(body).not.toMatch(/_next|nonce|self\./);
    expect(body).toContain('<script src="/light.0abc.js" defer></script>');
    expect(response.headers.get('x-policy-given')).toBe('false');
  });

  it('names our script by the address that people type', async () => {
    behindTls('https://foro.example.org');
    expect(policyOf(await get('/'))['script-src']).toBe('https://foro.example.org/light.0abc.js');
  });

  it('takes no word of a Host that is none into its policy', async () => {
    const asked = { headers: { host: "x; script-src 'unsafe-inline'" } };
    const { headers } = await new Promise<IncomingMessage>((resolve, reject) => {
      request(base, asked, resolve).on('error', reject).end();
    });
    expect(headers['content-security-policy']).toContain('script-src http://invalid/light.0abc.js');
    expect(headers['content-security-policy']).not.toContain("script-src 'unsafe-inline'");
  });
});

describe('a workbench page', () => {
  it('admits scripts by a nonce, another for each visit, and never by their being inline', async () => {
    const [one, other] = [policyOf(await get(workbench)), policyOf(await get(workbench))];
    expect(one['script-src']).toMatch(/^'nonce-[A-Za-z0-9+/]{22}==' 'strict-dynamic'$/);
    expect(one['script-src']).not.toBe(other['script-src']);
    expect(one['connect-src']).toBe(`'self' ${base.replace('http', 'ws')}`);
  });
});

describe('what may be kept', () => {
  const kept = async (path: string, headers = {}) => (await get(path, headers)).headers.get('cache-control');
  const signedIn = () => ({ cookie: `${sessionCookie()}=x` });

  it('is a light page and open data, for who is not signed in, and only after asking again', async () => {
    for (const path of ['/', '/documento', '/api/open/document.json'])
      expect([path, await kept(path)]).toEqual([path, 'public, max-age=0, must-revalidate']);
  });

  it('is nothing of who is signed in, no workbench, no procedure, no answer to a form', async () => {
    for (const path of ['/', '/documento', workbench, '/api/trpc/forum.home'])
      expect([path, await kept(path, signedIn())]).toEqual([path, 'private, no-store']);
    for (const path of [workbench, '/api/trpc/forum.home'])
      expect([path, await kept(path)]).toEqual([path, 'private, no-store']);
    const posted = await fetch(`${base}/documento`, { method: 'POST', body: 'x', headers: { origin: base } });
    expect(posted.headers.get('cache-control')).toBe('private, no-store');
  });

  it('is answered with 304 and no bytes to who has it', async () => {
    const first = await get('/documento');
    const again = await get('/documento', { 'if-none-match': first.headers.get('etag')! });
    expect([again.status, await again.text()]).toEqual([304, '']);
    const signed = await get('/documento', { ...signedIn(), 'if-none-match': first.headers.get('etag')! });
    expect([signed.status, signed.headers.get('etag')]).toEqual([200, null]);
  });

  it('is compressed as the phone takes it, and says that it differs by that and by who asks', async () => {
    for (const encoding of ['br', 'gzip'] as const) {
      const { headers } = await get('/api/open/document.json', { 'accept-encoding': encoding });
      expect(headers.get('content-encoding')).toBe(encoding);
      expect(headers.get('vary')).toBe('Accept-Encoding, Cookie');
    }
  });
});

describe('the API', () => {
  it('may not be shown as a page, framed, or run', async () => {
    const response = await get('/api/open/document.json');
    expect(response.headers.get('content-security-policy')).toBe(
      "default-src 'none'; frame-ancestors 'none'",
    );
  });
});
