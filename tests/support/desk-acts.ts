import { randomUUID } from 'node:crypto';
import { TRPCError } from '@trpc/server';
import { eq, sql } from 'drizzle-orm';
import fc from 'fast-check';
import type { Db } from '~/db/client';
import { acts } from '~/db/schema/acts';
import { wordings } from '~/server/document/rules/consolidation';
import { Denied, Failure } from '~/server/rule';
import { bytesOf } from './desk';
import { areas, kinds } from './desk-model';
import { documentWorld, fieldsOf } from './document';
import { buildDraft } from './drafts';
import { buildConcern } from './factories';

/** Public concerns whose state says one thing and whose article, appeal or group another; there is never one. */
export const astray = (db: Db) =>
  db.execute<{ number: string; state: string }>(sql`
    select c.number, c.state from concerns c where c.audience = 'public' and (c.state = 'recogida') <> exists (
      select from article_concerns l join articles a on a.id = l.article_id
      where l.concern_id = c.id and l.ended_at is null and a.retired_at is null)
    union all select c.number, 'waits for an answer and is not set aside' from concerns c
      join concern_appeals p on p.concern_id = c.id where p.state = 'waiting' and c.state <> 'no_recogida'
    union all select c.number, 'walks in a group of one, or in one that is over' from concerns c
      join concern_group_members m on m.concern_id = c.id and m.ended_at is null
      join concern_groups g on g.id = m.group_id
      where g.ended_at is not null or (select count(*) from concern_group_members o
        where o.group_id = g.id and o.ended_at is null) < 2`);

/** What is tried here: what the model knows, and what only a forum has: groups of like concerns, and appeals. */
const tried = [
  ...kinds,
  ...(['group', 'ungroup', 'linkGroup', 'setAsideGroup', 'appeal', 'uphold', 'refuse'] as const),
];
type Try = { kind: (typeof tried)[number]; a: number; b: number; c: number };
const tries: fc.Arbitrary<Try> = fc.record({
  kind: fc.constantFrom(...tried),
  a: fc.nat(1000),
  b: fc.nat(1000),
  c: fc.nat(1000),
});
/** What somebody did: an act that can be undone at the desk, or one that stands (an appeal, its answer). */
type Did = { actId: string | null; stands?: true };

/**
 * Two members of the committee and who brings the concerns, who try one thing after another in a real forum, as chance has it. After each act
 * every concern must be in its one state; each act that is undone at once must give back the very bytes; what is
 * refused must have changed nothing.
 * @returns how many acts were done, undone at once, and refused; and how often somebody grouped, appealed, answered.
 */
export async function workAtDesk(
  db: Db,
  wanted: number,
  seed: number,
  say: (line: string) => void = () => {},
) {
  const world = await documentWorld(db);
  const members = [await world.as('emilia'), await world.as('filomena')];
  const concerns: string[] = [];
  for (let i = 0; i < 8; i++) concerns.push((await buildConcern(db, world.people.sabina.id)).id);
  const texts = [
    'Agua limpia.\nSin cobro.\nCerca.',
    'Un baño.\nCon puerta.',
    'La palabra de las pallaqueras.',
  ];
  const drafts: string[] = [];
  for (const [i, text] of texts.entries()) {
    const concernIds = concerns.slice(i * 2, i * 2 + 3);
    drafts.push((await buildDraft(db, world.mesaAgua.id, { text, concernIds })).id);
  }
  const done = { acts: 0, undone: 0, refused: 0, grouped: 0, appealed: 0, answered: 0 };
  const sabina = await world.as('sabina');
  /** The id of one of what this finds, as chance has it. */
  const oneOf = async (query: ReturnType<typeof sql>, n: number) => {
    const found = await db.execute<{ id: string }>(query);
    return found.length > 0 ? found[n % found.length]!.id : null;
  };
  const key = () => randomUUID();

  const attempt = async ({ kind, a, b, c }: Try): Promise<Did | null> => {
    const { document, concerns: heard } = members[c % 2]!;
    const { chapters } = await document.working();
    const stands = chapters.flatMap((chapter) => chapter.articles.map(({ id }) => id));
    const [id, other] = [stands[a % stands.length], stands[b % stands.length]];
    const draftId = drafts[b % drafts.length]!;
    const concernId = concerns[b % concerns.length]!;
    const area = areas[c % areas.length]!;
    const all = { draftId, concerns: 'all' as const, concernIds: [] };
    // Few articles, so that acts meet.
    if (kind === 'takeUp' && stands.length < 12)
      return document.takeUp({ key: key(), ...all, area, title: `Artículo ${a}` });
    if (kind === 'setAside')
      return heard.setAside({ id: concernId, reasonCode: 'repetida', reason: `Porque ya está dicho, ${c}.` });
    if (kind === 'reconsider') return heard.reconsider({ id: concernId });
    if (kind === 'group') {
      done.grouped++;
      const like = concerns[c % concerns.length]!;
      const into = a % 2 ? await oneOf(sql`select id from concern_groups where ended_at is null`, b) : null;
      return heard.group({ key: key(), concernIds: [concernId, like], groupId: into ?? undefined });
    }
    if (kind === 'ungroup' || kind === 'linkGroup' || kind === 'setAsideGroup') {
      const group = await oneOf(sql`select id from concern_groups where ended_at is null`, b);
      if (!group) return null;
      if (kind === 'ungroup') return heard.ungroup({ id: group, concernId: a % 2 ? concernId : undefined });
      if (kind === 'linkGroup') return id ? document.linkGroup({ id, groupId: group }) : null;
      return heard.setAsideGroup({
        id: group,
        reasonCode: 'repetida',
        reason: `Porque ya está dicho, ${c}.`,
      });
    }
    if (kind === 'appeal') {
      const aside = await oneOf(sql`select id from concerns where state = 'no_recogida' order by number`, b);
      if (!aside) return null;
      await sabina.concerns.appeal({ key: key(), id: aside, words: 'No es lo mismo: miren bien.' });
      done.appealed++;
      return { actId: null, stands: true };
    }
    if (kind === 'uphold' || kind === 'refuse') {
      const waits = await oneOf(
        sql`select id from concern_appeals where state = 'waiting' order by raised_at`,
        b,
      );
      if (!waits) return null;
      const verdict = kind === 'uphold' ? 'upheld' : 'refused';
      await heard.decideAppeal({ id: waits, verdict, answer: 'Lo hemos mirado otra vez.' });
      done.answered++;
      return { actId: null, stands: true };
    }
    if (kind === 'undo' || kind === 'undoLast') {
      const rows = await db.select({ id: acts.id }).from(acts).orderBy(acts.number);
      const row = kind === 'undo' ? rows[Math.max(0, rows.length - 1 - (a % 25))] : rows.at(-1);
      return row ? document.undo({ key: key(), id: row.id }) : null;
    }
    if (!id || !other) return null;
    const article = await document.workingArticle({ id });
    const { revision, seq } = article;
    if (kind === 'addDraft') return document.addDraft({ key: key(), id, revision, ...all });
    if (kind === 'link') return document.linkConcern({ id, concernId });
    if (kind === 'unlink') return document.unlinkConcern({ id, concernId });
    if (kind === 'retire') return document.retire({ id, revision });
    if (kind === 'place') {
      const order = chapters
        .find((chapter) => chapter.area === area)!
        .articles.filter((one) => one.id !== id);
      return document.place({ id, revision, area, after: order[b % (order.length + 1)]?.id });
    }
    if (kind === 'split') {
      const own = article.concerns.map((one) => one.id).sort();
      const [go, both] = [own.filter((_, i) => (i + c) % 3 === 1), own.filter((_, i) => (i + c) % 3 === 2)];
      return document.split({
        key: key(),
        id,
        revision,
        seq,
        line: 1 + (b % 3),
        title: `Parte ${b}`,
        go,
        both,
      });
    }
    if (kind === 'takeUp') return document.setFields({ ...fieldsOf(article), law: `Ley ${c}.` });
    const second = await document.workingArticle({ id: other });
    return document.merge({
      ...{ key: key(), id, revision, seq, title: article.title, wording: wordings[c % 4]! },
      ...{ other, otherRevision: second.revision, otherSeq: second.seq },
    });
  };

  const sequence = fc.sample(tries, { numRuns: wanted * 3, seed });
  for (const one of sequence) {
    if (done.acts >= wanted) break;
    const before = await bytesOf(db);
    let act: Did | null = null;
    try {
      act = await attempt(one);
    } catch (error) {
      const cause = error instanceof TRPCError ? error.cause : null;
      // Whoever set a concern aside does not answer its appeal.
      const own = cause instanceof Denied && (one.kind === 'uphold' || one.kind === 'refuse');
      if (!(cause instanceof Failure || own)) throw error;
    }
    const after = await bytesOf(db);
    if (!act?.actId && !act?.stands) {
      done.refused++;
      if (after !== before) throw new Error(`${JSON.stringify(one)} was refused and changed something`);
      continue;
    }
    done.acts++;
    const wrong = await astray(db);
    if (wrong.length > 0) throw new Error(`after ${JSON.stringify(one)}: ${JSON.stringify(wrong)}`);
    if (act.actId && one.a % 3 === 0) {
      const [row] = await db.select().from(acts).where(eq(acts.id, act.actId));
      await members[one.a % 2]!.document.undo({ key: key(), id: row!.id });
      done.acts++;
      done.undone++;
      if ((await bytesOf(db)) !== before)
        throw new Error(`undoing ${JSON.stringify(one)} did not give back the bytes`);
    }
    if (done.acts % 500 < 2) say(`${done.acts} acts, ${done.undone} undone at once, ${done.refused} refused`);
  }
  return done;
}
