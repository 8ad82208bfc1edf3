import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of migrations as drizzle-kit writes them, one for each SQL text, in a new temp folder. */
export function migrationFolder(...texts: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'frente-unido-migrations-'));
  mkdirSync(join(folder, 'meta'));
  const entries = texts.map((sql, idx) => {
    const tag = `000${idx}_step`;
    writeFileSync(join(folder, `${tag}.sql`), sql);
    return { idx, version: '7', when: 1_700_000_000_000 + idx, tag, breakpoints: true };
  });
  const journal = { version: '7', dialect: 'postgresql', entries };
  writeFileSync(join(folder, 'meta', '_journal.json'), JSON.stringify(journal));
  return folder;
}
