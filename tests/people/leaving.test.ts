import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { localPath } from '~/app/_form/local-path';
import { GET, POST } from '~/app/salir/route';
import '../support/runtime';

// Called outside of Next there is no request to read a session from, as when the database does not answer.
beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
});
afterEach(() => {
  vi.restoreAllMocks();
});
const go = (headers: Record<string, string> = {}) =>
  GET(new Request('http://127.0.0.1/salir?rapido', { headers }));

describe('the quick exit', () => {
  it.each<Record<string, string>>([{}, { 'sec-fetch-site': 'none' }, { 'sec-fetch-site': 'same-origin' }])(
    'leads elsewhere and leaves nothing behind, even when nothing else works: %j',
    async (headers) => {
      const out = await go(headers);
      expect(out.status).toBe(303);
      expect(out.headers.get('location')).toBe('https://www.google.com/search?q=clima');
      expect(out.headers.get('clear-site-data')).toBe('"cookies", "storage"');
      for (const gone of ['next-auth.session-token', 'quien'])
        expect(out.headers.getSetCookie().join()).toContain(`${gone}=; Path=/; Max-Age=0`);
    },
  );

  it.each(['cross-site', 'same-site'])('is not forced on anybody by a page elsewhere (%s)', async (site) => {
    const out = await go({ 'sec-fetch-site': site });
    expect([out.status, out.headers.get('location')]).toEqual([303, '/']);
    expect([out.headers.get('clear-site-data'), out.headers.get('set-cookie')]).toEqual([null, null]);
  });

  it.each<Record<string, string>>([{ 'sec-purpose': 'prefetch;prerender' }, { purpose: 'prefetch' }])(
    'does nothing for a browser that looks ahead: %j',
    async (headers) => {
      const out = await go(headers);
      expect([out.status, out.headers.get('set-cookie')]).toEqual([204, null]);
    },
  );
});

describe('signing out', () => {
  it('leads home, keeps the language, and leaves what others have waiting on that phone', async () => {
    const out = await POST();
    expect([out.status, out.headers.get('location')]).toEqual([303, '/']);
    for (const gone of ['next-auth.session-token', 'quien'])
      expect(out.headers.getSetCookie().join()).toContain(`${gone}=; Path=/; Max-Age=0`);
    expect(out.headers.get('clear-site-data')).toBeNull();
    expect(out.headers.get('set-cookie')).not.toContain('idioma');
  });
});

describe('where to go after entering', () => {
  it.each(['/', '/planteamientos/nuevo', '/mesas/1?pagina=2#abajo', '/votaciones'])('%s', (path) => {
    expect(localPath(path)).toBe(path);
  });
  it.each([
    undefined,
    null,
    42,
    '',
    'https://ejemplo.org/',
    '//ejemplo.org',
    '/\\ejemplo.org',
    '/a\\b',
    ' /a',
    '/a b',
    '/a\n//ejemplo.org',
    '/\t/ejemplo.org',
    '/entrar',
    '/salir?rapido',
    '/api/trpc',
    `/${'a'.repeat(600)}`,
    'javascript:alert(1)',
  ])('not %j', (path) => {
    expect(localPath(path)).toBe('/');
  });
});
