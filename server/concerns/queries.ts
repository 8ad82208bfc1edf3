import { aliasedTable, and, arrayContains, count, desc, eq, inArray, or, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { DbOrTx } from '~/db/client';
import { associations } from '~/db/schema/associations';
import { concerns } from '~/db/schema/concerns';
import { spaces } from '~/db/schema/spaces';
import { query } from '../act';
import type { Actor } from '../actor';
import { limaDay } from '../day';
import { nothing } from '../input';
import { spaceColumns } from '../spaces/queries';
import * as policy from './policy';
import type { GroupKind } from './rules/board';
import * as schema from './schema';

export const pageSize = 20;

/** The same as `policy.read`, for lists. */
export function visibleTo(actor: Actor): SQL {
  const mine = [...actor.spaces.keys()];
  const bases = [...actor.associations.keys()];
  const insideSpaces = or(
    mine.length > 0 ? inArray(concerns.spaceId, mine) : undefined,
    bases.length > 0
      ? inArray(concerns.spaceId, sql`(select id from ${spaces} where association_id in ${bases})`)
      : undefined,
  );
  return or(
    eq(concerns.audience, 'public'),
    actor.personId ? eq(concerns.personId, actor.personId) : undefined,
    insideSpaces,
  )!;
}

/** What kind of group raised it (rules/board.ts); asks for `associations` beside `concerns`. */
export const groupKind = sql<GroupKind>`case when ${associations.womens} or ${concerns.womens} then 'mujeres' else coalesce(${associations.kind}, 'base_libre') end`;

const home = aliasedTable(spaces, 'home');
const columns = {
  id: concerns.id,
  number: concerns.number,
  words: concerns.words,
  areas: concerns.areas,
  country: concerns.country,
  department: concerns.department,
  province: concerns.province,
  barrier: concerns.barrier,
  association: associations.name,
  collective: concerns.collective,
  audience: concerns.audience,
  state: concerns.state,
  reasonCode: concerns.reasonCode,
  reason: concerns.reason,
  createdAt: concerns.createdAt,
};

export type Row = { [K in keyof typeof columns]: (typeof columns)[K]['_']['data'] } & {
  association: string | null;
  collective: string | null;
  province: string | null;
  reasonCode: string | null;
  reason: string | null;
};

/** What may leave of a concern: the collective name and the day, never the person or the hour. */
export const presentConcern = ({ createdAt, collective, association, ...row }: Row) => ({
  ...row,
  association: association ?? collective,
  /** By the name of a room, that is: not of a base. */
  collective: collective !== null,
  day: limaDay(createdAt),
});
export type ConcernLine = ReturnType<typeof presentConcern>;

export function selectLines(db: DbOrTx, where: SQL | undefined) {
  return db
    .select(columns)
    .from(concerns)
    .leftJoin(associations, eq(associations.id, concerns.associationId))
    .where(where);
}

/** Those of the given concerns that the actor may see, newest first. */
export async function concernLines(db: DbOrTx, actor: Actor, ids: string[]): Promise<ConcernLine[]> {
  if (ids.length === 0) return [];
  const rows = await selectLines(db, and(inArray(concerns.id, ids), visibleTo(actor))).orderBy(
    desc(concerns.number),
  );
  return rows.map((row) => presentConcern(row as Row));
}

export const concernFactsOf = async (db: DbOrTx, id: string, lock = false) => {
  const found = db
    .select({
      number: concerns.number,
      personId: concerns.personId,
      associationId: concerns.associationId,
      audience: concerns.audience,
      state: concerns.state,
      words: concerns.words,
      publishedAt: concerns.publishedAt,
      space: spaceColumns(home),
    })
    .from(concerns)
    .leftJoin(home, eq(home.id, concerns.spaceId))
    .where(eq(concerns.id, id));
  const [row] = await (lock ? found.for('update', { of: concerns }) : found);
  return row ?? null;
};

/** What the filters of a search leave over; its kind of group asks for `associations` beside `concerns`. */
export function matching(input: z.output<typeof schema.search>): SQL | undefined {
  return and(
    input.q ? sql`${concerns.search} @@ websearch_to_tsquery('public.forum_es', ${input.q})` : undefined,
    input.area ? arrayContains(concerns.areas, [input.area]) : undefined,
    input.department ? eq(concerns.department, input.department) : undefined,
    input.barrier ? eq(concerns.barrier, input.barrier) : undefined,
    input.state ? eq(concerns.state, input.state) : undefined,
    input.kind ? eq(groupKind, input.kind) : undefined,
  );
}

/** One page of the concerns an actor may see, newest first, or best match first where words are searched. */
export const list = query({
  action: 'concerns.list',
  rule: policy.list,
  input: schema.search,
  load: async (db, input, actor) => {
    const where = and(visibleTo(actor), matching(input));
    const order = input.q
      ? [
          desc(sql`ts_rank(${concerns.search}, websearch_to_tsquery('public.forum_es', ${input.q}))`),
          desc(concerns.id),
        ]
      : [desc(concerns.createdAt), desc(concerns.id)];
    const [total, rows] = await Promise.all([
      db
        .select({ n: count() })
        .from(concerns)
        .leftJoin(associations, eq(associations.id, concerns.associationId))
        .where(where),
      selectLines(db, where)
        .orderBy(...order)
        .limit(pageSize)
        .offset((input.page - 1) * pageSize),
    ]);
    return { total: total[0]!.n, rows: rows as Row[] };
  },
  present: ({ total, rows }, _actor, { page }) => ({
    items: rows.map(presentConcern),
    total,
    page,
    pages: Math.max(1, Math.ceil(total / pageSize)),
  }),
});

/** The concerns she has raised herself. */
export const mine = query({
  action: 'concerns.mine',
  rule: policy.mine,
  input: nothing,
  load: (db, _input, actor) =>
    actor.personId
      ? selectLines(db, eq(concerns.personId, actor.personId)).orderBy(desc(concerns.createdAt)).limit(200)
      : Promise.resolve([]),
  present: (rows) => rows.map((row) => presentConcern(row as Row)),
});

/** Where she may raise one from: her bases, and the spaces open to her. */
export const origins = query({
  action: 'concerns.origins',
  rule: policy.mine,
  input: nothing,
  load: async (db, _input, actor) => {
    const bases = [...actor.associations.keys()];
    return bases.length === 0
      ? []
      : db
          .select({
            id: associations.id,
            name: associations.name,
            kind: associations.kind,
            spaceId: spaces.id,
          })
          .from(associations)
          .leftJoin(spaces, eq(spaces.associationId, associations.id))
          .where(inArray(associations.id, bases))
          .orderBy(associations.name);
  },
  present: (rows) => rows,
});

export const openPageSize = 1000;

/** Open data: the public concerns, by number, a thousand a page. */
export const open = query({
  action: 'concerns.open',
  rule: policy.list,
  input: z.object({ page: schema.search.shape.page }),
  load: async (db, { page }) =>
    selectLines(db, eq(concerns.audience, 'public'))
      .orderBy(concerns.number)
      .limit(openPageSize + 1)
      .offset((page - 1) * openPageSize),
  present: (rows, _actor, { page }) => ({
    concerns: rows.slice(0, openPageSize).map((row) => {
      const { audience: _public, ...shown } = presentConcern(row as Row);
      return shown;
    }),
    next: rows.length > openPageSize ? page + 1 : null,
  }),
});
