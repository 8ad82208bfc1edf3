import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { concerns } from '~/db/schema/concerns';
import { type Answer, httpForum, inside } from '../support/http';
import { forumWorld } from '../support/people';

const http = httpForum();
let world: Awaited<ReturnType<typeof forumWorld>>;
let sabina: string;
beforeAll(async () => {
  world = await forumWorld(http.db);
  sabina = world.people.sabina.id;
}, 120_000);

const raised = (over: Record<string, unknown> = {}) => ({
  key: randomUUID(),
  words: 'Lavamos con agua de la mina. Se nos parte la piel.',
  areas: ['agua'],
  place: '21',
  barrier: 'otro',
  ...over,
});
const spanish = /[¡¿áéíóúñ]|\b(el|la|lo|los|las|de|que|no|es|un|una|aquí|página)\b/i;

/** Told in a sentence of ours, and nothing of the inside. */
function civil(answer: Answer, status: number | number[]) {
  expect([status].flat()).toContain(answer.status);
  expect(answer.body).not.toMatch(inside);
  expect(JSON.stringify(answer.headers)).not.toMatch(inside);
  if (answer.body && answer.status >= 400) expect(answer.body).toMatch(spanish);
}
const problemOf = (answer: Answer) =>
  JSON.parse(answer.body).error as {
    message: string;
    data: { code: string; fields: Record<string, string> };
  };

describe('too much', () => {
  const tenMegabytes = Buffer.alloc(10 * 1024 * 1024, 'a');

  it.each(['/planteamientos/nuevo', '/entrar', '/api/trpc/concerns.raise', '/api/auth/signin', '/'])(
    '10 MB at %s are refused in a sentence',
    async (path) => {
      const answer = await http.ask(path, sabina, {
        body: tenMegabytes,
        headers: { 'content-type': 'application/json' },
      });
      civil(answer, 413);
    },
  );

  it('what does not say how much it is gets no further than its limit, and the forum goes on', async () => {
    const { hostname, port } = new URL(http.forum.address);
    const headers = { origin: http.forum.address, 'content-type': 'application/json' };
    const path = '/api/trpc/concerns.raise';
    const sent = request({ hostname, port, path, method: 'POST', headers });
    let written = 0;
    const outcome = new Promise<string>((resolve) => {
      sent.on('response', ({ statusCode }) => resolve(`answered ${statusCode}`));
      sent.on('error', () => resolve('cut off'));
      sent.on('close', () => resolve('cut off'));
    });
    // A piece at a time, and no more than 4 MB in all: what is tried out here must not hurt who tries it.
    const piece = Buffer.alloc(65_536, 'a');
    const pen = setInterval(() => {
      if (written >= 64 || sent.destroyed) return;
      written++;
      sent.write(piece);
    }, 40);
    try {
      expect(await outcome).toMatch(/cut off|answered 413/);
      expect(written).toBeLessThan(64);
    } finally {
      clearInterval(pen);
      sent.destroy();
    }
    civil(await http.ask('/'), 200);
  });

  it('an address of 5000 letters is refused', async () => {
    civil(await http.ask(`/planteamientos?q=${'a'.repeat(5000)}`), 414);
  });

  it('too many words come back with a sentence at their field', async () => {
    const answer = await http.call('concerns.raise', raised({ words: 'ay '.repeat(1000) }), sabina);
    civil(answer, 422);
    expect(problemOf(answer).data.fields.words).toMatch(/1[., {3}]?500/);
  });
});

describe('from elsewhere', () => {
  it.each(['https://otro.example', 'null', 'http://127.0.0.1:1'])(
    'a post from %s is refused',
    async (origin) => {
      for (const path of ['/planteamientos/nuevo', '/api/trpc/concerns.raise', '/salir']) {
        const body = JSON.stringify(raised());
        const headers = { origin, 'content-type': 'application/json' };
        civil(await http.ask(path, sabina, { body, headers }), 403);
      }
    },
  );

  it('a post with her cookie that names no origin is refused', async () => {
    const answer = await http.ask('/api/trpc/people.signOut', sabina, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
    });
    civil(answer, 403);
  });
});

describe('methods and addresses that are none', () => {
  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND'])('%s is refused', async (method) => {
    civil(await http.raw('/planteamientos', method), 405);
  });

  it.each([
    '/planteamientos/abc',
    '/planteamientos/1',
    "/planteamientos/'%20or%201=1--",
    '/planteamientos/%F0%9F%92%A7',
    '/planteamientos/00000000-0000-0000-0000-000000000000',
    '/planteamientos/5F0C1A52-9B7E-4D21-8A57-3D0C5A6BE001',
    '/borradores/abc',
    '/mesas/abc',
    '/articulo/abc',
    '/votaciones/abc',
    '/votaciones/abc/resultado',
    '/asociaciones/abc',
    '/asociaciones/abc/padron',
    '/revision/abc',
    '/documento/v/0',
    '/documento/v/-1',
    '/documento/v/99999999999999999999',
    '/documento/v/1e3',
    '/documento/v/1/art/x',
    '/biblioteca/..%2f..%2fpackage.json',
    '/biblioteca/constructor',
    '/biblioteca/__proto__',
    '/%00',
    '/%ff%fe',
    '/planteamientos/%E0%A4%A',
    '/../../etc/passwd',
    '/_next/static/../../package.json',
    '/.env',
    '/no-hay-tal-cosa',
  ])('%s is not there, said plainly', async (path) => {
    // Where one has to sign in first, one is sent there.
    civil(await http.raw(path), [307, 400, 404]);
    civil(await http.raw(path, 'GET', { cookie: await http.cookieOf(sabina) }), [400, 404]);
  });

  it.each([
    'page=-1',
    'page=abc',
    'page=1e9',
    'area=nada',
    'q=%00',
    'q=%F0%9F%92%A7',
    'q=%27%3B--',
    'page=1&page=2',
  ])('a list asked with %s is a list all the same', async (search) => {
    for (const path of ['/planteamientos', '/biblioteca', '/asociaciones', '/votaciones'])
      civil(await http.ask(`${path}?${search}`), 200);
  });
});

describe('the API', () => {
  const json = { 'content-type': 'application/json' };
  it.each([
    ['nothing at all', ''],
    ['half a word', '{"words": "agu'],
    ['a list', '[1,2,3]'],
    ['a number', '7'],
    ['null', 'null'],
    ['the wrong shapes', '{"words": {"a": 1}, "areas": "agua", "key": 5}'],
    ['a prototype', '{"__proto__": {"admin": true}, "constructor": {"prototype": {}}}'],
    ['a very deep thing', `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`],
    ['a very deep list', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
  ])('takes %s for what it is', async (_what, body) => {
    civil(await http.ask('/api/trpc/concerns.raise', sabina, { body, headers: json }), [400, 422]);
  });

  it.each(['text/plain', 'application/xml', 'application/x-www-form-urlencoded', 'multipart/form-data', 'x'])(
    'refuses a body of type %s',
    async (type) => {
      const body = JSON.stringify(raised());
      const answer = await http.ask('/api/trpc/concerns.raise', sabina, {
        body,
        headers: { 'content-type': type },
      });
      civil(answer, [400, 415, 422]);
    },
  );

  it.each([
    'concerns.nothing',
    'nothing',
    'concerns',
    'constructor',
    '__proto__.toString',
    'concerns.raise.deeper',
    'concerns.list,people.roles',
    '',
  ])('does not know «%s»', async (path) => {
    civil(await http.call(path, {}, null), [308, 400, 401, 404]);
  });

  it('does nothing when a command is only looked at', async () => {
    const answer = await http.look('concerns.raise', raised(), sabina);
    civil(answer, [400, 405]);
    expect(await http.db.$count(concerns)).toBe(0);
  });

  it('says every refusal in a sentence of the catalogue, at its field', async () => {
    const answer = await http.call(
      'concerns.raise',
      raised({ words: 'ay', barrier: 'x', areas: [] }),
      sabina,
    );
    civil(answer, 422);
    expect(Object.keys(problemOf(answer).data.fields).sort()).toEqual(['areas', 'barrier', 'words']);
  });
});

describe('words', () => {
  const words = [
    ['a script', '<script>alert(1)</script><img src=x onerror=alert(1)> agua'],
    ['marks that turn a line around', 'agua \u202Eodartnoc la\u202C limpia'],
    ['emoji', '💧💧 Falta agua en la quebrada 👩🏽‍🏭'],
    ['letters with their accents apart', 'Pallaqueras sin\u0301 agua n\u0303anduti'],
    ['control characters', 'agua\u0000\u0007 turbia en la poza'],
    ['quotes and entities', `"agua" & 'pozas' &lt;b&gt; \\u003cb\\u003e {{7*7}} \${7*7}`],
  ] as const;

  it.each(words)('%s are words like any other, and shown as words', async (_what, said) => {
    const answer = await http.call('concerns.raise', raised({ words: said }), sabina);
    expect(answer.status).toBe(200);
    const { id } = JSON.parse(answer.body).result.data as { id: string };
    const page = await http.ask(`/planteamientos/${id}`);
    expect(page.status).toBe(200);
    const bare = page.body.replace(/<script src="\/light\.[0-9a-f]+\.js" defer><\/script>/, '');
    expect(bare).not.toMatch(/<script|<img|[\u202A-\u202E\u2066-\u2069]/);
    expect(bare).not.toContain(String.fromCharCode(0));
    const [row] = await http.db.select().from(concerns).where(eq(concerns.id, id));
    expect(row!.words).toBe(row!.words.normalize('NFC'));
  });
});

describe('the same thing twice', () => {
  it('a concern sent twice, one after the other, is one concern and one answer', async () => {
    const input = raised();
    const first = await http.call('concerns.raise', input, sabina);
    const second = await http.call('concerns.raise', input, sabina);
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(second.body).toBe(first.body);
    expect(await http.db.$count(concerns, eq(concerns.id, input.key))).toBe(1);
  });

  it('a concern sent eight times at once is one concern', async () => {
    const input = raised();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => http.call('concerns.raise', input, sabina)),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
    expect(await http.db.$count(concerns, eq(concerns.id, input.key))).toBe(1);
  });

  it('another person with the same key is told nothing, and takes nothing', async () => {
    const input = raised();
    await http.call('concerns.raise', input, sabina);
    civil(await http.call('concerns.raise', input, world.people.tomasa.id), 404);
    expect(await http.db.$count(concerns, eq(concerns.id, input.key))).toBe(1);
  });

  it('a form sent twice without scripts is one concern', async () => {
    const fields = {
      words: 'En la quebrada no hay agua limpia.',
      areas: ['agua'],
      place: '21',
      barrier: 'otro',
    };
    const { send, filled } = await http.submitForm('/planteamientos/nuevo', sabina, 'name="words"', fields);
    const [first, second] = [await send(), await send()];
    expect([first.status, second.status]).toEqual([303, 303]);
    expect(second.headers.location).toBe(first.headers.location);
    expect(await http.db.$count(concerns, eq(concerns.id, String(filled.get('key'))))).toBe(1);
  });
});

describe('a form without scripts', () => {
  it('that lacks something is shown again with what was typed, each sentence at its field, and a 422', async () => {
    const typed = 'Pozas & «reservorio» <b>';
    const { send } = await http.submitForm('/planteamientos/nuevo', sabina, 'name="words"', {
      words: typed,
      areas: ['agua'],
      place: '',
      barrier: '',
    });
    const answer = await send();
    civil(answer, 422);
    expect(answer.body).toContain('Pozas &amp; «reservorio» &lt;b&gt;');
    expect(answer.body).toMatch(/aria-invalid="true"/);
    expect(answer.body.match(/role="alert"/g)!.length).toBeGreaterThan(0);
  });

  it('keeps in whose name and for whom behind one line, which stands open where something in it is to be mended', async () => {
    const folded = /<details class="dis"( open="")?>(?:(?!<\/details>)[\s\S])*name="audience"/;
    const plain = await http.ask('/planteamientos/nuevo', sabina);
    expect(folded.exec(plain.body)?.[1]).toBeUndefined();
    expect(plain.body).toContain('Si no cambias nada: Flor de Cuarzo, y todas y todos.');
    const fields = {
      words: 'En la quebrada no hay agua limpia.',
      areas: ['agua'],
      place: '21',
      barrier: 'otro',
    };
    const base = world.florDeCuarzo.id;
    for (const over of [
      { from: 'otra', audience: 'public' },
      // Nothing wrong with it: what she chose stays in sight while she mends the rest.
      { from: `${base} ${world.casaFlor.id}`, audience: 'space', place: '' },
    ]) {
      const { send } = await http.submitForm('/planteamientos/nuevo', sabina, 'name="words"', {
        ...fields,
        ...over,
      });
      const again = await send();
      civil(again, 422);
      expect(folded.exec(again.body)?.[1]).toBe(' open=""');
    }
  });

  it('whose action is unknown, or forged, does nothing and says so plainly', async () => {
    for (const name of ['$ACTION_ID_00', `$ACTION_ID_${'0'.repeat(42)}`, '$ACTION_REF_1', 'nada']) {
      const form = new FormData();
      form.set(name, '');
      form.set('words', 'Una cosa que nadie debe guardar.');
      const answer = await http.ask('/planteamientos/nuevo', sabina, { body: form });
      civil(answer, [400, 404, 409]);
    }
    const kept = eq(concerns.words, 'Una cosa que nadie debe guardar.');
    expect(await http.db.$count(concerns, kept)).toBe(0);
  });

  it('that is broken in the middle is refused', async () => {
    const answer = await http.ask('/planteamientos/nuevo', sabina, {
      body: '--x\r\nContent-Disposition: form-data; name="words"\r\n\r\nagua',
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
    });
    civil(answer, 400);
  });
});
