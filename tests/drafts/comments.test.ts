import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { firstUpdate } from '~/server/drafts/rules';
import { anchorAt, findWords, standsAt } from '~/server/drafts/rules/anchors';
import { placesIn } from '~/server/drafts/rules/places';
import { textOf } from '~/server/drafts/rules/texts';
import { callAs, problemOf } from '../support/call';
import { testDatabase } from '../support/db';
import { buildDraft, remarked } from '../support/drafts';
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
const draftWith = (text: string) => buildDraft(t.db, world.mesaAgua.id, { text });
const say = (id: string, over = {}) =>
  sabina.drafts.comment({ id, key: randomUUID(), seq: 1, at: 0, words: '¿Desde cuándo?', ...over });
const remarks = async (id: string, state?: 'resolved') => (await nieves.drafts.comments({ id, state })).items;
const write = async (id: string, text: string) => {
  const { seq } = await rufino.drafts.detail({ id });
  await rufino.drafts.editByForm({ id, key: randomUUID(), seq, text });
};

describe('a remark of Sabina', () => {
  it('stays with its words while others write before, behind and between them', async () => {
    const draft = await draftWith('Pedimos agua limpia.\nY un registro.\n');
    await say(draft.id, { at: 1, quote: 'un registro' });
    await write(draft.id, 'Antes.\nPedimos agua limpia.\nTambién pedimos un nuevo registro ya.\n');
    const [one] = await remarks(draft.id);
    expect(one).toMatchObject({
      by: { kind: 'base', name: 'Flor de Cuarzo' },
      words: '¿Desde cuándo?',
      quote: 'un registro',
      line: 2,
      gone: false,
    });
    // The form exchanges whole words: «registro.» became «registro ya.», so what is left of the quote is its beginning.
    expect(one!.now).toContain('un');
  });

  it('is about the whole line where no words are named, and found whatever the blanks and capitals', async () => {
    const draft = await draftWith('  Pedimos   agua limpia.  ');
    await say(draft.id);
    await say(draft.id, { quote: 'pedimos agua' });
    expect((await remarks(draft.id)).map((one) => one.quote).sort()).toEqual([
      'Pedimos   agua',
      'Pedimos   agua limpia.',
    ]);
  });

  it('says that its words were taken out, and which they were', async () => {
    const draft = await draftWith('Pedimos agua.\nSobra esta línea.\nFin.');
    await say(draft.id, { at: 1 });
    await write(draft.id, 'Pedimos agua.\nFin.');
    expect(await remarks(draft.id)).toMatchObject([{ gone: true, quote: 'Sobra esta línea.', now: null }]);
  });

  it('names words that are in the line, or is not taken', async () => {
    const draft = await draftWith('Pedimos agua.');
    expect(await problemOf(say(draft.id, { quote: 'pedimos oro' }))).toMatchObject({
      code: 'drafts.comment.quote',
      fields: { quote: expect.any(String) },
    });
    expect((await problemOf(say(draft.id, { seq: 7 }))).code).toBe('drafts.seq');
    expect((await problemOf(say(draft.id, { words: '' }))).fields).toHaveProperty('words');
    expect(await remarks(draft.id)).toEqual([]);
  });

  it('is one when it is sent twice, and no more than a hundred in one draft', async () => {
    const draft = await draftWith('Pedimos agua.');
    const key = randomUUID();
    await say(draft.id, { key });
    await say(draft.id, { key });
    expect(await remarks(draft.id)).toHaveLength(1);
    for (let i = 1; i < 100; i++) await remarked(t.db, draft, world.people.sabina.id);
    expect((await problemOf(say(draft.id))).code).toBe('drafts.comment.many');
    expect(await nieves.drafts.comments({ id: draft.id, page: 7 })).toMatchObject({ open: 100, pages: 7 });
  });
});

describe('what is said to a remark', () => {
  it('stands under it, once, by base; an answer is not answered', async () => {
    const draft = await draftWith('Pedimos agua.');
    await say(draft.id);
    const [one] = await remarks(draft.id);
    const answer = { id: one!.id, key: randomUUID(), words: 'Desde enero.' };
    await rufino.drafts.answerComment(answer);
    await rufino.drafts.answerComment(answer);
    const [now] = await remarks(draft.id);
    expect(now!.answers).toMatchObject([{ words: 'Desde enero.', by: { kind: 'base', name: 'Tres Vetas' } }]);
    const deeper = await problemOf(
      sabina.drafts.answerComment({ ...answer, id: now!.answers[0]!.id, key: randomUUID() }),
    );
    expect(deeper.code).toBe('not_found');
  });

  it('is that it is settled: by who writes there or who made it, and back again', async () => {
    const draft = await draftWith('Pedimos agua.');
    await say(draft.id);
    const id = (await remarks(draft.id))[0]!.id;
    const hilario = await callAs(t.db, world.people.hilario.id);
    expect((await problemOf(hilario.drafts.resolveComment({ id }))).code).toBe('refused');
    await sabina.drafts.resolveComment({ id });
    await nieves.drafts.resolveComment({ id });
    expect(await remarks(draft.id)).toEqual([]);
    expect(await remarks(draft.id, 'resolved')).toMatchObject([{ id, resolved: true }]);
    const late = await problemOf(
      rufino.drafts.answerComment({ id, key: randomUUID(), words: 'Una cosa más.' }),
    );
    expect(late.code).toBe('drafts.comment.settled');
    await nieves.drafts.reopenComment({ id });
    expect(await remarks(draft.id)).toHaveLength(1);
  });

  it('is counted beside its line on the draft’s page', async () => {
    const draft = await draftWith('Uno.\nDos.');
    await say(draft.id, { at: 1 });
    await say(draft.id, { at: 1 });
    const { comments, marks } = await nieves.drafts.detail({ id: draft.id });
    expect([comments, marks]).toEqual([2, [{ at: 1, suggestions: 0, comments: 2 }]]);
    const line = await nieves.drafts.passage({ id: draft.id, at: 1 });
    expect([line.comments.length, line.moreComments]).toEqual([2, 0]);
  });

  it('is found by nobody who may not read the draft', async () => {
    const kept = await buildDraft(t.db, world.casaFlor.id, { text: 'Entre nosotras.' });
    const mine = await remarked(t.db, kept, world.people.sabina.id);
    const there = await problemOf(rufino.drafts.resolveComment({ id: mine.id }));
    expect(there).toEqual(await problemOf(rufino.drafts.resolveComment({ id: randomUUID() })));
    expect(there.code).toBe('not_found');
  });
});

describe('a stretch of words', () => {
  it('holds its own letters and no others, whatever is written or taken out around and in it', () => {
    const act = fc.record({ at: fc.nat(60), remove: fc.nat(4), insert: fc.constantFrom('', 'x', 'yy ') });
    fc.assert(
      fc.property(
        fc.nat(10),
        fc.integer({ min: 1, max: 8 }),
        fc.array(act, { maxLength: 8 }),
        (from, size, acts) => {
          const text = textOf([firstUpdate('abcdefghijklmnopqrstu')]);
          const quote = text.toString().slice(from, from + size);
          const anchor = anchorAt(text, from, from + size);
          for (const { at, remove, insert } of acts) {
            const place = Math.min(at, text.length);
            text.delete(place, Math.min(remove, text.length - place));
            if (insert) text.insert(place, insert);
          }
          const now = text.toString();
          const left = [...quote].filter((letter) => now.includes(letter));
          const stands = standsAt(placesIn(textOf([Y.encodeStateAsUpdate(text.doc!)])), anchor);
          // What is left of it is within; nothing that stood outside of it is.
          for (const letter of left) expect(stands.words).toContain(letter);
          const outside = [...'abcdefghijklmnopqrstu'].filter((letter) => !quote.includes(letter));
          for (const letter of outside.filter((one) => one !== 'x' && one !== 'y'))
            expect(stands.words).not.toContain(letter);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('takes nothing in that is written right before it or right behind it, and what is written into it', () => {
    const text = textOf([firstUpdate('pedimos agua hoy')]);
    const anchor = anchorAt(text, 8, 12);
    text.insert(12, ' limpia');
    text.insert(8, 'mucha ');
    expect(standsAt(placesIn(text), anchor)).toEqual({ at: 14, words: 'agua', gone: false });
    text.insert(16, '-');
    expect(standsAt(placesIn(text), anchor).words).toBe('ag-ua');
    text.delete(14, 5);
    expect(standsAt(placesIn(text), anchor)).toEqual({ at: 14, words: '', gone: true });
  });

  it('is found by its words as they are written before any that differ in their capitals', () => {
    expect(findWords('Agua y agua', 'agua')).toEqual({ from: 7, to: 11 });
    expect(findWords('Cuesta (mucho).', '(mucho)')).toEqual({ from: 7, to: 14 });
    expect(findWords('Agua', '  ')).toBeNull();
  });

  it('are searched as words and not as a pattern: a long quote is answered at once', () => {
    // As a pattern this took the forum minutes, while everybody else waited; it is the runner's limit that would end it.
    expect(findWords(`${'a '.repeat(50_000)}b`, `${'a '.repeat(25_000)}c`)).toBeNull();
    expect(findWords(`${' '.repeat(50_000)}Á   gua`, 'á gua')).toEqual({ from: 50_000, to: 50_007 });
  });
});
