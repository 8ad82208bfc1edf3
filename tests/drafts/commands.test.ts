import { randomUUID } from 'node:crypto';
import { asc, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { concerns } from '~/db/schema/concerns';
import { textUpdates } from '~/db/schema/drafts';
import { audit } from '~/db/schema/kernel';
import { type ForumEvent, subscribe } from '~/server/events';
import { callAs, problemOf } from '../support/call';
import { testDatabase } from '../support/db';
import { buildDraft } from '../support/drafts';
import { buildConcern } from '../support/factories';
import { forumWorld } from '../support/people';

const t = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
type Caller = Awaited<ReturnType<typeof callAs>>;
let nieves: Caller;
let mery: Caller;
let rufino: Caller;
beforeAll(async () => {
  world = await forumWorld(t.db);
  [nieves, mery, rufino] = await Promise.all([
    callAs(t.db, world.people.nieves.id),
    callAs(t.db, world.people.mery.id),
    callAs(t.db, world.people.rufino.id),
  ]);
});
const stateOf = async (id: string) =>
  (await t.db.select({ state: concerns.state }).from(concerns).where(eq(concerns.id, id)))[0]!.state;
const begin = (over: object = {}) =>
  nieves.drafts.create({
    key: randomUUID(),
    spaceId: world.mesaAgua.id,
    title: 'Agua limpia en las lavadas',
    concernIds: [],
    ...over,
  });

describe('beginning a draft', () => {
  it('takes its concerns up: from now on they are under debate', async () => {
    const concern = await buildConcern(t.db, world.people.sabina.id);
    const { id } = await begin({ concernIds: [concern.id, concern.id] });
    expect(await stateOf(concern.id)).toBe('en_debate');
    const draft = await nieves.drafts.detail({ id });
    expect(draft).toMatchObject({ title: 'Agua limpia en las lavadas', state: 'open', text: '', seq: 0 });
    expect(draft.concerns.map((one) => one.id)).toEqual([concern.id]);
    expect(draft.space.title).toBe('Mesa del Agua');
  });

  it('is once, however often it is sent', async () => {
    const key = randomUUID();
    expect(await begin({ key })).toEqual(await begin({ key }));
    expect(
      (await nieves.drafts.ofSpace({ spaceId: world.mesaAgua.id })).filter((d) => d.id === key),
    ).toHaveLength(1);
  });

  it('is for who writes in the space: not for a reader of it, nor for another table’s people', async () => {
    const input = { key: randomUUID(), spaceId: world.mesaAgua.id, title: 'Otro', concernIds: [] };
    for (const who of [world.people.hilario, world.people.delia, world.people.carla, world.people.amador]) {
      const caller = await callAs(t.db, who.id);
      expect((await problemOf(caller.drafts.create({ ...input, title: 'Otro borrador' }))).code).toBe(
        'not_found',
      );
    }
  });

  it('says at the field what is wrong, and begins nothing', async () => {
    expect((await problemOf(begin({ title: 'ab' }))).fields).toHaveProperty('title');
    const unknown = await problemOf(begin({ concernIds: [randomUUID()] }));
    expect(unknown).toMatchObject({
      code: 'drafts.concern',
      status: 422,
      fields: { concernIds: expect.any(String) },
    });
  });

  it('takes up no concern that is kept in another space, and does not say that it is there', async () => {
    const kept = await buildConcern(t.db, world.people.sabina.id, {
      audience: 'space',
      spaceId: world.casaFlor.id,
    });
    expect((await problemOf(begin({ concernIds: [kept.id] }))).code).toBe('drafts.concern_private');
    const input = { key: randomUUID(), spaceId: world.mesaAgua.id, title: 'Agua', concernIds: [kept.id] };
    expect((await problemOf(rufino.drafts.create(input))).code).toBe('drafts.concern');
    expect(await stateOf(kept.id)).toBe('recibida');
  });
});

describe('the concerns of a draft', () => {
  it('go back to those received when the last draft lets them go', async () => {
    const concern = await buildConcern(t.db, world.people.sabina.id);
    const [one, two] = [await begin({ concernIds: [concern.id] }), await begin({ concernIds: [concern.id] })];
    await rufino.drafts.releaseConcern({ id: one.id, concernId: concern.id });
    expect(await stateOf(concern.id)).toBe('en_debate');
    await rufino.drafts.releaseConcern({ id: two.id, concernId: concern.id });
    expect(await stateOf(concern.id)).toBe('recibida');
    await rufino.drafts.takeUpConcern({ id: two.id, concernId: concern.id });
    expect(await stateOf(concern.id)).toBe('en_debate');
    const again = await problemOf(rufino.drafts.releaseConcern({ id: one.id, concernId: concern.id }));
    expect(again.code).toBe('drafts.not_linked');
  });

  it('stay «recogida» where an article holds them', async () => {
    const concern = await buildConcern(t.db, world.people.sabina.id, { state: 'recogida' });
    const { id } = await begin({ concernIds: [concern.id] });
    expect(await stateOf(concern.id)).toBe('recogida');
    await nieves.drafts.releaseConcern({ id, concernId: concern.id });
    expect(await stateOf(concern.id)).toBe('recogida');
  });

  it('are proposed by the areas of the space', async () => {
    const ours = await buildConcern(t.db, world.people.sabina.id, { areas: ['salud'] });
    const other = await buildConcern(t.db, world.people.sabina.id, { areas: ['formalizacion-y-tramites'] });
    const ids = (await nieves.drafts.candidates({ spaceId: world.mesaAgua.id })).map((one) => one.id);
    expect(ids).toContain(ours.id);
    expect(ids).not.toContain(other.id);
  });
});

describe('closing', () => {
  it('is the coordinator’s, ends the writing, and can be undone', async () => {
    const { id } = await begin();
    expect((await problemOf(nieves.drafts.close({ id }))).code).toBe('refused');
    const told: ForumEvent[] = [];
    const silence = subscribe((event) => void told.push(event));
    await mery.drafts.close({ id });
    silence();
    expect(told.map((event) => event.type)).toEqual(['access.text.closed']);
    const edit = { id, key: randomUUID(), seq: 0, text: 'tarde' };
    expect((await problemOf(nieves.drafts.editByForm(edit))).code).toBe('refused');
    expect((await nieves.drafts.detail({ id })).abilities).toMatchObject({
      edit: false,
      close: false,
      reopen: false,
    });
    expect((await mery.drafts.detail({ id })).abilities).toMatchObject({
      edit: false,
      close: false,
      reopen: true,
    });
    await mery.drafts.reopen({ id });
    await nieves.drafts.editByForm({ ...edit, key: randomUUID(), text: 'a tiempo' });
    expect((await nieves.drafts.detail({ id })).text).toBe('a tiempo');
  });
});

describe('an edit by form', () => {
  const log = (textId: string) =>
    t.db.select().from(textUpdates).where(eq(textUpdates.textId, textId)).orderBy(asc(textUpdates.seq));

  it('keeps what Rufino wrote while Nieves had the form open, and says who wrote what', async () => {
    const draft = await buildDraft(t.db, world.mesaAgua.id, { text: 'Pedimos agua.\nPedimos salud.\n' });
    await rufino.drafts.editByForm({
      id: draft.id,
      key: randomUUID(),
      seq: 1,
      text: 'Pedimos agua limpia.\nPedimos salud.\n',
    });
    await nieves.drafts.editByForm({
      id: draft.id,
      key: randomUUID(),
      seq: 1,
      text: 'Pedimos agua.\r\nPedimos salud para todas.\r\n',
    });
    const { text, seq } = await nieves.drafts.detail({ id: draft.id });
    expect(text).toBe('Pedimos agua limpia.\nPedimos salud para todas.\n');
    expect(seq).toBe(3);
    expect((await log(draft.textId)).map((row) => row.author)).toEqual([
      null,
      world.people.rufino.id,
      world.people.nieves.id,
    ]);
  });

  it('is one edit when it is sent twice, and none when nothing was changed', async () => {
    const draft = await buildDraft(t.db, world.mesaAgua.id, { text: 'uno' });
    const edit = { id: draft.id, key: randomUUID(), seq: 1, text: 'uno dos' };
    await nieves.drafts.editByForm(edit);
    await nieves.drafts.editByForm(edit);
    await nieves.drafts.editByForm({ ...edit, key: randomUUID(), seq: 2 });
    expect(await log(draft.textId)).toHaveLength(2);
  });

  it('of a part of a long text leaves the other parts as they are, also what was written in them meanwhile', async () => {
    const draft = await buildDraft(t.db, world.mesaAgua.id, { text: 'uno\ndos\ntres\ncuatro' });
    const part = { id: draft.id, seq: 1, from: 1, to: 3 };
    await rufino.drafts.editByForm({ ...part, key: randomUUID(), from: 3, to: 4, text: 'cuatro y cinco' });
    await nieves.drafts.editByForm({ ...part, key: randomUUID(), text: 'dos y medio\ntres' });
    expect((await nieves.drafts.detail({ id: draft.id })).text).toBe(
      'uno\ndos y medio\ntres\ncuatro y cinco',
    );
    const long = { ...part, key: randomUUID(), text: 'x'.repeat(99_999) };
    expect((await problemOf(nieves.drafts.editByForm(long))).fields).toHaveProperty('text');
  });

  it('leaves the blanks at the ends alone, since somebody may be writing there', async () => {
    const draft = await buildDraft(t.db, world.mesaAgua.id, { text: 'uno\n\n' });
    await nieves.drafts.editByForm({ id: draft.id, key: randomUUID(), seq: 1, text: 'uno y medio\r\n\r\n' });
    expect((await nieves.drafts.detail({ id: draft.id })).text).toBe('uno y medio\n\n');
  });

  it('refuses a seq that the text never had, and a text beyond its size', async () => {
    const draft = await buildDraft(t.db, world.mesaAgua.id, { text: 'uno' });
    const edit = { id: draft.id, key: randomUUID(), seq: 9, text: 'dos' };
    expect(await problemOf(nieves.drafts.editByForm(edit))).toMatchObject({
      code: 'drafts.seq',
      fields: { text: expect.any(String) },
    });
    const long = { ...edit, key: randomUUID(), seq: 1, text: 'ñ'.repeat(100_001) };
    expect((await problemOf(nieves.drafts.editByForm(long))).fields).toHaveProperty('text');
    expect((await nieves.drafts.detail({ id: draft.id })).text).toBe('uno');
  });

  it('leaves in the audit that she took part, and not where', async () => {
    const draft = await buildDraft(t.db, world.mesaAgua.id);
    await nieves.drafts.editByForm({ id: draft.id, key: randomUUID(), seq: 0, text: 'hola' });
    const rows = await t.db.select().from(audit).where(eq(audit.action, 'drafts.editByForm'));
    expect(rows.at(-1)).toMatchObject({ personId: world.people.nieves.id, subject: null });
  });
});

describe('where one may write', () => {
  it('is what «mine» and «homes» show', async () => {
    const { id } = await begin();
    expect((await nieves.drafts.mine()).map((one) => one.id)).toContain(id);
    expect((await nieves.drafts.homes()).map((one) => one.title)).toEqual([
      'Flor de Cuarzo',
      'Mesa del Agua',
    ]);
    const hilario = await callAs(t.db, world.people.hilario.id);
    expect(await hilario.drafts.mine()).toEqual([]);
    expect(await hilario.drafts.homes()).toEqual([]);
    expect((await hilario.drafts.list({ page: 1 })).items.map((one) => one.id)).toContain(id);
  });
});
