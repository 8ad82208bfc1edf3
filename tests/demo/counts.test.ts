import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadDemo } from '~/db/demo/load';
import { callAs } from '../support/call';
import { testDatabase } from '../support/db';

// What the forum says of itself, held against counts made straight from its tables by other queries.
const database = testDatabase();
const rows = async <T extends Record<string, unknown>>(query: string) =>
  [...(await database.db.execute<T>(sql.raw(query)))] as T[];
const number = async (query: string): Promise<number> => Number(Object.values((await rows(query))[0]!)[0]);
let forum: Awaited<ReturnType<typeof callAs>>;
let editor: Awaited<ReturnType<typeof callAs>>;

beforeAll(async () => {
  await loadDemo(database.db);
  forum = await callAs(database.db, null);
  const [{ id }] = (await rows<{ id: string }>(
    `select person_id as id from forum_roles where role = 'editor' and ended_at is null limit 1`,
  )) as [{ id: string }];
  editor = await callAs(database.db, id);
}, 120_000);

describe('every concern of the demo is placed', () => {
  it('is in exactly one stated state, and what was decided last says the same', async () => {
    expect(await number('select count(*) from concerns')).toBeGreaterThanOrEqual(120);
    expect(
      await number(`select count(*) from concerns where state is null
        or state not in ('recibida', 'en_debate', 'recogida', 'no_recogida')`),
    ).toBe(0);
    expect(
      await number(`select count(*) from concerns c join lateral (select state from concern_decisions d
        where d.concern_id = c.id order by decided_at desc, id desc limit 1) d on true where d.state <> c.state`),
    ).toBe(0);
    expect(
      await number(
        'select count(*) from concerns c where not exists (select from concern_decisions d where d.concern_id = c.id)',
      ),
    ).toBe(0);
  });

  it('has an article in force behind each that was taken up, and behind no other; a reason for each that was not', async () => {
    const held = `exists (select from article_concerns l join articles a on a.id = l.article_id
      where l.concern_id = c.id and l.ended_at is null and a.retired_at is null)`;
    expect(await number(`select count(*) from concerns c where state = 'recogida' and not ${held}`)).toBe(0);
    expect(await number(`select count(*) from concerns c where state <> 'recogida' and ${held}`)).toBe(0);
    expect(
      await number(
        `select count(*) from concerns where (state = 'no_recogida') <> (reason is not null and reason_code is not null)`,
      ),
    ).toBe(0);
    expect(
      await number(`select count(*) from concerns c where state = 'en_debate' and not exists
        (select from draft_concerns d where d.concern_id = c.id and d.ended_at is null)`),
    ).toBe(0);
  });
});

describe('the board, the coverage and each article’s provenance say what the tables say', () => {
  it('the board', async () => {
    const board = await forum.concerns.board();
    for (const state of ['recibida', 'en_debate', 'recogida', 'no_recogida'] as const)
      expect(board[state]).toBe(
        await number(`select count(*) from concerns where audience = 'public' and state = '${state}'`),
      );
    expect(board.total).toBe(await number(`select count(*) from concerns where audience = 'public'`));
  });

  const kinds = {
    cooperativa: `a.kind = 'cooperativa'`,
    asociacion: `a.kind = 'asociacion'`,
    federacion: `a.kind = 'federacion'`,
    comite: `a.kind = 'comite'`,
    base_libre: `a.kind = 'base_libre'`,
    sin_organizacion: 'c.association_id is null',
    mujeres: 'a.womens',
  };

  it('the coverage of the document in the making, cell by cell, and with the board', async () => {
    const all = await editor.document.coverage({ making: true });
    const board = await forum.concerns.board();
    expect(all.total).toEqual({ raised: board.total, answered: board.recogida, refused: board.no_recogida });
    for (const line of all.byGroup) {
      for (const cell of line.cells) {
        const [row] =
          await rows(`select count(*)::int raised, count(*) filter (where state = 'recogida')::int answered,
            count(*) filter (where state = 'no_recogida')::int refused
          from concerns c left join associations a on a.id = c.association_id
          where audience = 'public' and '${line.area}' = any(areas) and ${kinds[cell.key]}`);
        expect({ area: line.area, ...cell }).toMatchObject({ key: cell.key, ...row });
      }
      expect(line.articles).toBe(
        await number(`select count(*) from articles r join chapters h on h.id = r.chapter_id
          where retired_at is null and ('${line.area}' = any(areas) or h.area = '${line.area}')`),
      );
    }
    for (const line of all.byDepartment)
      for (const cell of line.cells)
        expect(cell.raised).toBe(
          await number(
            `select count(*) from concerns where audience = 'public' and department = '${cell.key}' and '${line.area}' = any(areas)`,
          ),
        );
  }, 60_000);

  it('the coverage of each version, of what was there on its day', async () => {
    for (const { number: version } of await forum.document.versions()) {
      const { total } = await forum.document.coverage({ number: version });
      const then = `c.audience = 'public' and c.created_at <= (select frozen_at from versions where number = ${version})`;
      expect(total.raised).toBe(await number(`select count(*) from concerns c where ${then}`));
      expect(total.answered).toBe(
        await number(`select count(*) from concerns c where ${then} and exists (select from version_articles a
          join versions v on v.id = a.version_id where v.number = ${version} and c.id = any(a.concern_ids))`),
      );
    }
  });

  it('each article of the version in force', async () => {
    const { version } = await forum.document.inForce();
    for (const { number: place, articleId } of version!.chapters.flatMap((chapter) => chapter.articles)) {
      const behind = `from version_articles r join versions v on v.id = r.version_id and v.number = ${version!.number}
        cross join unnest(r.concern_ids) x join concerns c on c.id = x left join associations a on a.id = c.association_id
        where r.article_id = '${articleId}'`;
      const { provenance } = await forum.document.article({ number: version!.number, article: place });
      const origin = await forum.document.origin({ id: articleId });
      expect(origin.behind.total).toBe(await number(`select count(*) ${behind}`));
      expect(provenance.total).toBe(origin.behind.total);
      expect(origin.behind.inside).toBe(await number(`select count(*) ${behind} and a.kind = 'cooperativa'`));
      expect(origin.behind.womens).toBe(await number(`select count(*) ${behind} and a.womens`));
      expect(provenance.bases).toBe(await number(`select count(distinct a.id) ${behind}`));
      const departments = await rows(
        `select c.department slug, count(*)::int n ${behind} group by 1 order by n desc, 1`,
      );
      expect(origin.behind.departments).toEqual(departments);
      expect(provenance.departments).toEqual(departments);
      const areas = await rows(
        `select area slug, count(*)::int n from (select unnest(c.areas) area ${behind}) z group by 1 order by n desc, 1`,
      );
      expect(origin.behind.areas).toEqual(areas);
    }
  }, 60_000);
});
