import { eq, sql } from 'drizzle-orm';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { textAuthors, textSnapshots, texts, textUpdates } from '~/db/schema/drafts';
import { jobs } from '~/db/schema/kernel';
import { currentText, textAt } from '~/server/drafts/queries';
import { startJobs } from '~/server/jobs';
import { authored, authorsOf, broughtBy } from '~/server/realtime/authors';
import { compactText, textWithLongLog } from '~/server/realtime/compact';
import { documentOf, type Part } from '~/server/realtime/document';
import { fold } from '~/server/realtime/fold';
import { planCompaction, textJobs, textRounds } from '~/server/realtime/jobs';
import { append, appendAll, type Entry, read, textState } from '~/server/realtime/log';
import { unpack } from '~/server/realtime/snapshots';
import { startStates } from '~/server/realtime/state';
import { testDatabase } from '~/tests/support/db';
import { buildDraft } from '~/tests/support/drafts';
import { forumWorld } from '~/tests/support/people';
import { openForum, ourClient, plainClient, signIn, until } from '~/tests/support/socket';

const t = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
beforeAll(async () => {
  world = await forumWorld(t.db);
});

/** Somebody's pen: a document, and what it has written since it was last asked. */
function pen(author: string | null, from: readonly Uint8Array[] = []) {
  const doc = documentOf(from);
  const text = doc.getText('text');
  let made: Entry[] = [];
  doc.on('update', (bytes: Uint8Array, origin: unknown) => {
    if (origin !== 'others') made.push({ author, bytes });
  });
  return {
    doc,
    text,
    hear: (entries: readonly Entry[]) => {
      for (const { bytes } of entries) Y.applyUpdate(doc, bytes, 'others');
    },
    took: () => made.splice(0),
    reset: () => {
      made = [];
    },
  };
}

const wordsOf = (updates: readonly Uint8Array[]) => documentOf(updates).getText('text').toString();
const vectorOf = (updates: readonly Part[]) => [...Y.encodeStateVector(documentOf(updates))];
/** Every row of a text was written `hours` ago. */
const age = (textId: string, hours: number, upTo = 1e9) =>
  t.db.execute(sql`update ${textUpdates} set at = now() - make_interval(hours => ${hours})
    where text_id = ${textId} and seq <= ${upTo}`);

/** The id right before this one, in the order in which texts are looked through. */
const rightBefore = (id: string) => {
  const at = (BigInt(`0x${id.replaceAll('-', '')}`) - 1n).toString(16).padStart(32, '0');
  return at.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
};

/** Nieves and Rufino write by turns, word by word, and take some of it away again. */
async function longLog(words = 300) {
  const draft = await buildDraft(t.db, world.mesaAgua.id);
  const [nieves, rufino] = [pen(world.people.nieves.id), pen(world.people.rufino.id)];
  const entries: Entry[] = [];
  for (let i = 0; i < words; i++) {
    const [one, other] = i % 7 < 4 ? [nieves, rufino] : [rufino, nieves];
    if (i % 9 === 8) one.text.delete(Math.floor(one.text.length / 2), 3);
    else one.text.insert(i % 5 === 0 ? Math.floor(one.text.length / 3) : one.text.length, `palabra${i} `);
    const made = one.took();
    other.hear(made);
    entries.push(...made);
  }
  await appendAll(t.db, draft.textId, entries);
  return { draft, textId: draft.textId, entries, text: nieves.text.toString(), nieves, rufino };
}

describe('a long log that has grown old', () => {
  it('is never read, nor folded again, without its snapshot when that is broken', async () => {
    const { textId } = await longLog();
    await age(textId, 49);
    await compactText(t.db, textId);
    const [kept] = await t.db.select().from(textSnapshots).where(eq(textSnapshots.textId, textId));
    await t.db.execute(
      sql`update ${textSnapshots} set state = substring(state for 40) where text_id = ${textId}`,
    );
    await expect(currentText(t.db, textId)).rejects.toThrow();
    await expect(startStates(t.db).of(textId)).rejects.toThrow();
    const state = kept!.state.subarray(0, 40);
    expect(() => fold({ state, authors: [], rows: [] })).toThrow();
  });

  it('becomes a snapshot that says the same, in a hundredth of the rows', async () => {
    const { textId, entries, text } = await longLog();
    await age(textId, 49);
    expect(await compactText(t.db, textId)).toBe(true);
    expect((await read(t.db, textId)).map(({ seq }) => seq)).toEqual([300]);
    expect(await currentText(t.db, textId)).toEqual({ text, seq: 300 });
    const { updates } = (await textState(t.db, textId))!;
    expect(vectorOf(updates)).toEqual(vectorOf(entries.map(({ bytes }) => bytes)));
    expect(await compactText(t.db, textId)).toBe(false);
  });

  it('leaves the rows of the last two days, the one before them, and what was said of their moments', async () => {
    const { textId, entries } = await longLog();
    await age(textId, 49, 250);
    await compactText(t.db, textId);
    expect((await read(t.db, textId)).map(({ seq }) => seq)).toEqual(
      Array.from({ length: 51 }, (_, i) => 250 + i),
    );
    for (const seq of [250, 251, 299, 300])
      expect((await textAt(t.db, textId, seq))!.text).toBe(
        wordsOf(entries.slice(0, seq).map(({ bytes }) => bytes)),
      );
    expect(await textAt(t.db, textId, 249)).toBeNull();
    expect(await textAt(t.db, textId, 0)).toBeNull();
  });

  it('does not jump over a young row to an old one behind it', async () => {
    const { textId } = await longLog();
    await age(textId, 49);
    await t.db.execute(sql`update ${textUpdates} set at = now() where text_id = ${textId} and seq = 220`);
    await compactText(t.db, textId);
    expect((await read(t.db, textId))[0]!.seq).toBe(219);
  });

  it('is let be while it is short, and while it is young', async () => {
    const short = await longLog(150);
    await age(short.textId, 49);
    expect(await compactText(t.db, short.textId)).toBe(false);
    const young = await longLog();
    await age(young.textId, 47);
    expect(await compactText(t.db, young.textId)).toBe(false);
    expect(await read(t.db, young.textId)).toHaveLength(300);
  });

  it('is folded for its length as well, when few people have pasted much', async () => {
    const { textId } = await longLog(20);
    const rufino = pen(world.people.rufino.id);
    for (let i = 0; i < 6; i++) rufino.text.insert(0, 'a'.repeat(1_000_000));
    await appendAll(t.db, textId, rufino.took());
    await age(textId, 49);
    expect(await textWithLongLog(t.db, rightBefore(textId))).toBe(textId);
    expect(await compactText(t.db, textId)).toBe(true);
    expect(await read(t.db, textId)).toHaveLength(1);
    expect(await textWithLongLog(t.db, rightBefore(textId))).not.toBe(textId);
    expect(await compactText(t.db, textId)).toBe(false);
  });

  it('is folded turn by turn where less than 200 rows are more than one turn takes', async () => {
    const { textId, text } = await longLog(1);
    const rufino = pen(world.people.rufino.id);
    for (let i = 0; i < 250; i++) rufino.text.insert(0, 'b'.repeat(90_000));
    await appendAll(t.db, textId, rufino.took());
    await age(textId, 49);
    while (await compactText(t.db, textId));
    expect(await read(t.db, textId)).toHaveLength(1);
    expect((await currentText(t.db, textId)).text).toHaveLength(250 * 90_000 + text.length);
  }, 60_000);

  it('is folded upon its snapshot when it has grown again', async () => {
    const { textId, nieves } = await longLog();
    await age(textId, 49);
    await compactText(t.db, textId);
    for (let i = 0; i < 250; i++) nieves.text.insert(0, `otra${i} `);
    await appendAll(t.db, textId, nieves.took());
    await age(textId, 49);
    await compactText(t.db, textId);
    expect(await currentText(t.db, textId)).toEqual({ text: nieves.text.toString(), seq: 550 });
    expect(await t.db.select().from(textSnapshots).where(eq(textSnapshots.textId, textId))).toHaveLength(1);
  });

  it('keeps what waits for words that have not come yet', async () => {
    const { textId, nieves } = await longLog();
    nieves.text.insert(0, 'primero ');
    const [first] = nieves.took();
    nieves.text.insert(8, 'segundo ');
    await appendAll(t.db, textId, nieves.took());
    await age(textId, 49);
    await compactText(t.db, textId);
    expect((await currentText(t.db, textId)).text).not.toContain('segundo');
    await append(t.db, textId, first!.author, first!.bytes);
    expect((await currentText(t.db, textId)).text).toBe(nieves.text.toString());
  });

  it('keeps who brought which letter', async () => {
    const { textId, entries } = await longLog();
    const before = await authorsOf(t.db, textId);
    expect(before).toEqual(authored([], entries));
    await age(textId, 49, 260);
    await compactText(t.db, textId);
    expect(await authorsOf(t.db, textId)).toEqual(before);
    const kept = await t.db.select().from(textAuthors).where(eq(textAuthors.textId, textId));
    expect(new Set(kept.map(({ author }) => author))).toEqual(
      new Set([world.people.nieves.id, world.people.rufino.id]),
    );
  });

  it('is compacted while people write in it, and nobody notices', async () => {
    const { textId, draft } = await longLog();
    await age(textId, 49);
    const forum = await openForum(t.db);
    const enter = async (who: { id: string }) => (await signIn(t.db, who.id)).cookie;
    const nieves = ourClient(forum, `draft:${draft.id}`, await enter(world.people.nieves));
    const rufino = plainClient(forum, `draft:${draft.id}`, await enter(world.people.rufino));
    await until('open', () => nieves.state().link === 'open' && rufino.provider.synced);
    const folding = compactText(t.db, textId);
    for (let i = 0; i < 40; i++) nieves.edit(0, 0, `ahora${i} `);
    expect(await folding).toBe(true);
    await until('saved', () => nieves.state().saving === 'saved');
    await rufino.reads(nieves.text.toString());
    expect((await currentText(t.db, textId)).text).toBe(nieves.text.toString());
    const sabina = plainClient(forum, `draft:${draft.id}`, await enter(world.people.mery));
    await sabina.reads(nieves.text.toString());
    expect([...nieves.text.toString().matchAll(/ahora/g)]).toHaveLength(40);
  });

  it('is nothing that a process which knew the text from before stumbles over', async () => {
    const { textId, nieves } = await longLog();
    const states = startStates(t.db);
    expect((await states.of(textId)).seq).toBe(300);
    nieves.text.insert(0, 'después ');
    await appendAll(t.db, textId, nieves.took());
    await age(textId, 49);
    await compactText(t.db, textId);
    const state = await states.of(textId);
    expect(state.seq).toBe(301);
    expect(wordsOf([state.update])).toBe(nieves.text.toString());
  });

  it('has lost nothing when it is cut off with everything made and nothing written', async () => {
    const { textId, text } = await longLog();
    await age(textId, 49);
    // Somebody has the text's row in her hands: the fold is made, and waits at the door of its transaction.
    let letGo = () => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const holding = t.db.transaction(async (tx) => {
      await tx.execute(sql`select 1 from ${texts} where id = ${textId} for update`);
      await held;
    });
    const folding = compactText(t.db, textId).catch((error: unknown) => error);
    const waiting = sql`select pid from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock' and query like '%for update%'`;
    await until('waits', async () => (await t.db.execute(waiting)).length === 1, 30_000);
    await t.db.execute(sql`select pg_cancel_backend(pid) from (${waiting}) as w`);
    expect(await folding).toBeInstanceOf(Error);
    letGo();
    await holding;
    expect(await read(t.db, textId)).toHaveLength(300);
    expect(await t.db.select().from(textSnapshots).where(eq(textSnapshots.textId, textId))).toEqual([]);
    expect(await compactText(t.db, textId)).toBe(true);
    expect(await currentText(t.db, textId)).toEqual({ text, seq: 300 });
  });

  it('is done once when two processes begin at the same moment', async () => {
    const { textId, text } = await longLog();
    await age(textId, 49);
    expect(await Promise.all([compactText(t.db, textId), compactText(t.db, textId)])).toEqual([true, true]);
    expect(await currentText(t.db, textId)).toEqual({ text, seq: 300 });
    expect(await read(t.db, textId)).toHaveLength(1);
  });

  it('is found by the job, turn by turn, past one that cannot be folded, and looked for again in an hour', async () => {
    const broken = await longLog();
    const whole = await longLog();
    for (const { textId } of [broken, whole]) await age(textId, 49);
    await t.db
      .insert(textSnapshots)
      .values({ textId: broken.textId, seq: 0, state: new Uint8Array([1, 2, 3]) });
    await planCompaction(t.db);
    await planCompaction(t.db);
    const faults: unknown[] = [];
    const { error } = console;
    console.error = (...said: unknown[]) => faults.push(said);
    const running = startJobs(t.db, textJobs);
    const waiting = () => t.db.select().from(jobs).where(eq(jobs.state, 'waiting'));
    await until(
      'the round is over',
      async () => (await waiting()).some(({ runAt }) => runAt.getTime() > Date.now()),
      30_000,
    );
    await running.close();
    console.error = error;
    expect(await waiting()).toHaveLength(1);
    expect(await read(t.db, whole.textId)).toHaveLength(1);
    expect(await read(t.db, broken.textId)).toHaveLength(300);
    expect(faults).toHaveLength(1);
  });
});

describe('the job that looks for long logs', () => {
  it('begins another round when its last try has failed as well, without a new start of the forum', async () => {
    await t.db.delete(jobs);
    await planCompaction(t.db);
    await t.db.update(jobs).set({ attempts: 4 });
    const faults: unknown[] = [];
    const { error } = console;
    console.error = (...said: unknown[]) => faults.push(said);
    const [kind] = Object.keys(textJobs);
    const fails = {
      [kind!]: async () => {
        throw new Error('the database is full');
      },
    };
    const running = startJobs(t.db, fails, textRounds);
    const job = async () => (await t.db.select().from(jobs))[0]!;
    await until('tried', async () => (await job()).problem !== null);
    await running.close();
    console.error = error;
    const { state, attempts, runAt } = await job();
    expect({ state, attempts }).toEqual({ state: 'waiting', attempts: 0 });
    expect(runAt.getTime()).toBeGreaterThan(Date.now() + 3_000_000);
  });
});

describe('folding', () => {
  it('comes to the same in one turn, in many, and not at all, whatever was written', () => {
    const edit = fc.record({
      who: fc.nat(2),
      at: fc.nat(100),
      cut: fc.nat(4),
      words: fc.string({ maxLength: 5 }),
    });
    fc.assert(
      fc.property(
        fc.array(edit, { minLength: 1, maxLength: 40 }),
        fc.infiniteStream(fc.nat(9)),
        (edits, sizes) => {
          const pens = ['n', 'r', 's'].map((author) => pen(author));
          const rows = edits.flatMap(({ who, at, cut, words }, i) => {
            const { text, took } = pens[who]!;
            const place = at % (text.length + 1);
            text.delete(place, Math.min(cut, text.length - place));
            text.insert(place, words);
            const made = took();
            // Not everybody hears at once.
            if (i % 3 === 0) for (const other of pens) other.hear(made);
            return made;
          });
          let folded: ReturnType<typeof fold> = fold({ state: null, authors: [], rows: [] });
          for (let i = 0; i < rows.length; ) {
            const turn = rows.slice(i, i + 1 + (sizes.next().value as number));
            folded = fold({ ...folded, rows: turn });
            i += turn.length;
          }
          const once = fold({ state: null, authors: [], rows });
          const all = documentOf(rows.map(({ bytes }) => bytes));
          for (const { state, authors } of [folded, once]) {
            const doc = documentOf([unpack(state)]);
            expect(doc.getText('text').toDelta()).toEqual(all.getText('text').toDelta());
            expect(Y.encodeStateVector(doc)).toEqual(Y.encodeStateVector(all));
            expect(byLetter(authors)).toEqual(byLetter(authored([], rows)));
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it('gives a letter to who said it first, not to who repeats it', () => {
    const nieves = pen('nieves');
    nieves.text.insert(0, 'agua limpia');
    const said = nieves.took();
    const [{ client, clock, length }] = broughtBy(said[0]!.bytes) as [ReturnType<typeof broughtBy>[number]];
    const thief = { author: 'ladrón', bytes: said[0]!.bytes };
    expect(authored([], [...said, thief])).toEqual([{ client, clock, length, author: 'nieves' }]);
    expect(authored([{ client, clock: clock + 3, length: 2, author: 'otra' }], [thief])).toEqual([
      { client, clock, length: 3, author: 'ladrón' },
      { client, clock: clock + 3, length: 2, author: 'otra' },
      { client, clock: clock + 5, length: length - 5, author: 'ladrón' },
    ]);
  });

  it('is not stopped by a client that counts its letters by the thousand million', async () => {
    const huge = new Uint8Array([
      1, 1, 1, 0, 1, 1, 4, 116, 101, 120, 116, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f, 0,
    ]);
    expect(broughtBy(huge)[0]!.length).toBeGreaterThan(2 ** 31);
    const { textId } = await longLog(250);
    await append(t.db, textId, world.people.rufino.id, huge);
    await age(textId, 49);
    expect(await compactText(t.db, textId)).toBe(true);
  });
});

const byLetter = (spans: ReturnType<typeof authored>) =>
  spans
    .flatMap(({ client, clock, length, author }) =>
      Array.from({ length }, (_, i) => `${client}.${clock + i} ${author}`),
    )
    .sort();
