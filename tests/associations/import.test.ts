import { spawn } from 'node:child_process';
import { and, eq, isNull } from 'drizzle-orm';
import { strToU8 } from 'fflate';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Db } from '~/db/client';
import { memberships, padronImports } from '~/db/schema/associations';
import { jobs } from '~/db/schema/kernel';
import { persons } from '~/db/schema/people';
import { actorOfSession } from '~/server/actor';
import { importPadronJob } from '~/server/associations/jobs';
import { type Job, startJobs } from '~/server/jobs';
import { forgive } from '~/server/limits';
import { openSession } from '~/server/people/commands/sessions';
import { jobHandlers } from '~/server/root';
import { callAs, problemOf } from '../support/call';
import { testDatabase } from '../support/db';
import {
  buildAssociation,
  buildForumRole,
  buildMandate,
  buildMembership,
  buildPerson,
  buildSpaceRole,
} from '../support/factories';
import { forumWorld } from '../support/people';
import { workbook } from '../support/workbook';

const database = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
beforeAll(async () => {
  world = await forumWorld(database.db);
});
beforeEach(() => forgive('look-up', `padron ${world.people.ysabel.id}`));

const ysabel = () => callAs(database.db, world.people.ysabel.id);
const csv = (text: string) => new File([text], 'padrón.csv', { type: 'text/csv' });
const letters = (n: number) => [...String(n)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
const manyPeople = (n: number, from = 0) =>
  `Nombre;Sexo;Cargo\n${Array.from({ length: n }, (_, i) => `Minera ${letters(from + i)} Quispe;${i % 2 ? 'F' : 'M'};socia`).join('\n')}`;
const membersOf = (id: string) =>
  database.db.$count(memberships, and(eq(memberships.associationId, id), isNull(memberships.endedAt)));
const importRow = async (id: string) =>
  (await database.db.select().from(padronImports).where(eq(padronImports.id, id)))[0]!;
const jobOf = async (importId: string): Promise<Job & { state: string; done: number; total: number }> => {
  const [row] = await database.db
    .select()
    .from(jobs)
    .where(eq(jobs.id, (await importRow(importId)).jobId!));
  return row!;
};
async function finished(importId: string) {
  const running = startJobs(database.db, jobHandlers);
  for (let i = 0; i < 200 && (await importRow(importId)).state === 'running'; i++)
    await new Promise((resolve) => setTimeout(resolve, 50));
  await running.close();
}
async function freshBase(name: string) {
  const base = await buildAssociation(database.db, { name });
  await buildMembership(database.db, base.id, world.people.ysabel.id, 'secretary');
  await buildMembership(database.db, base.id, world.people.ysabel.id);
  return base.id;
}

describe('Ysabel brings her padrón', () => {
  it('sees it before anything happens, then has everybody enrolled', async () => {
    const id = await freshBase('Manos del Desmonte');
    const api = await ysabel();
    const before = await database.db.$count(persons);
    const text =
      'Nombre;Sexo;Cargo;DNI\nLidia Apaza;mujer;presidenta;40404040\nJuan Puma;hombre;;1\nRosa Mamani;;;2\n';
    const uploaded = await api.associations.upload({ id, file: csv(text) });
    expect(uploaded).toMatchObject({ people: 3, wrong: 0 });
    expect(await database.db.$count(persons)).toBe(before);
    const preview = await api.associations.padronImport({ id: uploaded.id });
    expect(preview).toMatchObject({ state: 'preview', people: 3, errors: [], already: { count: 0 } });
    expect(preview.sample[0]).toEqual({ row: 2, name: 'Lidia Apaza', sex: 'mujer', title: 'presidenta' });

    await api.associations.importPadron({ id: uploaded.id });
    await finished(uploaded.id);
    expect(await api.associations.padronImport({ id: uploaded.id })).toMatchObject({
      state: 'done',
      imported: 3,
      progress: { done: 3, total: 3 },
    });
    const { items } = await (await ysabel()).associations.padron({ id, page: 1 });
    expect(items.map(({ name, title, card }) => [name, title, card?.state])).toEqual([
      ['Juan Puma', null, 'none'],
      ['Lidia Apaza', 'presidenta', 'none'],
      ['Rosa Mamani', null, 'none'],
      ['Ysabel Condori', null, 'none'],
    ]);
    const [lidia] = await database.db.select().from(persons).where(eq(persons.name, 'Lidia Apaza'));
    expect(lidia).toMatchObject({ sex: 'mujer', enrolledBy: world.people.ysabel.id });
    // Names are kept in one place only, and the identity numbers of the file nowhere.
    expect(JSON.stringify(await importRow(uploaded.id))).not.toMatch(/Lidia|40404040/);
  });

  it('as a workbook, through the API’s form', async () => {
    const id = await freshBase('Río Claro');
    const form = new FormData();
    form.set('id', id);
    const cells = [
      ['Nombre', 'Sexo'],
      ['Lidia Apaza', 'F'],
      ['Juan Puma', 'M'],
    ];
    form.set('file', new File([workbook(cells) as BlobPart], 'lista.xlsx'));
    expect(await (await ysabel()).associations.upload(form as never)).toMatchObject({ people: 2, wrong: 0 });
  });

  it('with one wrong row nobody is enrolled, and every wrong row is named', async () => {
    const id = await freshBase('Piedra Viva');
    const api = await ysabel();
    const text = 'nombre,sexo\nLidia Apaza,mujer\n=cmd(),mujer\nRosa Mamani,señora\n<script>x</script>,\n';
    const uploaded = await api.associations.upload({ id, file: csv(text) });
    expect(uploaded).toMatchObject({ people: 4, wrong: 3 });
    const { errors } = await api.associations.padronImport({ id: uploaded.id });
    expect(errors.map(({ row, column, reason }) => [row, column, reason])).toEqual([
      [3, 'name', 'formula'],
      [4, 'sex', 'unknown_sex'],
      [5, 'name', 'signs'],
    ]);
    const before = await membersOf(id);
    const problem = await problemOf(api.associations.importPadron({ id: uploaded.id }));
    expect(problem).toMatchObject({ code: 'associations.padron.wrong_rows', status: 422 });
    expect(await membersOf(id)).toBe(before);
    // The mended file takes its place.
    const mended = await api.associations.upload({ id, file: csv('nombre\nLidia Apaza\n') });
    expect((await importRow(uploaded.id)).state).toBe('dropped');
    expect((await api.associations.openImport({ id })).importId).toBe(mended.id);
    await api.associations.dropPadron({ id: mended.id });
    expect((await problemOf(api.associations.importPadron({ id: mended.id }))).code).toBe(
      'associations.padron.over',
    );
  });

  it.each<[string, BlobPart, string]>([
    ['no file', '', 'empty'],
    ['only a header', 'nombre,sexo\n', 'empty'],
    ['no column of names', 'a,b\n1,2\n', 'header'],
    ['2,001 people', manyPeople(2001), 'many'],
    ['10 MB', 'a'.repeat(10 * 1024 * 1024), 'too_big'],
    ['half a workbook', workbook([['nombre']]).slice(0, 300) as BlobPart, 'unreadable'],
    ['a picture', strToU8('\u0089PNG\u0000\u0000', true) as BlobPart, 'not_a_table'],
    ['open quotes', 'nombre\n"Rosa', 'quotes'],
  ])('a file of %s is refused at its field', async (_what, part, reason) => {
    const file = new File([part], 'x.csv');
    const problem = await problemOf(
      (await ysabel()).associations.upload({ id: world.florDeCuarzo.id, file }),
    );
    expect(problem).toMatchObject({ code: `associations.padron.${reason}`, status: 422 });
    expect(problem.fields.file).toMatch(/\p{L}/u);
  });

  it('what is not a file at all is refused too', async () => {
    const problem = await problemOf(
      (await ysabel()).associations.upload({ id: world.florDeCuarzo.id, file: 'nombre\nRosa' as never }),
    );
    expect(problem).toMatchObject({ status: 422, fields: { file: expect.stringContaining('padrón') } });
  });

  it('who is there already, or stands in the file twice, is left out if she says so', async () => {
    const id = await freshBase('Cerro Unido');
    const api = await ysabel();
    const text = 'nombre\nYSABEL CONDORI\nRosa Mamani\nrosa  mamaní\nLidia Apaza\n';
    const uploaded = await api.associations.upload({ id, file: csv(text) });
    expect(await api.associations.padronImport({ id: uploaded.id })).toMatchObject({
      already: { count: 1, some: [{ row: 2, name: 'YSABEL CONDORI' }] },
      repeated: { count: 1, some: [{ row: 4, name: 'rosa mamaní' }] },
    });
    await api.associations.importPadron({ id: uploaded.id, leaveOutPresent: true, leaveOutRepeated: true });
    await finished(uploaded.id);
    expect((await importRow(uploaded.id)).imported).toBe(2);
    // The same file once more doubles nobody.
    const again = await api.associations.upload({ id, file: csv(text) });
    await api.associations.importPadron({ id: again.id, leaveOutPresent: true, leaveOutRepeated: true });
    await finished(again.id);
    expect((await importRow(again.id)).imported).toBe(0);
  });
});

describe('an import that dies half-way', () => {
  it('has enrolled nobody, goes on when it is taken up again, and doubles nobody', async () => {
    const id = await freshBase('Tres Quebradas');
    const api = await ysabel();
    const before = await membersOf(id);
    const uploaded = await api.associations.upload({ id, file: csv(manyPeople(300)) });
    await api.associations.importPadron({ id: uploaded.id });
    expect((await problemOf(api.associations.upload({ id, file: csv(manyPeople(3)) }))).code).toBe(
      'associations.padron.running',
    );
    const job = await jobOf(uploaded.id);

    // Its own process, killed as a power cut would: nothing is said, nothing is cleaned up.
    const child = spawn(process.execPath, [
      '--import',
      'tsx',
      'tests/support/import-child.ts',
      database.url,
      JSON.stringify(job),
    ]);
    child.stderr.pipe(process.stderr);
    const death = new Promise<NodeJS.Signals | null>((resolve) =>
      child.once('exit', (_code, signal) => resolve(signal)),
    );
    await new Promise<void>((resolve) =>
      child.stdout.on('data', (line) => String(line).includes('done 150') && resolve()),
    );
    expect(await membersOf(id)).toBe(before);
    child.kill('SIGKILL');
    expect(await death).toBe('SIGKILL');
    expect(await membersOf(id)).toBe(before);
    expect((await importRow(uploaded.id)).state).toBe('running');

    await finished(uploaded.id);
    expect(await membersOf(id)).toBe(before + 300);
    expect(await api.associations.padronImport({ id: uploaded.id })).toMatchObject({
      state: 'done',
      imported: 300,
    });
    // A job whose last word was lost is taken once more.
    await importPadronJob(database.db, job, async () => {});
    expect(await membersOf(id)).toBe(before + 300);
  });

  it('two thousand people are enrolled in one transaction, well before anything times out', async () => {
    const id = await freshBase('Veta Grande');
    const api = await ysabel();
    const uploaded = await api.associations.upload({ id, file: csv(manyPeople(2000)) });
    await api.associations.importPadron({ id: uploaded.id });
    const started = performance.now();
    await finished(uploaded.id);
    expect((await importRow(uploaded.id)).imported).toBe(2000);
    expect(performance.now() - started).toBeLessThan(30_000);
  }, 60_000);
});

describe('cards for the members', () => {
  it('are for who has none first, told once, and for nobody who holds something beyond the base', async () => {
    const id = world.florDeCuarzo.id;
    const api = await ysabel();
    const hilaria = await buildPerson(database.db, { name: 'Hilaria Zapana' });
    await buildMembership(database.db, id, hilaria.id);
    const due = await api.associations.cardsDue({ id, page: 1 });
    expect(due.items.map(({ name }) => name)).not.toContain('Ysabel Condori');
    expect(due.items.map(({ name }) => name)).not.toContain('Nieves Choque');
    const { sabina, elvira } = world.people;
    const { cards } = await api.associations.issueCards({ id, persons: [sabina.id, elvira.id] });
    expect(cards.map(({ name }) => name)).toEqual(['Elvira Mamani', 'Sabina Quispe']);
    for (const { code } of cards) expect(code).toMatch(/^[0-9A-Z-]{14}$/);
    const after = await api.associations.cardsDue({ id, page: 1 });
    expect(after.items.filter(({ card }) => card?.state === 'given')).toHaveLength(2);
    expect(after.items[0]!.name).toBe('Hilaria Zapana');
  });

  it('end the sessions of who lost her phone with her card', async () => {
    const sabina = world.people.sabina.id;
    const sessionId = await database.db.transaction((tx) => openSession(tx, sabina, 'Android'));
    await (await ysabel()).associations.issueCards({ id: world.florDeCuarzo.id, persons: [sabina] });
    expect((await actorOfSession(database.db, sessionId)).personId).toBeNull();
  });

  it.each<[string, (db: Db, personId: string) => Promise<unknown>]>([
    ['a mandate that waits', (db, id) => buildMandate(db, world.florDeCuarzo.id, id, { state: 'presented' })],
    ['a role in the forum that waits', (db, id) => buildForumRole(db, id, 'editor', { confirmedAt: null })],
    ['a place at a table', (db, id) => buildSpaceRole(db, world.mesaAgua.id, id, 'reader')],
    ['another base', (db, id) => buildMembership(db, world.tresVetas.id, id)],
  ])('are the forum’s secretary’s to give once she has %s', async (_what, given) => {
    const { florDeCuarzo, people } = world;
    const lidia = await buildPerson(database.db, { name: 'Lidia Calsina' });
    await buildMembership(database.db, florDeCuarzo.id, lidia.id);
    const ask = { id: florDeCuarzo.id, persons: [lidia.id] };
    await (await ysabel()).associations.issueCards(ask);
    await given(database.db, lidia.id);
    expect((await problemOf((await ysabel()).associations.issueCards(ask))).code).toBe('refused');
    const member = { id: florDeCuarzo.id, personId: lidia.id };
    const seen = await (await ysabel()).associations.member(member);
    expect([seen.abilities.giveCard, seen.cardElsewhere]).toEqual([false, true]);
    const reissued = (who: string) =>
      callAs(database.db, who).then((caller) => caller.people.reissueCard(member));
    for (const who of [people.ysabel.id, people.elvira.id])
      expect((await problemOf(reissued(who))).code).toBe('not_found');
    expect((await reissued(people.gloria.id)).name).toBe('Lidia Calsina');
  });

  it('are still her secretary’s to give where her only place is in the base’s own space', async () => {
    const { florDeCuarzo, people, casaFlor } = world;
    await buildSpaceRole(database.db, casaFlor.id, people.sabina.id, 'writer');
    const { cards } = await (await ysabel()).associations.issueCards({
      id: florDeCuarzo.id,
      persons: [people.sabina.id],
    });
    expect(cards).toHaveLength(1);
  });

  it('for somebody of another base are not there to be given', async () => {
    const api = await ysabel();
    const { florDeCuarzo, people } = world;
    const asked = { id: florDeCuarzo.id, persons: [people.sabina.id, people.rufino.id] };
    expect((await problemOf(api.associations.issueCards(asked))).status).toBe(404);
    const own = { id: florDeCuarzo.id, persons: [people.ysabel.id] };
    expect((await problemOf(api.associations.issueCards(own))).status).toBe(403);
    const elvira = await callAs(database.db, people.elvira.id);
    expect(
      (await problemOf(elvira.associations.issueCards({ ...asked, persons: [people.sabina.id] }))).status,
    ).toBe(403);
  });
});
