import '../support/runtime';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { concerns } from '~/db/schema/concerns';
import { articles } from '~/db/schema/document';
import { jobs } from '~/db/schema/kernel';
import { writeArchive } from '~/server/archive/jobs';
import { concernsPage } from '~/server/archive/rules/concerns';
import { h, page } from '~/server/archive/rules/html';
import { hashOf } from '~/server/document/rules';
import { callAs } from '../support/call';
import { testDatabase } from '../support/db';
import { type DocumentWorld, documentWorld, freezing, readyArticle } from '../support/document';
import { buildDraft } from '../support/drafts';
import { buildConcern } from '../support/factories';

const test = testDatabase();
const canary = 'zarzamora-cuarzo-41';
let world: DocumentWorld;
let sha256: string;
let files: Map<string, string>;

async function archived() {
  const folder = mkdtempSync(join(tmpdir(), 'archive-'));
  const file = join(folder, 'archivo.zip');
  await writeArchive(await callAs(test.db, null), file, new Date('2026-11-27T15:00:00Z'));
  expect(readdirSync(folder)).toEqual(['archivo.zip']);
  const zip = unzipSync(readFileSync(file));
  return new Map(Object.entries(zip).map(([name, bytes]) => [name, strFromU8(bytes)]));
}

beforeAll(async () => {
  world = await documentWorld(test.db);
  const { people } = world;
  const emilia = await world.as('emilia');
  await readyArticle(world);
  sha256 = (await emilia.document.freeze(freezing(0, 'Documento único de las bases'))).sha256;
  await readyArticle(world, { title: 'Posta médica', area: 'salud' });
  await emilia.document.freeze(freezing(1, 'Segunda versión'));
  // What nobody outside may read: a concern of a space, a draft, an article that is not frozen.
  await buildConcern(test.db, people.sabina.id, {
    words: `Esto es de nuestra base: ${canary}.`,
    audience: 'space',
    spaceId: world.casaFlor.id,
  });
  await buildDraft(test.db, world.mesaAgua.id, { title: `Borrador ${canary}`, text: canary });
  await readyArticle(world, { title: `Sin congelar ${canary}` });
  await buildConcern(test.db, people.rufino.id, { words: '<script>alert(1)</script> & «así»' });
  files = await archived();
});

describe('the archive', () => {
  it('holds each version with its articles, data and seal', () => {
    expect(files.get('documento/v1/index.html')).toContain('Artículo 1. Agua limpia');
    expect(files.get('documento/v2/art-2.html')).toContain('Artículo 2. Posta médica');
    expect(files.get('documento/v1/art-1.html')).toContain('cerca de cada campamento');
    expect(hashOf(files.get('datos/documento-v1.json')!)).toBe(sha256);
    expect(files.get('datos/documento-v2.xml')).toContain('<akomaNtoso');
    expect(files.get('datos/versiones.json')).toContain(sha256);
    expect(files.get('datos/clave.pem')).toContain('PUBLIC KEY');
    expect(files.get('index.html')).toContain('Segunda versión');
  });

  it('says what became of each public concern, and where it stands', () => {
    const listed = files.get('planteamientos/1.html')!;
    expect(listed).toContain('El agua queda a una hora a pie.');
    expect(listed).toContain('href="../documento/v2/art-1.html"');
    expect(files.get('documento/v1/art-1.html')).toContain(
      `href="../../planteamientos/1.html#p${world.far.number}"`,
    );
    const { concerns: open } = JSON.parse(files.get('datos/planteamientos.json')!);
    expect(open).toHaveLength(3);
  });

  it('holds nothing that only some may read, and names nobody', () => {
    for (const [name, words] of files) {
      expect([name, words.includes(canary)]).toEqual([name, false]);
      for (const { name: person } of Object.values(world.people))
        expect([name, person, words.includes(person)]).toEqual([name, person, false]);
    }
  });

  it('reads without a server: every link is relative and leads to something in it', () => {
    let links = 0;
    for (const [name, words] of files) {
      if (!name.endsWith('.html')) continue;
      expect(words).not.toMatch(/<script|https?:\/\/|\ssrc=/);
      for (const [, href] of words.matchAll(/href="([^"]+)"/g)) {
        const [path, anchor] = href!.split('#');
        const target = path ? posix.normalize(posix.join(posix.dirname(name), path)) : name;
        expect([name, href, files.has(target)]).toEqual([name, href, true]);
        if (anchor) expect(files.get(target)).toContain(`id="${anchor}"`);
        links++;
      }
    }
    expect(links).toBeGreaterThan(30);
  });

  it('shows words as words, whoever wrote them', () => {
    expect(files.get('planteamientos/1.html')).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; «así»');
    expect(page({ title: '"><b>', depth: 0, body: [h`<p>${'<i>'}</p>`] })).not.toMatch(/<b>|<i>/);
    expect(concernsPage(1, 1, [], () => [])).toContain('Todavía no hay ninguno.');
  });

  it('is asked for when a version is frozen', async () => {
    const rows = await test.db.select({ kind: jobs.kind }).from(jobs);
    expect(rows.filter(({ kind }) => kind === 'archive.make')).toHaveLength(2);
  });
});

describe('an archive that fails half-way', () => {
  it('leaves the last one where it was, and nothing beside it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'archive-'));
    const file = join(folder, 'archivo.zip');
    const forum = await callAs(test.db, null);
    await writeArchive(forum, file);
    const whole = readFileSync(file);
    const broken = {
      ...forum,
      ballots: { ...forum.ballots, published: () => Promise.reject(new Error('no')) },
    };
    await expect(writeArchive(broken as typeof forum, file)).rejects.toThrow('no');
    expect(readFileSync(file).equals(whole)).toBe(true);
    expect(readdirSync(folder)).toEqual(['archivo.zip']);
  });
});

describe('with ten thousand concerns', () => {
  it('is made whole, a hundred concerns a page', async () => {
    const { sabina } = world.people;
    const one = { personId: sabina.id, areas: ['agua'], country: 'PE' as const, department: '21' };
    const rows = Array.from({ length: 10_000 }, (_, i) => ({
      ...one,
      barrier: 'ninguna',
      words: `Planteamiento ${i}: el agua queda lejos del campamento y hay que cargarla cada día.`,
    }));
    for (let i = 0; i < rows.length; i += 1000)
      await test.db.insert(concerns).values(rows.slice(i, i + 1000) as (typeof concerns.$inferInsert)[]);
    const many = await archived();
    expect([...many.keys()].filter((name) => name.startsWith('planteamientos/'))).toHaveLength(101);
    expect(many.get('planteamientos/101.html')).toContain('Planteamiento 9999:');
    expect(JSON.parse(many.get('datos/planteamientos.json')!).concerns).toHaveLength(10_003);
    expect(await test.db.$count(articles)).toBe(3);
  });
});
