import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { Denied, Failure } from '~/server/rule';
import { testDatabase } from '../support/db';
import { type DocumentWorld, documentWorld, readyArticle } from '../support/document';
import { buildConcern } from '../support/factories';

const database = testDatabase();
let world: DocumentWorld;
let concerns: { id: string }[];
let articles: string[];
beforeAll(async () => {
  world = await documentWorld(database.db);
  concerns = [];
  for (let n = 0; n < 6; n++)
    concerns.push(
      await buildConcern(database.db, world.people.sabina.id, { words: `Planteamiento de agua ${n}.` }),
    );
  articles = [await readyArticle(world), await readyArticle(world, { title: 'Otro' })];
});

const rows = async <T extends Record<string, unknown>>(query: string) =>
  [...(await database.db.execute<T>(sql.raw(query)))] as T[];

type Step = { what: (typeof kinds)[number]; a: number; b: number; c: number };
const kinds = [
  'group',
  'ungroup',
  'unlike',
  'setAside',
  'setAsideGroup',
  'reconsider',
  'appeal',
  'uphold',
  'refuse',
  'tie',
  'tieGroup',
  'untie',
  'undo',
] as const;
const step: fc.Arbitrary<Step> = fc.record({
  what: fc.constantFrom(...kinds),
  a: fc.nat(5),
  b: fc.nat(5),
  c: fc.nat(5),
});

const reason = { reasonCode: 'sin-acuerdo', reason: 'No hubo acuerdo en la mesa.' } as const;
const standingGroup = async (n: number) => {
  const all = await rows<{ id: string }>(
    'select id from concern_groups where ended_at is null order by made_at',
  );
  return all[n % Math.max(1, all.length)]?.id ?? randomUUID();
};
/** Mostly one that waits, at times one that is decided. */
const waitingAppeal = async (n: number) => {
  const all = await rows<{ id: string }>(
    `select id from concern_appeals order by state = 'waiting' desc, raised_at`,
  );
  return all[n % Math.max(1, all.length)]?.id ?? randomUUID();
};

const setAsideOne = async (n: number) => {
  const all = await rows<{ id: string }>(
    `select id from concerns where state = 'no_recogida' order by number`,
  );
  return all[n % Math.max(1, all.length)]?.id ?? concerns[n]!.id;
};

const lastAct = async (n: number) =>
  (await rows<{ id: string }>(`select id from acts order by number desc offset ${n} limit 1`))[0]?.id ??
  randomUUID();

/** One act of somebody; what is refused with a sentence is part of life. */
async function act({ what, a, b, c }: Step): Promise<void> {
  const [one, other, third] = [concerns[a]!.id, concerns[b]!.id, concerns[c]!.id];
  const id = articles[c % 2]!;
  const [emilia, filomena, sabina] = [
    await world.as('emilia'),
    await world.as('filomena'),
    await world.as('sabina'),
  ];
  const key = randomUUID();
  const acts: Record<Step['what'], () => Promise<unknown>> = {
    group: async () =>
      emilia.concerns.group({
        key,
        concernIds: [one, other],
        groupId: c % 2 ? await standingGroup(b) : undefined,
      }),
    ungroup: async () =>
      emilia.concerns.ungroup({ id: await standingGroup(a), concernId: c % 2 ? one : undefined }),
    unlike: () => emilia.concerns.notAlike({ id: one, otherIds: [other, third] }),
    setAside: () => emilia.concerns.setAside({ id: one, ...reason }),
    setAsideGroup: async () => emilia.concerns.setAsideGroup({ id: await standingGroup(a), ...reason }),
    reconsider: async () => filomena.concerns.reconsider({ id: await setAsideOne(b) }),
    appeal: async () =>
      sabina.concerns.appeal({ key, id: await setAsideOne(a), words: 'No es lo mismo: miren bien.' }),
    uphold: async () =>
      filomena.concerns.decideAppeal({
        id: await waitingAppeal(a),
        verdict: 'upheld',
        answer: 'Tiene razón, va.',
      }),
    refuse: async () =>
      filomena.concerns.decideAppeal({
        id: await waitingAppeal(a),
        verdict: 'refused',
        answer: 'Queda como estaba.',
      }),
    tie: () => emilia.document.linkConcern({ id, concernId: one }),
    tieGroup: async () => emilia.document.linkGroup({ id, groupId: await standingGroup(a) }),
    undo: async () => emilia.document.undo({ key, id: await lastAct(a) }),
    untie: () => emilia.document.unlinkConcern({ id, concernId: one }),
  };
  try {
    await acts[what]();
  } catch (error) {
    const cause = (error as { cause?: unknown }).cause;
    if (!(cause instanceof Failure || cause instanceof Denied)) throw error;
  }
}

const histories = [
  'concern_decisions',
  'concern_group_members',
  'concern_groups',
  'concern_unlikes',
  'concern_appeals',
  'article_concerns',
  'acts',
];
const countAll = async () =>
  (
    await rows<{ n: number }>(
      histories
        .map((table, i) => `select ${i} i, count(*)::int n from ${table}`)
        .join(' union all ')
        .concat(' order by i'),
    )
  ).map(({ n }) => n);

/** Everything that must hold at any moment; what is found is what is wrong. */
const wrong = () =>
  rows(`
    select 'state is not the last decision' as what, c.number from concerns c
      join lateral (select state, reason from concern_decisions d where d.concern_id = c.id
        order by decided_at desc limit 1) last on true
      where last.state <> c.state or last.reason is distinct from c.reason
    union all select 'in the document without an article, or the other way round', c.number from concerns c
      where (c.state = 'recogida') <> exists (select from article_concerns l join articles a on a.id = l.article_id
        where l.concern_id = c.id and l.ended_at is null and a.retired_at is null)
    union all select 'set aside without a reason, or a reason without it', c.number from concerns c
      where (c.state = 'no_recogida') <> (c.reason is not null)
    union all select 'waits for nothing', c.number from concern_appeals a join concerns c on c.id = a.concern_id
      where a.state = 'waiting' and c.state <> 'no_recogida'
    union all select 'walks alone, or in a group that is over', g.n from (
      select count(*) filter (where m.ended_at is null)::int n, g.ended_at from concern_groups g
        left join concern_group_members m on m.group_id = g.id group by g.id) g
      where (g.ended_at is null and g.n < 2) or (g.ended_at is not null and g.n > 0)
    union all select 'decided by who set it aside', c.number from concern_appeals a
      join concern_decisions d on d.id = a.decision_id join concerns c on c.id = a.concern_id
      where a.state in ('upheld', 'refused') and a.decided_by = d.decided_by`);

describe('whatever is done, in whatever order', () => {
  it('each concern is in exactly one stated state, and no row of a history is lost', async () => {
    for (const end of ['uphold', 'refuse', 'reconsider'] as const)
      for (const what of ['setAside', 'appeal', end, 'tie', 'untie'] as const)
        await act({ what, a: 0, b: 0, c: 0 });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 30, maxLength: 60, size: 'max' }), async (steps) => {
        for (const one of steps) {
          const before = await countAll();
          await act(one);
          const after = await countAll();
          for (const [i, n] of after.entries())
            expect([histories[i], n >= before[i]!]).toEqual([histories[i], true]);
        }
        expect(await wrong()).toEqual([]);
      }),
      { numRuns: 6 },
    );
    const kept = await rows<{ state: string }>('select distinct state from concern_appeals order by 1');
    // The trial was one: every way an appeal can end came about.
    expect(kept.map(({ state }) => state)).toEqual(expect.arrayContaining(['met', 'refused', 'upheld']));
  }, 120_000);

  it('the same holds for acts at the same moment', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 8 }), async (steps) => {
        await Promise.all(steps.map(act));
        expect(await wrong()).toEqual([]);
      }),
      { numRuns: 10 },
    );
  }, 120_000);
});
