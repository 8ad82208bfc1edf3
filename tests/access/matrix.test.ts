import { beforeAll, describe, expect, it } from 'vitest';
import type { Db } from '~/db/client';
import { actionTable } from '~/server/root';
import { Denied } from '~/server/rule';
import { callAs } from '../support/call';
import { testDatabase } from '../support/db';
import { samples } from './samples';
import { table } from './table';
import { type AccessWorld, accessWorld, type Role, roles } from './world';

const database = testDatabase();
let world: AccessWorld;
beforeAll(async () => {
  world = await accessWorld(database.db);
});

class Undo extends Error {}

/**
 * Asks one procedure as one role, in a transaction that is undone.
 * @returns `y` allowed (whatever came of it), `·` not found, `r` refused, `s` to sign in first.
 */
async function verdict(path: string, role: Role): Promise<string> {
  let found = 'y';
  await database.db
    .transaction(async (tx) => {
      const caller = await callAs(tx as unknown as Db, world.who[role]);
      const [capability, verb] = path.split('.') as [string, string];
      const procedure = (
        caller as unknown as Record<string, Record<string, (input: unknown) => Promise<unknown>>>
      )[capability]![verb]!;
      try {
        await procedure(samples[path]!(world, role));
      } catch (error) {
        const cause = (error as { cause?: unknown }).cause;
        const code = (error as { code?: string }).code;
        if (cause instanceof Denied) found = { not_found: '·', refused: 'r', sign_in: 's' }[cause.code];
        else if (code !== 'INTERNAL_SERVER_ERROR' && code !== undefined) found = `!${code}`;
        else if ((cause as { name?: string })?.name?.includes('Drizzle')) found = '!';
      }
      throw new Undo();
    })
    .catch((error) => {
      if (!(error instanceof Undo)) throw error;
    });
  return found;
}

it('has a row for every procedure of the router, and a procedure for every row', () => {
  const paths = actionTable().map((row) => row.path);
  expect(Object.keys(table).sort()).toEqual([...paths].sort());
  expect(Object.keys(samples).sort()).toEqual([...paths].sort());
});

it('names every action after its place in the router, with a rule and an audit level', () => {
  for (const row of actionTable()) {
    expect(row.action).toBe(row.path);
    expect(['full', 'participation', 'none']).toContain(row.audit);
    if (row.kind === 'query') expect(row.audit).toBe('none');
  }
});

describe('who may do what', () => {
  it.each(actionTable().map((row) => row.path))('%s', async (path) => {
    const cells: string[] = [];
    for (const role of roles) cells.push(await verdict(path, role));
    if (process.env.PRINT_MATRIX) console.info(`ROW   '${path}': '${cells.join(' ')}',`);
    const said = (table[path] ?? '').split(/\s+/);
    expect(Object.fromEntries(roles.map((role, i) => [role, cells[i]]))).toEqual(
      Object.fromEntries(roles.map((role, i) => [role, said[i]])),
    );
  });
});
