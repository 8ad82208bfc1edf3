import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kinds } from '~/app/kinds';
import { ops } from '~/server/rooms/rules/wire';
import { forumRouter, liveTexts } from '~/server/root';
import { rows } from '~/tests/access/table';

// Every way into the forum, with what is asked at it. A new one that says nothing here lets the tests fail.

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? walk(path) : [path];
  });
}
const files = ['app', 'server', 'db'].flatMap(walk).filter((file) => /\.tsx?$/.test(file));
const source = (file: string) => readFileSync(file, 'utf8');
/** The address that a file of `app/` answers at. */
const addressOf = (file: string) =>
  file
    .replace(/^app/, '')
    .replace(/\/\([a-z]+\)/g, '')
    .replace(/\/(page|route)\.tsx?$/, '')
    .replace(/\[(?:\.\.\.)?(\w+)\]/g, ':$1') || '/';

describe('procedures', () => {
  type Procedure = { _def: { meta?: { rule?: unknown } } };
  const procedures = Object.entries(
    (forumRouter as unknown as { _def: { procedures: Record<string, Procedure> } })._def.procedures,
  );
  it('each ask a rule before anything else, and stand in the table of roles (tests/access)', () => {
    const bare = procedures.filter(([, { _def }]) => typeof _def.meta?.rule !== 'function');
    expect(bare.map(([path]) => path)).toEqual([]);
    const named = new Set(rows.map(({ name }) => name.split(' · ')[0]!));
    expect(procedures.map(([path]) => path).filter((path) => !named.has(path))).toEqual([]);
  });
});

describe('addresses', () => {
  const pages = files.filter((file) => /^app\/(.*\/)?page\.tsx$/.test(file) && !/\/_/.test(file));
  it('of pages are the ones that app/kinds.ts says, each of one kind', () => {
    const there = pages.map(addressOf);
    const said = kinds
      .map(({ pattern }) => pattern)
      .filter((pattern) => pattern !== '/salir' && pattern !== '/caseta/borrar');
    const form = (one: string) => one.replace(/:\w+/g, ':x');
    expect(there.map(form).sort()).toEqual([...new Set(said.map(form))].sort());
    expect(new Set(kinds.map(({ pattern }) => pattern)).size).toBe(kinds.length);
  });

  it('of pages and their forms reach what is kept through the caller alone, who asks the rules', () => {
    const inApp = files.filter((file) => file.startsWith('app/'));
    const past = inApp.filter((file) => /from '(~\/db\/(client|schema)|drizzle-orm)/.test(source(file)));
    expect(past).toEqual([]);
    const actions = inApp.filter((file) => /^\s*'use server';/m.test(source(file)));
    expect(actions.length).toBeGreaterThan(20);
    const without = actions.filter(
      (file) => !/from '(~\/server\/caller|~\/app\/_form\/[a-z-]+|\.[./a-z-]*\/actions)'/.test(source(file)),
    );
    // The language of the page: a cookie on the phone of whoever asks, and nothing else.
    expect(without).toEqual(['app/_frame/actions.ts']);
  });

  it('that are no pages, with who may have what they give', () => {
    const policies: Record<string, string> = {
      '/api/auth/:nextauth': 'whoever has a session is told that she has one, and of no other',
      '/api/trpc/:trpc': 'each procedure asks its own rule',
      '/api/open/archive.zip': 'everybody: the published process, made as nobody in particular',
      '/api/open/ballots.json': 'everybody: what ballots.published gives to anybody',
      '/api/open/ballots/:id/archive.json': 'everybody: a ballot that is over',
      '/api/open/concerns.json': 'everybody: public concerns',
      '/api/open/coverage.csv':
        'the version in force for everybody; the document in the making for who may read it',
      '/api/open/document.csv': 'everybody: a published version',
      '/api/open/document.docx': 'everybody: a published version',
      '/api/open/document.json': 'everybody: a published version',
      '/api/open/document.pdf': 'everybody: a published version',
      '/api/open/document.xml': 'everybody: a published version',
      '/api/open/document/:file': 'everybody: a published version',
      '/api/open/released.json': 'everybody: the texts that left a room, as they left it',
      '/api/open/versions.json': 'everybody: the list of versions',
      '/api/open/versions.pem': 'everybody: the public half of the key that signs them',
      '/caseta/borrar': 'whoever asks has her own turn at a booth forgotten, and nobody else’s',
      '/salir': 'whoever asks is signed out herself, and nobody else',
    };
    const there = files.filter((file) => /^app\/.*\/route\.ts$/.test(file)).map(addressOf);
    expect(there.sort()).toEqual(Object.keys(policies).sort());
  });
});

describe('sockets', () => {
  it('are two: the texts, which ask the rules of drafts and articles, and the blind rooms', () => {
    const upgrades = [...source('server/main.ts').matchAll(/(\w+)\.takes\(req\)/g)].map(([, name]) => name);
    expect(upgrades).toEqual(['realtime', 'rooms']);
    expect(Object.keys(liveTexts).sort()).toEqual(['article', 'draft']);
  });

  it('of the rooms take these questions, each against what it must show', () => {
    const asked: Record<string, string> = {
      found: 'the signatures of three stewards',
      read: 'the key of the epoch; of a frozen room a steward’s signature too; else a note of fixed size',
      send: 'the key of the epoch; nothing while frozen',
      tell: 'the key of the epoch; of a frozen room a steward’s signature too',
      lay: 'the key of the epoch; nothing while frozen',
      fetch: 'the key of the epoch, and the label that only who has heard of the part can make',
      keys: 'nothing: the keys that blind tokens are signed with are public',
      pay: 'the key of the epoch, and a blind token that has not been spent',
      buy: 'the key of the epoch, and the signatures of two stewards and three members',
      hold: 'a token, and the salt of what is to be held: no room is named',
      deposit: 'two tokens that have not been spent: no room is named',
      order: 'the key of the epoch, and the signatures of two stewards; for a freeze, of one, once a week',
      succeed: 'the key of the epoch, and two thirds of the members, proven, signing',
      compact: 'the key of the epoch, and two members, proven, signing',
      erase: 'the token that its author alone can make',
      invite: 'the key of the epoch',
      ask: 'nothing: what lies at a place is sealed, and elsewhere lies as much of nothing',
      knock: 'the eight words’ place; once',
      answer: 'the key of the epoch; once',
    };
    expect(ops.filter((op) => !asked[op])).toEqual([]);
  });
});

describe('what is the rooms’ own', () => {
  // What a room has let out is the forum’s own from that day on: it stands beside the rooms’ tables, and names none.
  const letOut = new Set(['releases', 'spentTokens']);
  const mayKnow = /^(server\/rooms\/|db\/schema\/|db\/demo\/)/;
  it('is imported by the blind server and nobody else', () => {
    const wrong = files.flatMap((file) => {
      if (mayKnow.test(file)) return [];
      const named =
        /import (?:type )?\{([^}]*)\} from '~?[./a-z]*db\/schema\/rooms'/.exec(source(file))?.[1] ?? '';
      const names = named.split(',').map((name) => name.trim().replace(/^type /, ''));
      return names.filter((name) => name && !letOut.has(name)).map((name) => `${file}: ${name}`);
    });
    expect(wrong).toEqual([]);
  });
  it('and named in no statement of anybody else’s', () => {
    const wrong = files.filter(
      (file) =>
        file.startsWith('server/') &&
        !mayKnow.test(file) &&
        /\b(from|into|update|join)\s+"?room(s|_\w+)\b/i.test(source(file)),
    );
    expect(wrong).toEqual([]);
  });
});
