import { randomUUID } from 'node:crypto';
import { asc, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { draftSuggestions, textUpdates } from '~/db/schema/drafts';
import { spaces } from '~/db/schema/spaces';
import { type ForumEvent, subscribe } from '~/server/events';
import { callAs, problemOf } from '../support/call';
import { testDatabase } from '../support/db';
import { buildDraft, suggested } from '../support/drafts';
import { forumWorld } from '../support/people';

const t = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
type Caller = Awaited<ReturnType<typeof callAs>>;
let nieves: Caller;
let rufino: Caller;
let sabina: Caller;
beforeAll(async () => {
  world = await forumWorld(t.db);
  [nieves, rufino, sabina] = await Promise.all([
    callAs(t.db, world.people.nieves.id),
    callAs(t.db, world.people.rufino.id),
    callAs(t.db, world.people.sabina.id),
  ]);
});
const draftWith = (text: string, over = {}) => buildDraft(t.db, world.mesaAgua.id, { text, ...over });
const textNow = async (id: string) => (await nieves.drafts.detail({ id })).text;
const open = async (id: string) => (await nieves.drafts.suggestions({ id })).open;
const propose = (id: string, text: string, over = {}) =>
  sabina.drafts.suggest({
    id,
    key: randomUUID(),
    seq: 1,
    at: 0,
    text,
    reason: 'Falta decir para quién.',
    ...over,
  });
const accept = async (who: Caller, id: string) => {
  const [one] = await open(id);
  return who.drafts.acceptSuggestion({ id: one!.id, key: randomUUID(), seen: one!.seen });
};

describe('a suggestion of Sabina, who reads at the table of the water and does not write there', () => {
  it('changes nothing until Nieves puts it in, and then stands there as Sabina’s', async () => {
    const draft = await draftWith('Pedimos agua limpia.\nY un registro.\n');
    await propose(draft.id, 'Pedimos agua limpia para todas.');
    expect(await textNow(draft.id)).toBe('Pedimos agua limpia.\nY un registro.\n');
    const [one] = await open(draft.id);
    expect(one).toMatchObject({
      by: { kind: 'base', name: 'Flor de Cuarzo' },
      reason: 'Falta decir para quién.',
      idle: false,
      moved: false,
      abilities: { accept: true, reject: true, withdraw: false },
    });
    const told: ForumEvent[] = [];
    const silence = subscribe((event) => void told.push(event));
    await accept(nieves, draft.id);
    silence();
    expect(await textNow(draft.id)).toBe('Pedimos agua limpia para todas.\nY un registro.\n');
    expect(told).toMatchObject([
      { type: 'text.appended', textId: draft.textId, author: world.people.sabina.id },
    ]);
    const log = await t.db
      .select({ author: textUpdates.author })
      .from(textUpdates)
      .where(eq(textUpdates.textId, draft.textId))
      .orderBy(asc(textUpdates.seq));
    expect(log.map((row) => row.author)).toEqual([null, world.people.sabina.id]);
    const { past } = await sabina.drafts.suggestions({ id: draft.id });
    expect(past).toMatchObject([{ state: 'accepted', inserted: 'limpia para todas.' }]);
  });

  it('is for one line: a whole book in its place is not taken, and what she typed stays', async () => {
    const draft = await draftWith('Pedimos agua.');
    const book = 'Pedimos agua y más. '.repeat(200);
    expect(await problemOf(propose(draft.id, book))).toMatchObject({
      code: 'field.long',
      fields: { text: expect.stringContaining('3013') },
    });
    await propose(draft.id, book.slice(0, 3000));
    expect(await open(draft.id)).toHaveLength(1);
  });

  it('is one when the button is pressed twice, and is put in once', async () => {
    const draft = await draftWith('Pedimos agua.');
    const key = randomUUID();
    await propose(draft.id, 'Pedimos agua ya.', { key });
    await propose(draft.id, 'Pedimos agua ya.', { key });
    const [one, other] = await open(draft.id);
    expect(other).toBeUndefined();
    const press = { id: one!.id, key: randomUUID(), seen: one!.seen };
    await Promise.all([nieves.drafts.acceptSuggestion(press), nieves.drafts.acceptSuggestion(press)]);
    expect(await textNow(draft.id)).toBe('Pedimos agua ya.');
    const late = await problemOf(rufino.drafts.acceptSuggestion({ ...press, key: randomUUID() }));
    expect(late.code).toBe('drafts.suggestion.decided');
  });

  it('is put in upon the text as it stands by then', async () => {
    const draft = await draftWith('Pedimos agua limpia.\nY un registro.\n');
    await propose(draft.id, 'Exigimos agua limpia.');
    const edit = {
      id: draft.id,
      key: randomUUID(),
      seq: 1,
      text: 'Antes.\nPedimos agua limpia y segura.\nY un registro.\n',
    };
    await rufino.drafts.editByForm(edit);
    await accept(nieves, draft.id);
    expect(await textNow(draft.id)).toBe('Antes.\nExigimos agua limpia y segura.\nY un registro.\n');
  });

  it('is shown again where it would do something else than what Nieves has before her', async () => {
    const draft = await draftWith('Pedimos agua limpia.');
    await propose(draft.id, 'Pedimos agua segura.');
    const [seen] = await open(draft.id);
    const edit = { id: draft.id, key: randomUUID(), seq: 1, text: 'Pedimos agua potable.' };
    await rufino.drafts.editByForm(edit);
    const press = { id: seen!.id, key: randomUUID(), seen: seen!.seen };
    expect((await problemOf(nieves.drafts.acceptSuggestion(press))).code).toBe('drafts.suggestion.moved');
    expect((await open(draft.id))[0]).toMatchObject({ moved: true });
    expect(await textNow(draft.id)).toBe('Pedimos agua potable.');
  });

  it('says when nothing is left of it to do, and cannot be put in', async () => {
    const draft = await draftWith('Pedimos agua.\nSobra esto.');
    await propose(draft.id, '', { at: 1 });
    await rufino.drafts.editByForm({ id: draft.id, key: randomUUID(), seq: 1, text: 'Pedimos agua.\n' });
    const [one] = await open(draft.id);
    expect(one).toMatchObject({ idle: true, abilities: { accept: false, reject: true } });
    const press = { id: one!.id, key: randomUUID(), seen: one!.seen };
    expect((await problemOf(nieves.drafts.acceptSuggestion(press))).code).toBe('drafts.suggestion.idle');
  });

  it('does not go in beside another’s without a word torn', async () => {
    const draft = await draftWith('Pedimos agua limpia.');
    await propose(draft.id, 'Pedimos agua segura.');
    await rufino.drafts.suggest({
      id: draft.id,
      key: randomUUID(),
      seq: 1,
      at: 0,
      text: 'Pedimos agua potable.',
    });
    await accept(nieves, draft.id);
    await accept(nieves, draft.id);
    const words = (await textNow(draft.id)).split(' ').sort();
    expect(words).toEqual(['Pedimos', 'agua', 'potable.', 'segura.']);
  });
});

describe('a suggestion for a draft in which nothing is written yet', () => {
  it('is its first words', async () => {
    const draft = await draftWith('');
    await propose(draft.id, 'Pedimos agua.\nY luz.', { seq: 0 });
    expect((await nieves.drafts.passage({ id: draft.id, at: 0 })).suggestions).toHaveLength(1);
    await accept(nieves, draft.id);
    expect(await textNow(draft.id)).toBe('Pedimos agua.\nY luz.');
  });
});

describe('an answer to a suggestion', () => {
  it('is no, with why; Sabina reads it', async () => {
    const draft = await draftWith('Pedimos agua.');
    await propose(draft.id, 'Pedimos oro.');
    const [one] = await open(draft.id);
    expect(
      (await problemOf(nieves.drafts.rejectSuggestion({ id: one!.id, answer: '' }))).fields,
    ).toHaveProperty('answer');
    await nieves.drafts.rejectSuggestion({ id: one!.id, answer: 'Eso va en otro borrador.' });
    expect(await sabina.drafts.suggestions({ id: draft.id })).toMatchObject({
      total: 0,
      past: [{ state: 'rejected', removed: 'agua.', inserted: 'oro.', answer: 'Eso va en otro borrador.' }],
    });
    const [row] = await t.db.select().from(draftSuggestions).where(eq(draftSuggestions.id, one!.id));
    expect(row!.update).toBeNull();
    const again = await problemOf(rufino.drafts.rejectSuggestion({ id: one!.id, answer: 'Tampoco.' }));
    expect(again.code).toBe('drafts.suggestion.decided');
  });

  it('is not needed where Sabina takes it back herself; nobody else can', async () => {
    const draft = await draftWith('Pedimos agua.');
    await propose(draft.id, 'Pedimos oro.');
    const [one] = await open(draft.id);
    expect((await problemOf(nieves.drafts.withdrawSuggestion({ id: one!.id }))).code).toBe('refused');
    await sabina.drafts.withdrawSuggestion({ id: one!.id });
    await sabina.drafts.withdrawSuggestion({ id: one!.id });
    expect(await open(draft.id)).toEqual([]);
    const press = { id: one!.id, key: randomUUID(), seen: one!.seen };
    expect((await problemOf(nieves.drafts.acceptSuggestion(press))).code).toBe('drafts.suggestion.decided');
    // She may have named somebody: none of her words is left, neither on a page nor in the table.
    const { past } = await nieves.drafts.suggestions({ id: draft.id });
    expect(past).toMatchObject([{ state: 'withdrawn', removed: '', inserted: '', reason: '' }]);
    const [row] = await t.db.select().from(draftSuggestions).where(eq(draftSuggestions.id, one!.id));
    expect(JSON.stringify(row)).not.toMatch(/oro|Falta/);
  });
});

it('nothing that stands beside a draft tells the hour at which it was said', async () => {
  const draft = await draftWith('Pedimos agua.');
  await propose(draft.id, 'Pedimos agua ya.');
  await propose(draft.id, 'Pedimos agua hoy.');
  const [, second] = await open(draft.id);
  await nieves.drafts.rejectSuggestion({ id: second!.id, answer: 'Ya está dicho.' });
  await sabina.drafts.comment({ id: draft.id, key: randomUUID(), seq: 1, at: 0, words: '¿Cuándo?' });
  await nieves.drafts.nameVersion({ id: draft.id, key: randomUUID(), name: 'La primera' });
  const { items } = await sabina.drafts.versions({ id: draft.id });
  const [versionId] = items.map(({ id }) => id);
  const answers = JSON.stringify([
    await sabina.drafts.suggestions({ id: draft.id }),
    await sabina.drafts.passage({ id: draft.id, at: 0 }),
    await sabina.drafts.comments({ id: draft.id }),
    items,
    await sabina.drafts.version({ id: draft.id, versionId: versionId! }),
    await sabina.drafts.comparison({ id: draft.id, from: versionId!, to: 'ahora' }),
  ]);
  expect(answers.match(/"day":"\d{4}-\d\d-\d\d"/g)!.length).toBeGreaterThanOrEqual(7);
  expect(answers).not.toMatch(/\d\d:\d\d/);
});

describe('what is no suggestion', () => {
  it('is the same words, a line that is not there, a seq that never was', async () => {
    const draft = await draftWith('Pedimos agua.');
    expect(await problemOf(propose(draft.id, ' Pedimos agua. '))).toMatchObject({
      code: 'drafts.suggestion.same',
      fields: { text: expect.any(String) },
    });
    expect((await problemOf(propose(draft.id, 'x', { at: 7 }))).code).toBe('drafts.seq');
    expect((await problemOf(propose(draft.id, 'x', { seq: 9 }))).code).toBe('drafts.seq');
  });

  it('is the one after the twentieth that waits', async () => {
    const draft = await draftWith('Pedimos agua.');
    for (let i = 0; i < 20; i++) await suggested(t.db, draft, world.people.sabina.id, `Pedimos agua ${i}.`);
    expect((await problemOf(propose(draft.id, 'Una más.'))).code).toBe('drafts.suggestion.many');
    // The others are not held to what Sabina did.
    await rufino.drafts.suggest({ id: draft.id, key: randomUUID(), seq: 1, at: 0, text: 'Una más.' });
    const { total, pages, open: first } = await nieves.drafts.suggestions({ id: draft.id });
    expect([total, pages, first.length]).toEqual([21, 3, 10]);
  });

  it('is found by nobody who may not read the draft', async () => {
    const kept = await buildDraft(t.db, world.casaFlor.id, { text: 'Entre nosotras.' });
    const mine = await suggested(t.db, kept, world.people.sabina.id);
    const there = await problemOf(rufino.drafts.withdrawSuggestion({ id: mine.id }));
    const nowhere = await problemOf(rufino.drafts.withdrawSuggestion({ id: randomUUID() }));
    expect(there).toEqual(nowhere);
    expect((await problemOf(rufino.drafts.suggestions({ id: kept.id }))).code).toBe('not_found');
  });
});

describe('under which name a suggestion stands', () => {
  const by = async (who: Caller, id: string) => (await who.drafts.suggestions({ id })).open[0]!.by;
  const attribute = (attribution: 'base' | 'person' | 'off') =>
    t.db.update(spaces).set({ attribution }).where(eq(spaces.id, world.mesaAgua.id));

  it('is as the space says: the base, nothing, or for those inside the person', async () => {
    const draft = await draftWith('Pedimos agua.');
    await propose(draft.id, 'Pedimos agua ya.');
    expect(await by(nieves, draft.id)).toEqual({ kind: 'base', name: 'Flor de Cuarzo' });
    await attribute('person');
    expect(await by(nieves, draft.id)).toEqual({ kind: 'person', name: 'Sabina Quispe' });
    // Delia reads this draft too, and is not of this table.
    const delia = await callAs(t.db, world.people.delia.id);
    expect(await by(delia, draft.id)).toEqual({ kind: 'base', name: 'Flor de Cuarzo' });
    await attribute('off');
    expect(await by(nieves, draft.id)).toBeNull();
    await attribute('base');
  });
});

describe('one line of a draft', () => {
  it('comes with what others propose for it, and not with what they propose for others', async () => {
    const draft = await draftWith('Uno de agua.\nDos de oro.');
    await propose(draft.id, 'Uno de agua limpia.');
    await propose(draft.id, 'Dos de oro justo.', { at: 1 });
    const line = await nieves.drafts.passage({ id: draft.id, at: 1 });
    expect(line).toMatchObject({ words: 'Dos de oro.', seq: 1, more: 0, abilities: { suggest: true } });
    expect(line.suggestions.map((one) => one.inserted)).toEqual(['oro justo.']);
    expect((await problemOf(nieves.drafts.passage({ id: draft.id, at: 9 }))).code).toBe('not_found');
  });
});
