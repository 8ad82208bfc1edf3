import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sentence } from '~/messages/catalogue';
import { compress } from '~/server/http/encode';
import { pipeline } from '~/server/http/pipeline';
import { scopeHeader, scopes } from '~/server/http/scope';
import { batchAtMost, heavy, weightOf } from '~/server/http/weight';
import { forumRouter } from '~/server/root';
import '../support/runtime';

// Next as it answers: short, or more than can be held.
let asked = 0;
function next(req: IncomingMessage, res: ServerResponse) {
  asked++;
  const api = req.url!.startsWith('/api/');
  res.setHeader('Content-Type', api ? 'application/json' : 'text/html; charset=utf-8');
  if (req.url!.includes('formulario')) scopes().get(String(req.headers[scopeHeader]))!.status = 422;
  if (!req.url!.includes('demasiado')) return void res.end(api ? '{}' : '<!DOCTYPE html><html></html>');
  res.write(api ? '{"zarzamora": "' : '<!DOCTYPE html><html>');
  for (let mb = 0; mb < 17; mb++) res.write('zarzamora '.repeat(104_858));
  res.end();
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

describe('a batch of questions', () => {
  const batch = async (...names: string[]) =>
    (await fetch(`${base}/api/trpc/${names.join(',')}?batch=1`)).status;

  it('may hold ten small ones, or one long one with little beside it', async () => {
    expect(await batch(...Array<string>(10).fill('forum.face'))).toBe(200);
    expect(await batch('concerns.open')).toBe(200);
    expect(await batch('concerns.open', 'forum.face')).toBe(200);
  });

  it('is refused before anything is asked where it weighs more', async () => {
    asked = 0;
    expect(await batch('concerns.open', 'concerns.open')).toBe(413);
    expect(await batch('document.canonical', 'document.printable', 'forum.face')).toBe(413);
    expect(await batch(...Array<string>(11).fill('forum.face'))).toBe(413);
    // As a browser would write the comma.
    expect((await fetch(`${base}/api/trpc/concerns.open%2Cconcerns.open?batch=1`)).status).toBe(413);
    expect(asked).toBe(0);
  });

  it('weighs no less at the open door than at the other, in whatever form it leaves', () => {
    for (const path of [
      '/api/open/concerns.json',
      '/api/open/document.json',
      '/api/open/document.pdf',
      '/api/open/document/v2.docx',
    ])
      expect(weightOf(path)).toEqual({ asked: 1, weight: 8 });
    expect(weightOf('/documento')).toEqual({ asked: 1, weight: 1 });
  });

  it('is weighed by names that are there, none of which is too heavy alone', () => {
    const names = Object.keys(forumRouter._def.procedures);
    for (const [name, weight] of Object.entries(heavy)) {
      expect(names).toContain(name);
      expect(weight).toBeLessThanOrEqual(batchAtMost);
    }
    expect(weightOf('/documento')).toEqual({ asked: 1, weight: 1 });
  });
});

describe('an answer that is too long to hold', () => {
  it.each(['/documento?demasiado', '/planteamientos/nuevo?demasiado&formulario'])(
    'is none: %s is the calm page',
    async (path) => {
      const answer = await fetch(base + path);
      const body = await answer.text();
      expect(answer.status).toBe(500);
      expect(body).toContain(sentence('es', 'failures.failed'));
      expect(body).not.toContain('zarzamora');
    },
  );

  it('says so to a program too', async () => {
    const answer = await fetch(`${base}/api/open/concerns.json?demasiado`);
    expect([answer.status, await answer.json()]).toEqual([500, { error: sentence('es', 'failures.failed') }]);
  });
});

describe('compressing', () => {
  const of = (body: Buffer) => {
    const res = { hasHeader: () => false, getHeader: () => 'application/json', setHeader: () => {} };
    const req = { headers: { 'accept-encoding': 'br' } };
    return compress(req as unknown as IncomingMessage, res as unknown as ServerResponse, body);
  };

  it('a long answer happens beside the event loop, a short one at once', async () => {
    const long = Buffer.from(randomBytes(600_000).toString('hex'));
    const sent = of(long);
    expect(sent).toBeInstanceOf(Promise);
    expect((await promisify(brotliDecompress)(await sent)).equals(long)).toBe(true);
    expect(of(Buffer.from('agua '.repeat(2000)))).toBeInstanceOf(Buffer);
  });
});
