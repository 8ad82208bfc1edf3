import { describe, expect, it } from 'vitest';
import { readConfig } from '~/server/config';

describe('the configuration', () => {
  it('needs nothing', () => {
    expect(readConfig({})).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      databaseUrl: null,
      dataDir: '.data/forum',
    });
  });

  it('takes what is set, and an empty value as none', () => {
    const config = readConfig({ PORT: '8080', DATABASE_URL: '', PUBLIC_URL: 'https://foro.example.org/' });
    expect(config).toMatchObject({ port: 8080, databaseUrl: null, publicUrl: 'https://foro.example.org' });
  });

  it.each([
    [{ PORT: 'tres mil' }, /^PORT must be .*\.$/],
    [{ PORT: '70000' }, /^PORT must be/],
    [{ PUBLIC_URL: 'foro.example.org' }, /^PUBLIC_URL must be/],
    [{ PUBLIC_URL: 'javascript:alert(1)' }, /^PUBLIC_URL must be/],
    [{ DATABASE_URL: 'mysql://x' }, /^DATABASE_URL must be/],
    [{ NEXTAUTH_SECRET: 'corto' }, /^NEXTAUTH_SECRET must/],
    [{ TRUSTED_PROXIES: '-1' }, /^TRUSTED_PROXIES must/],
  ])('stops at %j with one clear sentence', (env, words) => {
    expect(() => readConfig(env)).toThrow(words);
  });

  it('does not repeat a secret in its sentence', () => {
    expect(() => readConfig({ NEXTAUTH_SECRET: 'mi-secreto' })).toThrow(/^(?!.*mi-secreto)/);
  });
});
