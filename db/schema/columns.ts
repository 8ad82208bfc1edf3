import { sql } from 'drizzle-orm';
import { customType, timestamp, uuid } from 'drizzle-orm/pg-core';

/** Raw bytes; drizzle 0.45 has no column of its own for them. */
export const bytea = customType<{ data: Uint8Array; driverData: Uint8Array }>({
  dataType: () => 'bytea',
});

export const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' });

/** Primary key: a random UUID, made by the database unless the phone has already chosen one. */
export const id = () => uuid('id').primaryKey().default(sql`gen_random_uuid()`);

/** Moment in UTC, as a Date. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

export const now = () => sql`now()`;

/**
 * The day it is, as the moment it began in Lima. For what may be known to the day alone: the hour at which somebody
 * signs in, beside a box of papers, tells when she voted.
 */
export const thisDay = () => sql`date_trunc('day', now(), 'America/Lima')`;
