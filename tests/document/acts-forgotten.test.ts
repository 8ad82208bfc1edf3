import { randomUUID } from 'node:crypto';
import { asc, eq, sql } from 'drizzle-orm';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { acts } from '~/db/schema/acts';
import { articles } from '~/db/schema/document';
import { acting } from '~/server/acts/commands';
import { forgetLostWords } from '~/server/acts/commands/forgetting';
import { changesOf } from '~/server/acts/queries';
import { type Change, plain } from '~/server/acts/rules';
import { forgotten, withoutLostWords } from '~/server/acts/rules/forgetting';
import { rewrite as putWords } from '~/server/document/commands/texts';
import { problemOf } from '../support/call';
import { until } from '../support/clients';
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
    ['written by hand what another act took away again', [act('z', 'y'), act('x', 'y')], 'y', [true, true]],
    [
      'an older act leads on from where a later one began',
      [act('c', 'd'), act('d', 'e')],
      'd',
      [true, false],
    ],
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

  it('as it stood a day ago counts like now: a letter that stands for one night takes nothing', () => {
    const of = (now: string) => new Map([['words:a', now]]);
    const all = [act('b', 'c'), act('a', 'b')];
    expect(withoutLostWords(all, of('cx'), of('c'))).toEqual([]);
    expect(withoutLostWords(all, of('cx'), of('cx')).map((one) => one.act)).toEqual(all);
    // Nothing is known of a day ago: it decides nothing.
    expect(withoutLostWords(all, of('c'), new Map())).toEqual([]);
  });

  const step = fc.record({ act: fc.boolean(), to: fc.constantFrom('a', 'b', 'c', 'd') });
  it('whatever is undone, in whatever order, with hands writing in between: nothing that went was needed', () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 30 }),
        fc.array(fc.nat(), { maxLength: 30 }),
        (steps, picks) => {
          const all: { id: number; before: string; after: string; undone: boolean; of: number | null }[] = [];
          let now = 'a';
          const record = (to: string, of: number | null) => {
            all.push({ id: all.length, before: now, after: to, undone: false, of });
            now = to;
          };
          /** As the desk does it: an act stands, and what it touched is as it left it; undoing is an act as well. */
          const undo = (pick: number): number | null => {
            const open = all.filter(({ undone, after }) => !undone && after === now);
            const one = open[pick % open.length];
            if (!one) return null;
            record(one.before, one.id);
            one.undone = true;
            if (one.of !== null) all[one.of]!.undone = false;
            return one.id;
          };
          for (const [i, { act: byAct, to }] of steps.entries())
            if (byAct && to !== now) record(to, null);
            else if (byAct) undo(i);
            else now = to;
          const newest = all.map(({ id, before, after }) => ({ id, ...act(before, after) })).reverse();
          const lost = withoutLostWords(newest, new Map([['words:a', now]])).map((one) => one.act.id);
          for (const pick of picks) expect(lost).not.toContain(undo(pick));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('and nothing stays that no way of undoing comes by', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let now = 'a';
        const all: { changes: Change[] }[] = [];
        for (const { act: byAct, to } of steps) {
          if (byAct && to !== now) all.unshift(act(now, to));
          now = to;
        }
        const ways = new Set([plain(now)]);
        const walk = (from: string): void => {
          for (const { changes } of all) {
            const [before, after] = [plain(changes[0]!.before), plain(changes[0]!.after)];
            if (after !== from || ways.has(before)) continue;
            ways.add(before);
            walk(before);
          }
        };
        walk(plain(now));
        const lost = new Set(withoutLostWords(all, new Map([['words:a', now]])).map((one) => one.act));
        for (const one of all) expect(lost.has(one)).toBe(!ways.has(plain(one.changes[0]!.after)));
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

  it('a letter that stands at four in the morning takes the way back from nobody', async () => {
    const desk = await joined();
    const { text: written } = await desk.emilia.document.workingArticle({ id: desk.id });
    await database.db.execute(sql`update text_updates set at = now() - interval '40 days'`);
    await age(40);
    await rewrite(desk, `${written}x`);
    await forgetLostWords(database.db);
    await rewrite(desk, written);
    await forgetLostWords(database.db);
    await desk.emilia.document.undo({ key: randomUUID(), id: desk.actId });
    // Where it stands on the next night as well, they go.
    const other = await joined();
    await rewrite(other, 'Lo pidió una vecina.');
    await database.db.execute(sql`update text_updates set at = now() - interval '25 hours'`);
    await age(40);
    await forgetLostWords(database.db);
    expect((await other.emilia.document.act({ id: other.actId })).whyNot).not.toBeNull();
    const [row] = await database.db.select().from(acts).where(eq(acts.id, other.actId));
    expect(row!.changes).not.toContain(word);
  });

  it('looks only once nobody stands between the text and its acts: an act that comes meanwhile is seen', async () => {
    const desk = await joined();
    await age(40);
    const [before] = await database.db.select().from(acts).where(eq(acts.id, desk.actId));
    let nightly: Promise<number> | undefined;
    await database.db.transaction(async (tx) => {
      await tx.execute(sql`select id from chapters order by position for update`);
      nightly = forgetLostWords(database.db);
      await until('it waits', async () => {
        const [row] = await database.db.execute<{ n: number }>(
          sql`select count(*)::int as n from pg_locks where not granted`,
        );
        return row!.n > 0;
      });
      // What somebody does here would be in the images and not among the acts that were read before.
      const [article] = await tx.select().from(articles).where(eq(articles.id, desk.id));
      const touches = [`words:${desk.id}`];
      await acting(tx, { kind: 'split', by: null, touches, note: {} }, async () => {
        await putWords(tx, article!.textId, [{ insert: 'Otra cosa.' }], null, () => {});
        return {};
      });
      expect(await tx.select().from(acts).where(eq(acts.id, desk.actId))).toEqual([before]);
    });
    await nightly;
    expect(await database.db.select().from(acts).where(eq(acts.id, desk.actId))).toEqual([before]);
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
    const all = changesOf(last!);
    const put = (changes: unknown) => change({ changes: JSON.stringify(changes) });
    const at = all.findIndex(({ key }) => /^(words|fields):/.test(key));
    const one = all[at]!;
    const gone = { key: one.key, before: one.before && forgotten, after: one.after && forgotten };
    for (const [what, changes] of Object.entries({
      none: [],
      fewer: all.slice(1),
      more: [...all, gone],
      'in another order': [...all.slice(1), all[0]!],
      'other words': all.with(at, { ...one, after: [['Otra cosa.', {}]] }),
      'half of it': all.with(at, { ...gone, before: one.before, after: [] }),
      'of another thing': all.with(at, { ...gone, key: 'words:otra' }),
      'where nothing was': all.with(at, { ...gone, before: one.before ? null : forgotten }),
      'what nobody wrote': all.map((own) => ({ ...own, before: forgotten, after: forgotten })),
    }))
      await expect(put(changes), what).rejects.toThrow();
    await expect(change({ changes: 'nada' })).rejects.toThrow();
    await put(all.with(at, gone));
    await expect(put(all), 'put back').rejects.toThrow();
  });

  it('and half a character in an act does not keep the rest of it from going', async () => {
    const key = `words:${randomUUID()}`;
    const odd = [['\ud800 y \u0000 y "},"after":null}', {}]];
    const changes = [
      { key, before: null, after: odd },
      { key: 'concern:a', before: { state: '\ud800' }, after: null },
    ];
    const [row] = await database.db
      .insert(acts)
      .values({ kind: 'split', note: {}, touched: [key], changes: JSON.stringify(changes) })
      .returning();
    await age(31);
    const put = (to: unknown) =>
      database.db
        .update(acts)
        .set({ changes: JSON.stringify(to) })
        .where(eq(acts.id, row!.id))
        .execute();
    await expect(put([changes[0], { ...changes[1], before: forgotten }])).rejects.toThrow();
    await put([{ key, before: null, after: forgotten }, changes[1]]);
  });
});
