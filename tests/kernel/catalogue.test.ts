import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from '@formatjs/icu-messageformat-parser';
import { describe, expect, it } from 'vitest';
import { catalogues, type MessageKey, sentence } from '~/messages/catalogue';

const names = Object.keys(catalogues.es) as (keyof typeof catalogues.es)[];
const spanish = (name: (typeof names)[number]) => catalogues.es[name] as Record<string, string>;

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? sources(path) : /\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

describe('the catalogues', () => {
  it.each(names)('%s has the same keys in Spanish and in English', (name) => {
    expect(Object.keys(catalogues.en[name]).sort()).toEqual(Object.keys(spanish(name)).sort());
  });

  it.each(names)('%s can be read as messages, with the same parameters in both languages', (name) => {
    for (const [key, words] of Object.entries(spanish(name))) {
      const own = parameters(words);
      expect([key, parameters(catalogues.en[name][key]!)]).toEqual([key, own]);
    }
  });

  it('fall back to Spanish, never to English or to nothing', () => {
    expect(sentence('en', 'failures.not_found')).toBe("We can't find this page.");
    const english = catalogues.en.failures;
    const kept = english.not_found!;
    delete (english as Record<string, string>).not_found;
    expect(sentence('en', 'failures.not_found')).toBe('No encontramos esta página.');
    english.not_found = kept;
  });

  it('have a sentence for every failure a command can return', () => {
    const known = new Set(Object.keys(spanish('failures')));
    const missing: string[] = [];
    for (const file of sources('server')) {
      const text = readFileSync(file, 'utf8');
      for (const [, code] of text.matchAll(/\bfail\(\s*'([^']+)'/g))
        if (!known.has(code!)) missing.push(`${file}: ${code}`);
      for (const [, code] of text.matchAll(/'failures\.([a-z0-9_.]+)'/gi))
        if (!known.has(code!)) missing.push(`${file}: ${code}`);
    }
    expect(missing).toEqual([]);
  });

  it('put parameters in, with Spanish numbers and plurals', () => {
    expect(sentence('es', 'failures.too_many', { minutes: 1 })).toContain('un minuto');
    expect(sentence('es', 'failures.too_many', { minutes: 7 })).toContain('7 minutos');
    expect(sentence('es', 'failures.nowhere' as MessageKey)).toBe('failures.nowhere');
  });
});

type Node = { type: number; value?: string; options?: Record<string, { value: Node[] }> };
/** The names of a message's parameters, also those inside plurals. */
function parameters(words: string): string[] {
  const found = new Set<string>();
  const visit = (nodes: Node[]) => {
    for (const node of nodes) {
      if (node.type >= 1 && node.type <= 6) found.add(String(node.value));
      for (const option of Object.values(node.options ?? {})) visit(option.value);
    }
  };
  visit(parse(words, { ignoreTag: true }) as Node[]);
  return [...found].sort();
}
