import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65535);
const schema = z.object({
  PORT: port.default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  DATABASE_URL: z.string().startsWith('postgres').optional(),
  DATA_DIR: z.string().min(1).default('.data/forum'),
  REDIS_URL: z.string().startsWith('redis').optional(),
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(5).default(0),
  NEXTAUTH_SECRET: z.string().min(32).optional(),
  FORUM_DEMO: z.enum(['0', '1']).default('0'),
});

const says: Record<string, string> = {
  PORT: 'PORT must be a port number between 0 and 65535',
  HOST: 'HOST must be an address to listen on, such as 127.0.0.1',
  PUBLIC_URL: 'PUBLIC_URL must be the address people type, such as https://foro.example.org',
  DATABASE_URL: 'DATABASE_URL must be a PostgreSQL address that starts with postgres',
  DATA_DIR: 'DATA_DIR must name a folder',
  REDIS_URL: 'REDIS_URL must be an address that starts with redis',
  TRUSTED_PROXIES: 'TRUSTED_PROXIES must be the number of proxies before the forum, from 0 to 5',
  NEXTAUTH_SECRET: 'NEXTAUTH_SECRET must have at least 32 characters',
  FORUM_DEMO: 'FORUM_DEMO must be 0 or 1',
};

export type Config = {
  port: number;
  host: string;
  /** Without the trailing slash; null: whatever address the request was sent to. */
  publicUrl: string | null;
  databaseUrl: string | null;
  dataDir: string;
  redisUrl: string | null;
  /** How many proxies stand before us; that many addresses of X-Forwarded-For are believed. */
  trustedProxies: number;
  secret: string | null;
  demo: boolean;
};

/**
 * Reads the environment once.
 * @throws Error with one clear sentence for the first value that is wrong.
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const read = schema.safeParse(given);
  if (!read.success) {
    const name = String(read.error.issues[0]?.path[0]);
    throw new Error(`${says[name] ?? `${name} is wrong`}.`);
  }
  const e = read.data;
  return {
    port: e.PORT,
    host: e.HOST,
    publicUrl: e.PUBLIC_URL?.replace(/\/+$/, '') ?? null,
    databaseUrl: e.DATABASE_URL ?? null,
    dataDir: e.DATA_DIR,
    redisUrl: e.REDIS_URL ?? null,
    trustedProxies: e.TRUSTED_PROXIES,
    secret: e.NEXTAUTH_SECRET ?? null,
    demo: e.FORUM_DEMO === '1',
  };
}
