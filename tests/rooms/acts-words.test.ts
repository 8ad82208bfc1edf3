import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import en from '~/messages/en/room-acts.json';
import room from '~/messages/es/room.json';
import es from '~/messages/es/room-acts.json';

const known: Record<string, string> = { ...room, ...es };
const folder = 'app/_room/frame/acts';
const sources = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
const parameters = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

it('what is done in a room is said in both languages, with the same to be put in', () => {
  expect(Object.keys(en)).toEqual(Object.keys(es));
  for (const [key, text] of Object.entries(es))
    expect([key, parameters((en as Record<string, string>)[key]!)]).toEqual([key, parameters(text)]);
  expect(Object.keys(es).filter((key) => key in room)).toEqual([]);
});

it('no screen says a key instead of a sentence, and no sentence is left that no screen says', () => {
  const all = sources.join('\n');
  const said = [...all.matchAll(/\bsay\(\s*'([^']+)'/g)].map(([, key]) => key!);
  expect(said.filter((key) => !(key in known))).toEqual([]);
  // Some keys are put together, or handed on by name.
  const built = /^(means|care|away|recover|follow|leave|lock_out|texts)\b/;
  const unsaid = Object.keys(es).filter((key) => !all.includes(`'${key}'`) && !built.test(key));
  expect(unsaid).toEqual([]);
});
