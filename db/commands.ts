import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { backup } from './backup';
import type { Manifest } from './backup/archive';
import { startEmbedded } from './embedded';
import { restore } from './restore';

type Env = Record<string, string | undefined>;

/** `npm run backup -- FILE`: saves the forum, running or not, and says what was saved. */
export async function saveTo(args: string[], env: Env): Promise<string> {
  const file = fileOf(args, env, 'backup');
  const home = dataDir(env);
  if (!env.DATABASE_URL && !existsSync(join(home, 'postgres'))) {
    throw new Error(
      `There is no forum in ${home}; set DATA_DIR or DATABASE_URL to the one you want to save.`,
    );
  }
  const manifest = await withDatabase(env, (url) => backup(url, file));
  const size = (statSync(file).size / 1e6).toFixed(1);
  return `Saved ${counted(manifest)}, ${size} MB, in ${file}. Keep a copy of ${join(home, 'secrets.json')} too, in another place.`;
}

/** `npm run restore -- FILE`: fills an empty database, and says what is in it now. */
export async function restoreFrom(args: string[], env: Env): Promise<string> {
  const file = fileOf(args, env, 'restore');
  if (!existsSync(file)) throw new Error(`There is no file ${file}.`);
  const manifest = await withDatabase(env, (url) => restore(url, file));
  return `Restored ${counted(manifest)} from ${file}.`;
}

/** The forum's database, running or started for this alone. */
export async function withDatabase<T>(env: Env, use: (url: string) => Promise<T>): Promise<T> {
  if (env.DATABASE_URL) return use(env.DATABASE_URL);
  const server = await startEmbedded({ dataDir: dataDir(env), log: console.info });
  try {
    return await use(server.url);
  } finally {
    await server.stop();
  }
}

const dataDir = (env: Env) => resolve(env.DATA_DIR || '.data/forum');

// npm runs a script from the project's folder; a file is named from where the person stands.
function fileOf(args: string[], env: Env, command: string) {
  if (args.length !== 1) throw new Error(`Name one file: npm run ${command} -- FILE.`);
  return resolve(env.INIT_CWD ?? '.', args[0]!);
}

function counted({ tables }: Manifest) {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  return `${rows} rows of ${tables.length} tables`;
}
