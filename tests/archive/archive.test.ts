import '../support/runtime';
import { randomUUID } from 'node:crypto';
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
import { proposal } from '../support/amendments';
import { callAs } from '../support/call';
import { testDatabase } from '../support/db';
import { type DocumentWorld, documentWorld, freezing, readyArticle, words } from '../support/document';
import { buildDraft } from '../support/drafts';
import { buildConcern, buildPerson } from '../support/factories';

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
  await consulted();
  files = await archived();
});

/** What is asked and said of the second version: two amendments, one of them long, and comments on its first article. */
async function consulted() {
  const { florDeCuarzo } = world;
  const [nieves, gloria, emilia, anybody] = await Promise.all(
    (['nieves', 'gloria', 'emilia', null] as const).map((name) => world.as(name)),
  );
  const { id: versionArticleId } = await anybody!.document.article({ number: 2, article: 1 });
  const asked = await nieves!.amendments.propose(
    proposal(florDeCuarzo.id, { versionArticleId, text: `${words}\nEl agua <b>se mide</b> cada mes.` }),
  );
  await emilia!.amendments.reject({ id: asked.id, reason: 'Medir es de otra mesa.' });
  const long = Array.from({ length: 900 }, (_, i) => `Renglón ${i} del artículo largo.`).join('\n');
  await nieves!.amendments.propose(
    proposal(florDeCuarzo.id, { kind: 'add', area: 'agua', title: 'Lluvia', text: long }),
  );
  const say = async (name: Parameters<DocumentWorld['as']>[0], over: Record<string, unknown>) =>
    (await world.as(name)).comments.comment({
      key: randomUUID(),
      versionArticleId,
      side: 'for',
      words: 'x',
      ...over,
    });
  await say('sabina', { words: 'El agua es de todos & de <i>nadie</i>.', associationId: florDeCuarzo.id });
  const hurt = await say('rufino', { side: 'against', words: `Fulano roba: ${canary}.` });
  const mery = await world.as('mery');
  await mery.comments.report({ id: hurt.id, reason: `Nombra a alguien, ${canary}.` });
  await gloria!.comments.hide({ id: hurt.id, reason: 'Nombra a una persona.' });
  const back = await say('mery', { words: `Lo retiro: ${canary}.` });
  await mery.comments.withdraw({ id: back.id });
  // More than one page of the forum holds.
  for (let i = 0; i < 9; i++) {
    const { id } = await buildPerson(test.db, { name: `Vecina Cuarzo${i}` });
    const call = await callAs(test.db, id);
    await call.comments.comment({
      key: randomUUID(),
      versionArticleId,
      side: 'for',
      words: `Voz número ${i}.`,
    });
  }
}

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

  it('holds what the bases ask of a version, whole, and what came of it', () => {
    const asked = files.get('documento/v2/enmiendas-1.html')!;
    expect(asked).toContain('<ins>El agua &lt;b&gt;se mide&lt;/b&gt; cada mes.');
    for (const said of [
      'Flor de Cuarzo',
      'Libro 3, folio 8',
      'Medir es de otra mesa.',
      'Artículo nuevo: Lluvia',
    ])
      expect(asked).toContain(said);
    // Longer than one page of the forum.
    for (const i of [0, 450, 899]) expect(asked).toContain(`Renglón ${i} del`);
    expect(files.get('documento/v2/art-1.html')).toContain('Cambiar el artículo 1. Agua limpia');
    const { amendments } = JSON.parse(files.get('datos/enmiendas.json')!);
    expect(amendments).toMatchObject([
      { version: 2, title: 'Lluvia', state: 'open' },
      { version: 2, article: { number: 1 }, state: 'rejected', reason: 'Medir es de otra mesa.' },
    ]);
    expect(files.get('datos/enmiendas.json')).not.toMatch(/personId|abilities|Id"/);
  });

  it('holds what is said of an article; of hidden words the fact and the reason alone', () => {
    const said = files.get('documento/v2/art-1-comentarios.html')!;
    expect(said).toContain('El agua es de todos &amp; de &lt;i&gt;nadie&lt;/i&gt;.');
    for (let i = 0; i < 9; i++) expect(said).toContain(`Voz número ${i}.`);
    expect(said).toContain('<b>Palabras apartadas por la secretaría.</b> Nombra a una persona.');
    expect(said).not.toContain('Fulano');
    expect(files.has('documento/v1/art-1-comentarios.html')).toBe(false);
    const { comments } = JSON.parse(files.get('datos/comentarios.json')!);
    expect(comments).toHaveLength(11);
    expect(comments.find((one: { side: string }) => one.side === 'against')).toEqual({
      version: 2,
      article: 1,
      side: 'against',
      words: null,
      base: null,
      office: null,
      day: expect.any(String),
      edited: false,
      hiddenReason: 'Nombra a una persona.',
    });
  });

  it('counts what became of the concerns, and what each version takes up', () => {
    expect(files.get('planteamientos/tablero.html')).toContain('3 planteamientos');
    expect(JSON.parse(files.get('datos/tablero.json')!).area).toMatchObject({ total: 3, recogida: 2 });
    expect(files.get('documento/v2/cobertura.html')).toContain(
      '<th>Agua</th><td>2 de 2</td><td></td><td>2 de 2</td>',
    );
    expect(files.get('datos/cobertura-v1.csv')).toContain('recogidos');
  });

  it('holds nothing that only some may read, and names nobody', () => {
    for (const [name, words] of files) {
      expect([name, words.includes('Vecina')]).toEqual([name, false]);
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
    expect([...many.keys()].filter((name) => /^planteamientos\/\d/.test(name))).toHaveLength(101);
    expect(many.get('planteamientos/101.html')).toContain('Planteamiento 9999:');
    expect(JSON.parse(many.get('datos/planteamientos.json')!).concerns).toHaveLength(10_003);
    expect(await test.db.$count(articles)).toBe(3);
  });
});
