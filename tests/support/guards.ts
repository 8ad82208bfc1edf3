import { sql } from 'drizzle-orm';
import type { Db } from '~/db/client';

// An attack that fails proves a guard only where the same attack succeeds without it. A guard in code is wrapped by
// the test's own vi.mock, a guard of the database is a trigger or constraint: both are away for one attack, then back.
const off = new Set<string>();

type Work = (...given: never[]) => unknown;
/** The functions of a module, each of which gives way to its stand-in while its guard is away. */
export const guarded = <M extends object>(module: M, standIns: Record<string, Work>): M => ({
  ...module,
  ...Object.fromEntries(
    Object.entries(standIns).map(([name, standIn]) => {
      const real = (module as Record<string, Work>)[name]!;
      return [name, (...given: never[]) => (off.has(name) ? standIn : real)(...given)];
    }),
  ),
});

/** Runs an attack while these guards of the code are away. */
export async function without<T>(names: string | string[], attack: () => T | Promise<T>): Promise<T> {
  const all = [names].flat();
  for (const name of all) off.add(name);
  try {
    return await attack();
  } finally {
    for (const name of all) off.delete(name);
  }
}

/** Runs an attack on the database while this trigger of a table is away. */
export async function withoutTrigger<T>(db: Db, table: string, trigger: string, attack: () => Promise<T>) {
  await db.execute(sql.raw(`alter table ${table} disable trigger ${trigger}`));
  try {
    return await attack();
  } finally {
    await db.execute(sql.raw(`alter table ${table} enable trigger ${trigger}`));
  }
}
