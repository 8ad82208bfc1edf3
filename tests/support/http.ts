import { request } from 'node:http';
import { afterAll, beforeAll } from 'vitest';
import { runtime } from '~/server/runtime';
import { signIn } from './clients';
import { testDatabase } from './db';
import { startTestForum, type TestForum } from './forum';

export type Answer = { status: number; headers: Record<string, string>; body: string };
type Ask = {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Buffer | FormData;
};

/**
 * The built forum over real HTTP, on this test file's own database, so that a story can be set up with the
 * factories and people can be signed in without a browser. To be called once, at the top of the file.
 */
export function httpForum() {
  const database = testDatabase();
  let forum: TestForum;
  const cookies = new Map<string, string>();
  beforeAll(async () => {
    forum = await startTestForum({
      databaseUrl: database.url,
      env: { NEXTAUTH_SECRET: runtime().secrets.session },
    });
  }, 120_000);
  afterAll(() => forum?.remove());

  /** The cookies of a phone of hers. */
  async function cookieOf(personId: string): Promise<string> {
    const known = cookies.get(personId);
    if (known) return known;
    const { cookie } = await signIn(database.db, personId);
    // As any phone: it keeps what the first page brings along.
    const given = (await fetch(forum.address, { headers: { cookie } })).headers.getSetCookie();
    const whole = [cookie, ...given.map((one) => one.split(';')[0]!)].join('; ');
    cookies.set(personId, whole);
    return whole;
  }

  /** One request, as she would send it (null: nobody signed in); redirects are not followed. */
  async function ask(path: string, who: string | null = null, { method, headers, body }: Ask = {}) {
    const response = await fetch(forum.address + path, {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      redirect: 'manual',
      headers: {
        ...(who ? { cookie: await cookieOf(who) } : {}),
        ...(body === undefined ? {} : { origin: forum.address }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: body as NonNullable<RequestInit['body']> }),
    });
    // Of several cookies the list of headers would keep the last one alone.
    const cookies = response.headers.getSetCookie().join(', ');
    const answer: Answer = {
      status: response.status,
      headers: { ...Object.fromEntries(response.headers), ...(cookies ? { 'set-cookie': cookies } : {}) },
      body: await response.text(),
    };
    return answer;
  }

  /** A path sent as it is written, which `fetch` would tidy up; or a method that it does not send. */
  function raw(path: string, method = 'GET', headers: Record<string, string> = {}): Promise<Answer> {
    const { hostname, port } = new URL(forum.address);
    return new Promise((resolve, reject) => {
      const req = request({ hostname, port, path, method, headers }, (res) => {
        let body = '';
        res.on('data', (chunk) => {
          body += chunk;
        });
        res.on('end', () =>
          resolve({ status: res.statusCode!, headers: res.headers as Record<string, string>, body }),
        );
      });
      req.on('error', reject);
      req.end();
    });
  }

  /** A procedure through the API, as the outbox of a phone calls it. */
  const call = (path: string, input: unknown, who: string | null = null) =>
    ask(`/api/trpc/${path}`, who, {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
    });
  const look = (path: string, input: unknown, who: string | null = null) =>
    ask(`/api/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input))}`, who);

  /**
   * Fills in the form of a page and sends it as a browser without scripts does.
   * @param mark something that only this form holds, such as `name="words"`.
   */
  async function submitForm(
    path: string,
    who: string | null,
    mark: string,
    fields: Record<string, string | string[]>,
  ) {
    const page = await ask(path, who);
    const form = (page.body.match(/<form\b[\s\S]*?<\/form>/g) ?? []).find((one) => one.includes(mark));
    if (!form) throw new Error(`no form with ${mark} on ${path} (${page.status})`);
    const filled = new FormData();
    for (const [, attributes] of form.matchAll(/<input\b([^>]*type="hidden"[^>]*)>/g)) {
      const name = /name="([^"]*)"/.exec(attributes!)?.[1];
      const value = /value="([^"]*)"/.exec(attributes!)?.[1] ?? '';
      if (name && !(name in fields))
        filled.append(name, value.replace(/&quot;/g, '"').replace(/&amp;/g, '&'));
    }
    for (const [name, value] of Object.entries(fields))
      for (const one of [value].flat()) filled.append(name, one);
    const action = /action="([^"]+)"/.exec(form.slice(0, form.indexOf('>')))?.[1];
    const send = () => ask(action || path, who, { body: filled });
    return { send, filled };
  }

  return {
    get db() {
      return database.db;
    },
    get forum() {
      return forum;
    },
    cookieOf,
    ask,
    raw,
    call,
    look,
    submitForm,
  };
}

/** Marks of the inside that no answer may hold. */
export const inside =
  /\n\s+at .+:\d+:\d+|node_modules|\.tsx?:\d|postgres:|PostgresError|DrizzleQueryError|TRPCError|ZodError|"stack":/;
