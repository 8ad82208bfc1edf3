import { sql } from 'drizzle-orm';
import type { DbOrTx } from '~/db/client';
import { updateOf } from '~/server/realtime/document';
import { unpack } from '~/server/realtime/snapshots';

/** Where these words stand: every value of every column that may hold words or bytes, with compressed states opened. */
export async function whereIs(db: DbOrTx, words: string): Promise<string[]> {
  const columns = await db.execute<{ table_name: string; column_name: string; data_type: string }>(sql`
    select table_name, column_name, data_type from information_schema.columns
    where table_schema = 'public' and data_type in ('text', 'bytea', 'jsonb', 'json', 'character varying', 'ARRAY')`);
  const found: string[] = [];
  for (const { table_name: table, column_name: column, data_type: type } of columns) {
    const name = sql.raw(`"${column}"`);
    const rows = await db.execute<{ value: Buffer }>(
      type === 'bytea'
        ? sql`select ${name} as value from ${sql.raw(`"${table}"`)} where ${name} is not null`
        : sql`select convert_to(${name}::text, 'UTF8') as value from ${sql.raw(`"${table}"`)} where ${name} is not null`,
    );
    for (const { value } of rows) {
      const opened =
        table === 'text_snapshots' && type === 'bytea' ? Buffer.from(updateOf(unpack(value))) : value;
      if (opened.includes(words)) found.push(`${table}.${column}`);
    }
  }
  return found;
}
