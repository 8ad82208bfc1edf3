import postgres, { type Sql } from 'postgres';

/** One connection, without limits of time, that stays the same one to its end. */
export function single(url: string): Sql {
  return postgres(url, {
    max: 1,
    idle_timeout: 0,
    max_lifetime: null,
    connect_timeout: 10,
    onnotice: () => {},
    connection: { application_name: 'frente-unido', TimeZone: 'UTC', statement_timeout: 0, lock_timeout: 0 },
  });
}

/**
 * What whoever wrote DATABASE_URL should read when the database cannot be used; the password is never in it.
 * @returns the same error when it is about something else
 */
export function explained(error: unknown, url: string): unknown {
  const { hostname, port, username, pathname } = new URL(url);
  const place = `${hostname}:${port || 5432}`;
  const sentences: Record<string, string> = {
    ECONNREFUSED: `No database answers at ${place}; check DATABASE_URL.`,
    ENOTFOUND: `There is no machine named ${hostname}; check DATABASE_URL.`,
    EAI_AGAIN: `The name ${hostname} cannot be looked up now; check DATABASE_URL.`,
    CONNECT_TIMEOUT: `The database at ${place} does not answer in time; check DATABASE_URL.`,
    '28P01': `The database at ${place} refuses the password of ${username}; check DATABASE_URL.`,
    '28000': `The database at ${place} does not let ${username} in; check DATABASE_URL.`,
    '3D000': `There is no database ${pathname.slice(1)} at ${place}; create it or check DATABASE_URL.`,
  };
  const sentence = sentences[(error as { code?: string }).code ?? ''];
  return sentence ? new Error(sentence, { cause: error }) : error;
}

/** @throws Error when the server is older than PostgreSQL 15 or the database does not keep UTF-8 */
export async function refuseUnfit(sql: Sql): Promise<void> {
  const [row] = await sql`select current_setting('server_version_num')::int as number,
    current_setting('server_version') as version, current_setting('server_encoding') as encoding`;
  if (row!.number < 150_000) {
    throw new Error(`PostgreSQL ${row!.version} is too old; the forum needs version 15 or a newer one.`);
  }
  if (row!.encoding !== 'UTF8') {
    throw new Error(`The database keeps its text as ${row!.encoding}; the forum needs one made with UTF8.`);
  }
}
