import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sayFrom } from '~/app/_room/frame/words';

const catalogue = (locale: string): Record<string, string> =>
  Object.assign(
    {},
    ...readdirSync(`messages/${locale}`)
      .filter((name) => name.startsWith('room'))
      .map((name) => JSON.parse(readFileSync(`messages/${locale}/${name}`, 'utf8'))),
  );
const walk = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? walk(path) : path.endsWith('.ts') ? [path] : [];
  });
const sources = walk('app/_room/frame').map((file) => readFileSync(file, 'utf8'));
const [es, en] = [catalogue('es'), catalogue('en')];

describe('the rooms’ words', () => {
  it('are there for whatever a screen says, in both languages, with the same things put in', () => {
    const asked = sources.flatMap((source) => [
      ...[...source.matchAll(/(?<!session\.)\bsay\(\s*'([^']+)'/g)].map(([, key]) => key!),
      ...[...source.matchAll(/\bkey: '([^']+)'/g)].map(([, key]) => key!),
    ]);
    expect(asked.length).toBeGreaterThan(100);
    expect([...new Set(asked)].filter((key) => !es[key])).toEqual([]);
    expect(Object.keys(en).sort()).toEqual(Object.keys(es).sort());
    const holes = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort();
    expect(Object.keys(es).filter((key) => holes(es[key]!).join() !== holes(en[key]!).join())).toEqual([]);
  });

  it('are in no other catalogue twice: a later file would take an earlier one’s sentence away', () => {
    const files = readdirSync('messages/es').filter((name) => name.startsWith('room'));
    const keys = files.flatMap((name) =>
      Object.keys(JSON.parse(readFileSync(`messages/es/${name}`, 'utf8'))),
    );
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
  });

  it('take what is put in as it is, whatever it looks like', () => {
    const say = sayFrom({ a: '{name} toca: {n}', b: 'nada' });
    expect(say('a', { name: '$& {n}', n: 3 })).toBe('$& {n} toca: 3');
    expect(say('b', { name: 'x' })).toBe('nada');
  });
});
