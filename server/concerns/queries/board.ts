import { type SQL, sql } from 'drizzle-orm';
import { associations } from '~/db/schema/associations';
import { concerns } from '~/db/schema/concerns';
import { query } from '../../act';
import * as policy from '../policy';
import { groupKind, matching, visibleTo } from '../queries';
import { boardOf, type Dimension, type State } from '../rules/board';
import * as schema from '../schema';

const keyOf: Record<Dimension, { column: SQL; from?: SQL }> = {
  area: { column: sql`area.slug`, from: sql`cross join unnest(${concerns.areas}) as area (slug)` },
  department: { column: sql`${concerns.department}` },
  kind: { column: groupKind },
};

type Cell = { key: string; whole: boolean; state: State; n: number; kept: number; [column: string]: unknown };

/**
 * «N planteamientos: recogidos, en debate, no recogidos», the whole and by area, region or kind of group: of the
 * concerns that the list shows the same person, counted in one statement.
 */
export const board = query({
  action: 'concerns.board',
  rule: policy.list,
  input: schema.board,
  load: (db, { by, ...filter }, actor) => {
    const { column, from = sql`` } = by ? keyOf[by] : { column: sql`''` };
    // One concern of two areas is two rows here: hence the distinct ones.
    return db.execute<Cell>(sql`
      with seen as (
        select ${concerns.id} as id, ${concerns.state} as state, ${concerns.audience} as audience, ${column} as key
        from ${concerns} left join ${associations} on ${associations.id} = ${concerns.associationId} ${from}
        where ${visibleTo(actor)} and ${matching({ ...filter, page: 1 }) ?? sql`true`})
      select key, grouping(key) = 1 as whole, state, count(distinct id)::int as n,
        (count(distinct id) filter (where audience = 'space'))::int as kept
      from seen group by grouping sets ((state), (key, state))`);
  },
  present: (cells, _actor, { by }) => {
    const all = [...cells];
    const counted = all.filter(({ whole }) => by || whole);
    return {
      by: by ?? null,
      ...boardOf(counted.map(({ whole, key, state, n }) => ({ key: whole ? null : key, state, n }))),
      /** How many of them only those inside see. */
      kept: all.reduce((sum, { whole, kept }) => (whole ? sum + kept : sum), 0),
    };
  },
});
