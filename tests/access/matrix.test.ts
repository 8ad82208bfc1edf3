import { beforeAll, describe, expect, it } from 'vitest';
import type { Db } from '~/db/client';
import { actorOfPerson, anonymous } from '~/server/actor';
import { describe as problem } from '~/server/problem';
import { actionTable, forumCaller } from '~/server/root';
import { testDatabase } from '~/tests/support/db';
import { roles } from './roles';
import { type Sample, samples } from './samples';
import { rows } from './table';
import { buildWorld, type World } from './world';

const database = testDatabase();
let w: World;
beforeAll(async () => {
  w = await buildWorld(database.db);
}, 60_000);

const pathOf = (name: string) => name.split(' · ')[0]!;
const undone = new Error('undone');
let caller = 0;

/** What a person is told, and nothing of it stays. An unexpected problem is its own verdict. */
async function verdict(name: string, { input, given }: Sample, me: string | null): Promise<string> {
  const [capability, procedure] = pathOf(name).split('.') as [string, string];
  let said = '';
  await database.db
    .transaction(async (tx) => {
      const db = tx as unknown as Db;
      await given?.(db, w, me);
      const actor = me ? await actorOfPerson(db, me) : anonymous;
      // Everybody from an address of her own: no cell is refused for the tries of another.
      const address = `198.51.${100 + Math.floor(++caller / 250)}.${caller % 250}`;
      const forum = forumCaller({ db, actor, address, locale: 'es' }) as unknown as Record<
        string,
        Record<string, (input: unknown) => Promise<unknown>>
      >;
      try {
        await forum[capability]![procedure]!(await input(w, me, db));
        said = 'y';
      } catch (error) {
        const { code, fields } = problem(error, 'es');
        const letters: Record<string, string> = { not_found: '·', refused: 'r', sign_in: 's' };
        said = letters[code] ?? `(${code} ${JSON.stringify(fields)})`;
      }
      throw undone;
    })
    .catch((error) => {
      if (error !== undone) throw error;
    });
  return said;
}

describe('every procedure for every role', () => {
  it.each(rows)('$name', async ({ name, verdicts }) => {
    const told: Record<string, string> = {};
    for (const role of roles) told[role] = await verdict(name, samples[name]!, w.cast[role]);
    expect(told).toEqual(verdicts);
  });
});

describe('the table', () => {
  it('has a row for every procedure, and none for what is not there', () => {
    const inTable = [...new Set(rows.map(({ name }) => pathOf(name)))].sort();
    expect(inTable).toEqual(
      actionTable()
        .map(({ path }) => path)
        .sort(),
    );
  });

  it('declares every cell, each row once, each with its sample', () => {
    expect(rows.map(({ name }) => name)).toEqual([...new Set(rows.map(({ name }) => name))]);
    expect(Object.keys(samples).sort()).toEqual(rows.map(({ name }) => name).sort());
    for (const { name, verdicts } of rows) expect([name, Object.keys(verdicts)]).toEqual([name, [...roles]]);
  });
});
