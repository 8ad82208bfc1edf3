import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { kindOf, mayBeShared } from '~/app/kinds';
import { sentence } from '~/messages/catalogue';
import { tooMany } from '../limits';
import { logError } from '../log';
import { runtime } from '../runtime';
import { givesWho, sessionCookie } from '../session';
import { addressOf, foreignOrigin, originOf } from './address';
import { limitBody, watchForm } from './body';
import { buffered } from './buffered';
import { compress, tag } from './encode';
import { emptyPolicy, hearing, lightPolicy, setSecurityHeaders, workbenchPolicy } from './headers';
import { brokenPage, lighten, withExit } from './html';
import { type Answer, startKept } from './kept';
import { leftToScripts, renderNotFound } from './not-found';
import { scopeHeader, scopes } from './scope';
import { batchAtMost, weightOf } from './weight';

type Handler = (req: IncomingMessage, res: ServerResponse) => void | Promise<void>;
type Parts = {
  /** Answers what is a file and calls `next` for what is not. */
  statics: (req: IncomingMessage, res: ServerResponse, next: () => void) => void;
  health: (res: ServerResponse) => Promise<void>;
  /** The blind rooms’ questions; before anything that looks at a cookie. */
  box: Handler;
  next: Handler;
  /** Path of the light script that a page has; another one where a vote waits on the phone. */
  script: (path: string, waits: boolean) => string;
};

const methods = new Set(['GET', 'HEAD', 'POST']);
// A light page has no client router: whatever asks for its data in another form gets the page.
const routerHeaders = [
  'rsc',
  'next-router-state-tree',
  'next-router-prefetch',
  'next-router-segment-prefetch',
  'next-action',
  'next-url',
];

/** Ends a request that is not let in, with one sentence. */
export function refuse(res: ServerResponse, status: number, words: string): void {
  res.statusCode = status;
  res.setHeader('Content-Type', 'text/html; charset=utf-8');
  res.setHeader('Cache-Control', 'no-store');
  res.setHeader('Content-Security-Policy', emptyPolicy);
  // What is still being sent is read to its end and thrown away: cut off, a phone would show no sentence at all.
  res.req.resume();
  res.end(brokenPage('Frente Unido', words, sentence('es', 'ui.back.home')));
}

function policyFor(req: IncomingMessage, res: ServerResponse, path: string, script: string): void {
  if (path === '/mi-espacio') res.setHeader('Permissions-Policy', hearing);
  const kind = kindOf(path);
  const origin = originOf(req);
  if (kind === 'workbench') {
    const nonce = randomBytes(16).toString('base64');
    const policy = workbenchPolicy(nonce, origin.replace(/^http/, 'ws'));
    res.setHeader('Content-Security-Policy', policy);
    // Next reads the nonce from the request and stamps its scripts with it.
    req.headers['content-security-policy'] = policy;
    return;
  }
  delete req.headers['content-security-policy'];
  for (const name of routerHeaders) delete req.headers[name];
  res.setHeader('Content-Security-Policy', lightPolicy(origin, script));
}

/** Whether this phone says that a vote waits on it, to be sent when its owner is signed in (docs/decisions/111). */
const ballotWaits = (req: IncomingMessage): boolean => {
  const cookie = String(req.headers.cookie ?? '');
  return cookie.includes('papeleta-espera=1') && cookie.includes(`${sessionCookie()}=`);
};

const broken = (key: 'failures.failed' | 'failures.input') =>
  brokenPage('Frente Unido', sentence('es', key), sentence('es', 'ui.back.home'));

/** What Next ends by itself, in words of its own: a fault, a form whose action is forged. */
const isUnsaid = (status: number, html: boolean, path: string) =>
  html ? status >= 500 || status === 400 : status >= 400 && !path.startsWith('/api/');

const decodable = (path: string) => {
  try {
    return Boolean(decodeURIComponent(path));
  } catch {
    return false;
  }
};

/** A language that is said once and plainly; anything else Next may read otherwise than we do. */
const language = /(?:^|; ?)idioma=(es|en)(?:;|$)/;
const times = (text: string, part: string) => text.split(part).length - 1;

/** Whether the answer is the same for everybody: nobody is signed in, nothing is written, and it is a light page. */
function isShared(req: IncomingMessage, path: string): boolean {
  const cookie = String(req.headers.cookie ?? '');
  const said = times(cookie, 'idioma');
  return (
    req.method === 'GET' &&
    !path.startsWith('/api/') &&
    kindOf(path) !== 'workbench' &&
    mayBeShared(path) &&
    !cookie.includes(`${sessionCookie()}=`) &&
    (said === 0 || (said === 1 && language.test(cookie)))
  );
}

/** Under what a shared page is kept: its address, under which name the forum is visited, and the language. */
const keyOf = (req: IncomingMessage) =>
  `${originOf(req)} ${language.exec(String(req.headers.cookie ?? ''))?.[1] ?? ''} ${req.url}`;

// A form with a key of its own is for one person: two who sent the same would be taken for one.
const isOnesOwn = (body: Buffer) => body.includes('name="key"');

async function answerKept(
  req: IncomingMessage,
  res: ServerResponse,
  { headers, body, encoded }: Answer,
): Promise<void> {
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) res.setHeader(name, value);
  if (tag(req, res, body)) {
    res.end();
    return;
  }
  const sent = await compress(req, res, body, encoded);
  res.setHeader('Content-Length', sent.length);
  res.end(sent);
}

function shape(
  req: IncomingMessage,
  res: ServerResponse,
  path: string,
  next: Handler,
  script: string,
  keep: ((answer: Answer) => void) | null,
) {
  const wholeForm = watchForm(req);
  const finish = (given: Buffer): Buffer | Promise<Buffer> => {
    const type = String(res.getHeader('Content-Type') ?? '');
    const signedIn = String(req.headers.cookie ?? '').includes(`${sessionCookie()}=`);
    const scope = scopes().get(String(req.headers[scopeHeader]));
    const html = type.startsWith('text/html');
    let body = given;
    if (res.statusCode >= 500 && path.startsWith('/api/') && body.length === 0) {
      res.setHeader('Content-Type', 'application/json');
      body = Buffer.from(JSON.stringify({ error: sentence('es', 'failures.failed') }));
    }
    if (html && scope?.status && res.statusCode === 200) res.statusCode = scope.status;
    if (res.statusCode >= 500 && !wholeForm()) res.statusCode = 400;
    // Nobody has to sign in anew for what another tab goes by (docs/decisions/111). Where a page leads on, it is settled there.
    if (html && scope?.who && res.statusCode === 200) res.appendHeader('Set-Cookie', givesWho(scope.who));
    // A page of ours has words for what went wrong in a form; a fault has none, nor has what was too much to hold.
    if (isUnsaid(res.statusCode, html, path) && (!scope?.status || given.length === 0)) {
      res.setHeader('Content-Type', 'text/html; charset=utf-8');
      body = Buffer.from(broken(res.statusCode >= 500 ? 'failures.failed' : 'failures.input'));
    } else if (html && (kindOf(path) !== 'workbench' || res.statusCode === 404)) {
      // What is not found is light everywhere: scripts' data comes in pieces as chance has it, and the answer
      // to what one may not see would differ from another by where they were cut.
      res.setHeader('Content-Security-Policy', lightPolicy(originOf(req), script));
      // It names the style sheet, as the page's head does, with the nonce of the policy that was.
      res.removeHeader('Link');
      body = Buffer.from(lighten(body.toString('utf8'), script));
    } else if (html) {
      body = Buffer.from(withExit(body.toString('utf8'), script));
    }
    const shared =
      !signedIn && req.method !== 'POST' && res.statusCode === 200 && !res.hasHeader('Set-Cookie');
    const mayKeep =
      shared && (html ? kindOf(path) !== 'workbench' && mayBeShared(path) : path.startsWith('/api/open/'));
    res.setHeader('Cache-Control', mayKeep ? 'public, max-age=0, must-revalidate' : 'private, no-store');
    if (mayKeep && html && !isOnesOwn(body))
      keep?.({ headers: { ...res.getHeaders() }, body, encoded: new Map() });
    if (mayKeep && tag(req, res, body)) return Buffer.alloc(0);
    return compress(req, res, body);
  };
  return (given: Buffer): Buffer | Promise<Buffer> =>
    leftToScripts(res.statusCode, given) ? renderNotFound(next, req).then(finish) : finish(given);
}

/** Every HTTP request of the forum, in the order in which it is looked at. */
export function pipeline(parts: Parts): Handler {
  const { statics, health, box, next, script } = parts;
  const kept = startKept();
  return async (req, res) => {
    const path = (req.url ?? '/').split('?', 1)[0]!;
    setSecurityHeaders(res, runtime().config.publicUrl?.startsWith('https:') ?? false);
    const say = (key: 'failures.input' | 'failures.too_large' | 'failures.busy' | 'failures.failed') =>
      sentence('es', key);
    if (!methods.has(req.method ?? '')) return refuse(res, 405, say('failures.input'));
    if ((req.url ?? '').length > 4096) return refuse(res, 414, say('failures.too_large'));
    if (!decodable(path)) return refuse(res, 400, say('failures.input'));
    if (path === '/api/health' || path === '/api/box') res.setHeader('Content-Security-Policy', emptyPolicy);
    if (path === '/api/health') return health(res);
    const address = addressOf(req);
    const post = req.method === 'POST';
    // A batch of questions counts as much as it asks for.
    const { asked, weight } = weightOf(decodeURIComponent(path));
    if (asked > 1 && weight > batchAtMost) return refuse(res, 413, say('failures.too_large'));
    if (await tooMany(post ? 'post' : 'request', address, weight))
      return refuse(res, 429, say('failures.busy'));
    if (path === '/api/box') return post ? box(req, res) : refuse(res, 405, say('failures.input'));
    if (post && foreignOrigin(req)) return refuse(res, 403, say('failures.input'));
    if (post && !limitBody(req, path)) return refuse(res, 413, say('failures.too_large'));
    const key = isShared(req, path) ? keyOf(req) : null;
    const ready = key === null ? null : kept.get(key);
    if (ready) return answerKept(req, res, ready);
    // Before and after: what is made while something is being written may hold it or not.
    if (post) kept.forget();
    if (post) res.once('close', () => kept.forget());
    const begun = kept.moment();
    const id = randomUUID();
    req.headers[scopeHeader] = id;
    req.headers['x-forum-path'] = path;
    scopes().set(id, { address });
    res.once('close', () => scopes().delete(id));
    statics(req, res, () => {
      const ours = script(path, kindOf(path) !== 'workbench' && ballotWaits(req));
      if (path.startsWith('/api/')) res.setHeader('Content-Security-Policy', emptyPolicy);
      else policyFor(req, res, path, ours);
      const keep = key === null ? null : (answer: Answer) => kept.put(key, answer, begun);
      buffered(res, shape(req, res, path, next, ours, keep));
      Promise.resolve(next(req, res)).catch((error) => {
        logError('request', error);
        if (!res.headersSent) refuse(res, 500, say('failures.failed'));
      });
    });
  };
}
