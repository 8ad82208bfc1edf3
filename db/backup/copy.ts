import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { Sql } from 'postgres';

// postgres.js 3.4.9 forgets to read on after a COPY out (porsager/postgres#499) and never reports a COPY in that fails
// at its end (#1173); both are mended here. After any error the connection must be closed, not used again.

/** The bytes of `COPY … TO STDOUT`, as fast as they are taken. `sql` must have one connection. */
export async function* copyOut(sql: Sql, statement: string): AsyncGenerator<Buffer> {
  const stream: Readable = await sql.unsafe(statement).readable();
  try {
    for await (const piece of stream) yield piece as Buffer;
  } finally {
    stream._read(0);
  }
}

export type Inlet = {
  /** Resolves when the next piece may come. */
  write(piece: Buffer): Promise<void>;
  /** Resolves when the database has taken every row. */
  end(): Promise<void>;
};

/** Opens `COPY … FROM STDIN`. `write` and `end` throw the database's own error when it refuses a row. */
export async function copyIn(sql: Sql, statement: string): Promise<Inlet> {
  const query = sql.unsafe(statement);
  const refused = new Promise<never>((_, fail) => {
    const { reject } = query as unknown as { reject(error: Error): void };
    Object.assign(query, {
      reject(error: Error) {
        reject(error);
        fail(error);
      },
    });
  });
  const stream = await query.writable();
  const done = finished(stream);
  // Both are awaited only where it matters which one comes first.
  for (const promise of [refused, done]) promise.catch(() => {});
  return {
    async write(piece) {
      if (stream.write(piece)) return;
      await Promise.race([once(stream, 'drain'), refused]);
    },
    async end() {
      stream.end();
      await Promise.race([done, refused]);
    },
  };
}
