import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { pipeline } from '~/server/http/pipeline';
import '../support/runtime';

const asked: string[] = [];
const server = createServer(
  pipeline({
    statics: (_req, _res, go) => go(),
    box: (req, res) => {
      asked.push(`${req.method} ${req.url}`);
      res.end('bytes');
    },
    health: async () => {},
    next: (_req, res) => void res.end('next'),
    script: () => '/light.0abc.js',
  }),
);
let base = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

it('the blind rooms are asked from a frame of opaque origin, whatever cookie the browser has', async () => {
  const headers = { origin: 'null', cookie: 'a=b', 'content-type': 'text/plain' };
  const res = await fetch(`${base}/api/box`, { method: 'POST', headers, body: 'x' });
  expect([res.status, await res.text()]).toEqual([200, 'bytes']);
  expect(asked).toEqual(['POST /api/box']);
});

it('and by nothing but a post: no key ever stands in an address', async () => {
  const res = await fetch(`${base}/api/box?key=1`);
  expect(res.status).toBe(405);
  expect(asked).toHaveLength(1);
});
