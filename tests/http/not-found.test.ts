import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pipeline } from '~/server/http/pipeline';
import '../support/runtime';

// Next as it answers a page that says notFound(), and an address that it does not know.
const left =
  '<!DOCTYPE html><html id="__next_error__"><head></head><body><script>self.__next_f=[]</script></body></html>';
const asked: { method: string; url: string; cookie: string | undefined; body: string | undefined }[] = [];
function next(req: IncomingMessage, res: ServerResponse) {
  const { 'content-type': body, cookie } = req.headers;
  asked.push({ method: req.method!, url: req.url!, cookie, body });
  res.setHeader('Content-Type', 'text/html; charset=utf-8');
  res.statusCode = req.url === '/aqui' ? 200 : 404;
  const unseen = req.url!.startsWith('/planteamientos/');
  res.write(
    unseen
      ? left
      : `<!DOCTYPE html><html><head></head><body><h1>No encontramos esta página.</h1>${cookie}</body></html>`,
  );
  return new Promise<void>((resolve) => {
    res.once('finish', resolve);
    res.end();
  });
}
const server = createServer(
  pipeline({
    statics: (_req, _res, go) => go(),
    box: () => {},
    health: async () => {},
    next,
    script: () => '/light.x.js',
  }),
);
let base = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
const get = (path: string, init?: RequestInit) =>
  fetch(base + path, {
    ...init,
    headers: { cookie: 'idioma=es', 'accept-encoding': 'identity', ...init?.headers },
  });

describe('a concern that Rufino may not see', () => {
  it('is answered with a page that can be read without scripts, the same as for one that is not there', async () => {
    const unseen = await get('/planteamientos/secreto');
    const missing = await get('/no-hay');
    expect([unseen.status, missing.status]).toEqual([404, 404]);
    const page = await unseen.text();
    expect(page).toBe(await missing.text());
    expect(page).toContain('No encontramos esta página');
    // For the same reader: her language is in her cookie.
    expect(page).toContain('idioma=es');
    expect(unseen.headers.get('content-security-policy')).toBe(
      missing.headers.get('content-security-policy'),
    );
    expect(unseen.headers.get('content-length')).toBe(missing.headers.get('content-length'));
  });

  it('the same after a form, which is not sent again', async () => {
    asked.length = 0;
    const posted = await get('/planteamientos/secreto', {
      method: 'POST',
      body: 'a=1',
      headers: { origin: base, 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect([posted.status, await posted.text()]).toEqual([404, expect.stringContaining('No encontramos')]);
    expect(asked.map((one) => [one.method, one.body])).toEqual([
      ['POST', 'application/x-www-form-urlencoded'],
      ['GET', undefined],
    ]);
  });

  it('while a page that is there is sent as it is', async () => {
    asked.length = 0;
    expect((await get('/aqui')).status).toBe(200);
    expect(asked).toHaveLength(1);
  });
});
