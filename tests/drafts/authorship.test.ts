import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { spaces } from '~/db/schema/spaces';
import { firstUpdate } from '~/server/drafts/rules';
import { authoredLines, stretchesOf } from '~/server/drafts/rules/authorship';
import { textOf } from '~/server/drafts/rules/texts';
import { broughtBy } from '~/server/realtime/authors';
import { callAs, problemOf } from '../support/call';
import { testDatabase } from '../support/db';
import { buildDraft, suggested } from '../support/drafts';
import {
  buildAssociation,
  buildMembership,
  buildPerson,
  buildSpace,
  buildSpaceRole,
} from '../support/factories';
import { forumWorld } from '../support/people';

const t = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
type Caller = Awaited<ReturnType<typeof callAs>>;
let nieves: Caller;
let rufino: Caller;
let mery: Caller;
beforeAll(async () => {
  world = await forumWorld(t.db);
  [nieves, rufino, mery] = await Promise.all([
    callAs(t.db, world.people.nieves.id),
    callAs(t.db, world.people.rufino.id),
    callAs(t.db, world.people.mery.id),
  ]);
});
const draftWith = (text: string) => buildDraft(t.db, world.mesaAgua.id, { text });
const write = async (who: Caller, id: string, text: string) => {
  const { seq } = await who.drafts.detail({ id });
  await who.drafts.editByForm({ id, key: randomUUID(), seq, text });
};
const told = async (who: Caller, id: string) => {
  const { lines, credits } = await who.drafts.authorship({ id });
  const name = (by: number) => {
    const credit = credits[by - 1]!;
    return 'name' in credit ? credit.name : credit.kind;
  };
  return lines.map(({ runs }) => runs.map(({ words, by }) => `${name(by)}: ${words}`));
};
const attribute = (attribution: 'base' | 'person' | 'off') =>
  t.db.update(spaces).set({ attribution }).where(eq(spaces.id, world.mesaAgua.id));

describe('who wrote which words', () => {
  it('is told by base: of each stretch whose it is, and of what nobody wrote that it is the forum’s', async () => {
    const draft = await draftWith('Pedimos agua.\nY un registro.');
    await write(nieves, draft.id, 'Pedimos agua limpia.\nY un registro.');
    await write(rufino, draft.id, 'Pedimos agua limpia.\nY un registro.\nY luz.');
    await write(mery, draft.id, 'Pedimos agua limpia.\nY un registro propio.\nY luz.');
    const lines = await told(nieves, draft.id);
    expect(lines[2]).toEqual(['Tres Vetas: Y luz.']);
    const flat = lines.flat().join(' | ');
    expect(flat).toContain('forum: Pedimos');
    expect(flat).toMatch(/Flor de Cuarzo: [^|]*limpia\./);
    expect(flat).toMatch(/free: [^|]*propio\./);
  });

  it('names Sabina’s base for what she suggested, and not who put it in', async () => {
    const draft = await draftWith('Pedimos agua.');
    const { id, seen } = await suggested(t.db, draft, world.people.sabina.id, 'Pedimos agua para todas.');
    await rufino.drafts.acceptSuggestion({ id, seen, key: randomUUID() });
    expect((await told(rufino, draft.id)).flat().at(-1)).toMatch(/^Flor de Cuarzo: .*para todas\.$/);
  });

  it('does not tell two people of one base apart', async () => {
    const casa = await buildDraft(t.db, world.casaFlor.id, { text: '' });
    const sabina = await callAs(t.db, world.people.sabina.id);
    await write(sabina, casa.id, 'Uno');
    await write(nieves, casa.id, 'Uno dos');
    expect(await told(sabina, casa.id)).toEqual([['Flor de Cuarzo: Uno dos']]);
  });

  it('names people only inside and only where the space says so; and nobody where it is off', async () => {
    const draft = await draftWith('');
    await write(nieves, draft.id, 'Pedimos agua.');
    const delia = await callAs(t.db, world.people.delia.id);
    expect(JSON.stringify(await nieves.drafts.authorship({ id: draft.id }))).not.toContain('Nieves');
    await attribute('person');
    expect(await told(rufino, draft.id)).toEqual([['Nieves Choque: Pedimos agua.']]);
    expect(await told(delia, draft.id)).toEqual([['Flor de Cuarzo: Pedimos agua.']]);
    await attribute('off');
    expect(await rufino.drafts.authorship({ id: draft.id })).toMatchObject({
      attribution: 'off',
      credits: [],
      lines: [],
    });
    await attribute('base');
  });

  it('is found by nobody who may not read the draft', async () => {
    const kept = await buildDraft(t.db, world.casaFlor.id, { text: 'Entre nosotras.' });
    expect((await problemOf(rufino.drafts.authorship({ id: kept.id }))).code).toBe('not_found');
  });
});

describe('how a space tells who wrote what', () => {
  const says = (who: Caller, id: string, attribution: 'base' | 'person' | 'off') =>
    who.spaces.setAttribution({ id, attribution });
  async function tableOf(person: string, over: Parameters<typeof buildSpace>[1] = {}) {
    const space = await buildSpace(t.db, over);
    await buildSpaceRole(t.db, space.id, person, 'coordinator');
    return space;
  }

  it('is for who coordinates it to say', async () => {
    const { id } = await tableOf(world.people.mery.id);
    await buildSpaceRole(t.db, id, world.people.nieves.id, 'writer');
    expect((await problemOf(says(await callAs(t.db, world.people.nieves.id), id, 'off'))).code).toBe(
      'refused',
    );
    const coordinating = await callAs(t.db, world.people.mery.id);
    for (const attribution of ['off', 'base', 'person'] as const) {
      await says(coordinating, id, attribution);
      expect((await coordinating.spaces.detail({ id })).attribution).toBe(attribution);
    }
  });

  it('is never more than Nieves was told when she wrote; less, at any time', async () => {
    const { id } = await tableOf(world.people.mery.id);
    await buildSpaceRole(t.db, id, world.people.nieves.id, 'writer');
    const coordinating = await callAs(t.db, world.people.mery.id);
    const writing = await callAs(t.db, world.people.nieves.id);
    const draft = await buildDraft(t.db, id, { text: '' });
    await write(writing, draft.id, 'El capataz nos debe tres meses.');
    expect(await problemOf(says(coordinating, id, 'person'))).toMatchObject({
      code: 'spaces.attribution.promised',
      fields: { attribution: expect.any(String) },
    });
    expect(await told(coordinating, draft.id)).toEqual([['Flor de Cuarzo: El capataz nos debe tres meses.']]);
    await says(coordinating, id, 'off');
    expect((await problemOf(says(coordinating, id, 'base'))).code).toBe('spaces.attribution.promised');
    await says(coordinating, id, 'off');
  });

  it('is by person in no free base, where people do not know each other', async () => {
    const base = await buildAssociation(t.db, { kind: 'base_libre' });
    const [zoila, petra] = [await buildPerson(t.db), await buildPerson(t.db, { name: 'Petra Callo' })];
    for (const { id } of [zoila, petra]) await buildMembership(t.db, base.id, id);
    const space = await tableOf(zoila.id, { kind: 'association', private: true, associationId: base.id });
    const [coordinating, member] = await Promise.all([callAs(t.db, zoila.id), callAs(t.db, petra.id)]);
    expect((await problemOf(says(coordinating, space.id, 'person'))).code).toBe('spaces.attribution.free');
    // However it came to be said.
    await t.db.update(spaces).set({ attribution: 'person' }).where(eq(spaces.id, space.id));
    const draft = await buildDraft(t.db, space.id, { text: '' });
    await write(member, draft.id, 'No nos pagan.');
    const answers = await Promise.all([
      coordinating.drafts.authorship({ id: draft.id }),
      coordinating.drafts.detail({ id: draft.id }),
    ]);
    expect(answers[0]).toMatchObject({ attribution: 'base', credits: [{ kind: 'base', name: base.name }] });
    expect(JSON.stringify(answers)).not.toContain('Petra');
  });
});

describe('the stretches of a text', () => {
  it('are cut where one author’s letters end, whatever Yjs has put together', () => {
    const first = firstUpdate('abcdef');
    const text = textOf([first]);
    const [span] = broughtBy(first);
    const author = (from: number, length: number, who: string) => ({
      client: span!.client,
      clock: from,
      length,
      author: who,
    });
    expect(stretchesOf(text, [author(4, 2, 'rosa'), author(0, 2, 'ana')])).toEqual([
      { words: 'ab', author: 'ana' },
      { words: 'cd', author: null },
      { words: 'ef', author: 'rosa' },
    ]);
  });

  it('are told line by line; blanks are whose words stand before them', () => {
    expect(
      authoredLines([
        { words: 'Uno', author: 'ana' },
        { words: ' \n', author: 'rosa' },
        { words: 'Dos', author: 'rosa' },
      ]),
    ).toEqual([[{ words: 'Uno ', author: 'ana' }], [{ words: 'Dos', author: 'rosa' }]]);
  });
});
