import { realpathSync } from 'node:fs';
import postgres from 'postgres';
import { OWNER, passwordOf, SUPERUSER } from './cluster';

const IN_USE = 7_460_001;
const SETTING_UP = 7_460_002;

/**
 * One connection that says "this server is in use" for as long as its process lives: each holds a shared advisory
 * lock, and the one that can take it alone at the end is the last and may shut the server down. The lock ends with
 * the connection, so a killed process never keeps a server alive.
 */
export type Keeper = { amLast(): Promise<boolean>; close(): Promise<void> };

/**
 * Joins the server on `port` if it is the one of `folder`, after making sure the forum's role and database are there.
 * @param onLost called once if the connection breaks later, though nobody closed it
 * @returns null when nothing answers there, when it is going down, or when it is another cluster's
 */
export async function joinServer(
  port: number,
  folder: string,
  secret: string,
  onLost: () => void,
): Promise<Keeper | null> {
  let joined = false;
  const sql = postgres({
    host: '127.0.0.1',
    port,
    user: SUPERUSER,
    pass: passwordOf(SUPERUSER, secret),
    database: 'postgres',
    max: 1,
    max_lifetime: null,
    connect_timeout: 5,
    onnotice: () => {},
    onclose: () => {
      if (joined) void leave().then(onLost);
    },
    connection: { application_name: 'frente-unido keeper' },
  });
  const leave = async () => {
    joined = false;
    await sql.end({ timeout: 0 });
    return null;
  };
  try {
    const [row] = await sql`show data_directory`;
    if (realpathSync(row?.data_directory) !== realpathSync(folder)) return leave();
  } catch {
    return leave();
  }
  try {
    await sql`select pg_advisory_lock_shared(${IN_USE})`;
    await setUp(sql, secret);
    joined = true;
    return {
      amLast() {
        joined = false;
        return alone(sql);
      },
      async close() {
        joined = false;
        await sql.end({ timeout: 1 });
      },
    };
  } catch (error) {
    await leave();
    // 57P..: the server is being shut down by the one who held the lock alone.
    if (/^(57P|08|CONNECTION_|ECONN|EPIPE)/.test(String((error as { code?: string }).code))) return null;
    throw error;
  }
}

async function setUp(sql: postgres.Sql, secret: string) {
  await sql`select pg_advisory_lock(${SETTING_UP})`;
  const [has] = await sql`select exists (select from pg_roles where rolname = ${OWNER}) as role,
                                 exists (select from pg_database where datname = ${OWNER}) as database`;
  const password = passwordOf(OWNER, secret);
  if (!has?.role) await sql.unsafe(`create role ${OWNER} login createdb password '${password}'`);
  if (!has?.database) await sql.unsafe(`create database ${OWNER} owner ${OWNER}`);
  await sql`select pg_advisory_unlock(${SETTING_UP})`;
}

async function alone(sql: postgres.Sql) {
  try {
    const [row] =
      await sql`select pg_advisory_unlock_shared(${IN_USE}), pg_try_advisory_lock(${IN_USE}) as alone`;
    return row?.alone === true;
  } catch {
    return false;
  }
}
