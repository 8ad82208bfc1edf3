import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { register } from 'tsx/esm/api';
import './mend.mjs';

// `npm run archive -- FILE`: the whole process as static pages in a zip, from the forum in DATA_DIR or DATABASE_URL.
register();
try {
  const [named, ...more] = process.argv.slice(2);
  if (!named || more.length > 0) throw new Error('Name one file: npm run archive -- FILE.');
  // npm runs a script from the project's folder; a file is named from where the person stands.
  const file = resolve(process.env.INIT_CWD ?? '.', named);
  const { readConfig } = await import('../server/config.ts');
  const config = readConfig(process.env);
  if (!config.databaseUrl && !existsSync(join(config.dataDir, 'postgres')))
    throw new Error(`There is no forum in ${config.dataDir}; set DATA_DIR or DATABASE_URL.`);
  const { readSecrets } = await import('../server/secrets.ts');
  const { setRuntime } = await import('../server/runtime.ts');
  const secrets = readSecrets(config.dataDir, config.secret);
  setRuntime({ config, secrets, version: 'archive', setupCode: '' });
  const { withDatabase } = await import('../db/commands.ts');
  const { closeDatabase, database, setDatabaseUrl } = await import('../db/client.ts');
  const { forumCaller } = await import('../server/root.ts');
  const { anonymous } = await import('../server/actor.ts');
  const { writeArchive } = await import('../server/archive/jobs.ts');
  await withDatabase(process.env, async (url) => {
    setDatabaseUrl(url);
    try {
      await writeArchive(
        forumCaller({ db: database(), actor: anonymous, address: 'archive', locale: 'es' }),
        file,
      );
    } finally {
      await closeDatabase();
    }
  });
  console.info(`The whole process is in ${file}.`);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
