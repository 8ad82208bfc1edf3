import { randomUUID } from 'node:crypto';
import { asc, eq, sql } from 'drizzle-orm';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { acts } from '~/db/schema/acts';
import { forgetLostWords } from '~/server/acts/commands/forgetting';
import { changesOf } from '~/server/acts/queries';
import { type Change, plain } from '~/server/acts/rules';
import { forgotten, withoutLostWords } from '~/server/acts/rules/forgetting';
import { problemOf } from '../support/call';
import { testDatabase } from '../support/db';
import { type DocumentWorld, documentWorld } from '../support/document';
import { withoutTrigger } from '../support/guards';
import { whereIs } from '../support/where';

describe('which words no undoing leads back to', () => {
  const act = (before: string | null, after: string | null, key = 'words:a') => ({
    changes: [{ key, before, after }],
  });
  const kept = (all: { changes: Change[] }[], now: string, key = 'words:a') => {
    const lost = withoutLostWords(all, new Map([[key, now]])).map(({ act: one }) => all.indexOf(one));
    return all.map((_, i) => !lost.includes(i));
  };

  it.each([
    // The newest first.
    ['what stands is what the act left', [act('a', 'b')], 'b', [true]],
    ['somebody wrote since', [act('a', 'b')], 'c', [false]],
    ['two acts in a row', [act('b', 'c'), act('a', 'b')], 'c', [true, true]],
    ['somebody wrote between them', [act('B', 'c'), act('a', 'b')], 'c', [true, false]],
    ['somebody wrote since, and both are out of reach', [act('b', 'c'), act('a', 'b')], 'd', [false, false]],
    ['an undone act leads back through its undoing', [act('b', 'a'), act('a', 'b')], 'a', [true, true]],
    ['written back as it was', [act('a', 'b')], 'b', [true]],
    ['an article that the act made', [act(null, 'b')], 'c', [false]],
  ] as const)('%s', (_what, all, now, expected) => {
    expect(kept(all as never, now)).toEqual(expected);
  });

  it('says of a place, a tie or a state nothing: there is no word of anybody in them', () => {
    expect(kept([act('a', 'b', 'place:a')], 'c', 'place:a')).toEqual([true]);
  });

  it('leaves what was not there before as not there, and forgets once', () => {
    const [once] = withoutLostWords([act(null, 'b')], new Map([['words:a', 'c']]));
    expect(once!.changes).toEqual([{ key: 'words:a', before: null, after: forgotten }]);
    expect(withoutLostWords([{ changes: once!.changes }], new Map([['words:a', 'c']]))).toEqual([]);
  });

  it('in whatever order people write and act: every undoing from the last one on finds what it needs', () => {
    const step = fc.record({ act: fc.boolean(), to: fc.constantFrom('a', 'b', 'c', 'd') });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let now = 'a';
        const all: { changes: Change[] }[] = [];
        for (const { act: byAct, to } of steps) {
          if (byAct && to !== now) all.unshift(act(now, to));
          now = to;
        }
        const lost = new Set(withoutLostWords(all, new Map([['words:a', now]])).map(({ act: one }) => one));
        // Undone one after the other, as far as each finds what it left.
        let stands = plain(now);
        for (const one of all) {
          const [change] = one.changes;
          const reached = plain(change!.after) === stands;
          expect(lost.has(one)).toBe(!reached);
          if (reached) stands = plain(change!.before);
        }
      }),
    );
  });
});

describe('at the desk', () => {
  const database = testDatabase();
  let world: DocumentWorld;
  beforeAll(async () => {
    world = await documentWorld(database.db);
  });
  const word = 'Quispicanchi-canario';

  /** Two articles joined: an act whose images hold the words of the first, before and after. */
  async function joined() {
    const emilia = await world.as('emilia');
    const taken = async (title: string) =>
      emilia.document.takeUp({
        ...{ key: randomUUID(), draftId: world.draft.id, area: 'agua', title },
        ...{ concerns: 'some' as const, concernIds: [] },
      });
    const [one, two] = [await taken('Agua limpia'), await taken('Agua de noche')];
    const [a, b] = [
      await emilia.document.workingArticle({ id: one.id }),
      await emilia.document.workingArticle({ id: two.id }),
    ];
    await emilia.document.editText({
      id: one.id,
      key: randomUUID(),
      base: a.seq,
      text: `Lo pidió ${word}.`,
    });
    const now = await emilia.document.workingArticle({ id: one.id });
    const { actId } = await emilia.document.merge({
      ...{ key: randomUUID(), id: one.id, other: two.id, title: now.title, wording: 'first' as const },
      ...{ revision: now.revision, otherRevision: b.revision, seq: now.seq, otherSeq: b.seq },
    });
    return { id: one.id, actId: actId!, emilia };
  }
  const age = (days: number) =>
    withoutTrigger(database.db, 'acts', 'acts_hold', () =>
      database.db.execute(sql`update acts set at = now() - make_interval(days => ${days})`),
    );
  const rewrite = async ({ id, emilia }: Awaited<ReturnType<typeof joined>>, text: string) => {
    const { seq } = await emilia.document.workingArticle({ id });
    await emilia.document.editText({ id, key: randomUUID(), base: seq, text });
  };

  it('a name that was written over is in no act after thirty days, and the act still says what was done', async () => {
    const desk = await joined();
    await rewrite(desk, 'Lo pidió una vecina.');
    expect(await whereIs(database.db, word)).toContain('acts.changes');
    await age(29);
    expect(await forgetLostWords(database.db)).toBe(0);
    await age(31);
    expect(await forgetLostWords(database.db)).toBeGreaterThan(0);
    expect(await whereIs(database.db, word)).not.toContain('acts.changes');
    expect(await forgetLostWords(database.db)).toBe(0);
    const told = await desk.emilia.document.act({ id: desk.actId });
    expect(told.effects.map(({ what }) => what)).toContain('forgotten');
    expect(told.whyNot).not.toBeNull();
    const problem = await problemOf(desk.emilia.document.undo({ key: randomUUID(), id: desk.actId }));
    expect(problem.code).toMatch(/^acts\.changed\./);
    const { items } = await desk.emilia.document.acts({ page: 1 });
    expect(items.find(({ id }) => id === desk.actId)).toMatchObject({ kind: 'merge' });
  });

  it('an act that can still be undone keeps its words, however old it is', async () => {
    const desk = await joined();
    await age(400);
    await forgetLostWords(database.db);
    await desk.emilia.document.undo({ key: randomUUID(), id: desk.actId });
    expect((await desk.emilia.document.workingArticle({ id: desk.id })).text).toBe(`Lo pidió ${word}.`);
  });

  it('the database lets no act of the last thirty days be emptied, and of none anything else be changed', async () => {
    await joined();
    const [last] = await database.db.select().from(acts).orderBy(asc(acts.number));
    const change = (set: Partial<typeof acts.$inferInsert>) =>
      database.db.update(acts).set(set).where(eq(acts.id, last!.id)).execute();
    await age(1);
    await expect(change({ changes: '[]' })).rejects.toThrow();
    await age(31);
    for (const set of [{ kind: 'split' }, { touched: [] }, { note: {} }, { at: new Date() }])
      await expect(change(set)).rejects.toThrow();
    await change({ changes: JSON.stringify(changesOf(last!)) });
  });
});
