import { existsSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import sirv from 'sirv';
import { originOf } from './address';
import { emptyPolicy, framePath, framePolicy } from './headers';

const year = 'public, max-age=31536000, immutable';

/** The light scripts of the build (scripts/build.mjs). */
type LightScript = 'script' | 'keyring' | 'vote' | 'sheet' | 'waiting' | 'booth';

const ballotPath = /^\/votaciones\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(\/sin-senal)?\/?$/;
/**
 * A page that needs more has a script of its own: no other one is the heavier for it.
 * @param waits a vote waits on this phone, so any page is to send it (docs/decisions/111)
 */
function scriptOf(path: string, waits: boolean): LightScript {
  if (path === '/mi-espacio') return 'keyring';
  if (/^\/caseta\/?$/.test(path)) return 'booth';
  const [ballot, without] = ballotPath.exec(path) ?? [];
  if (without) return 'sheet';
  return ballot ? 'vote' : waits ? 'waiting' : 'script';
}

/**
 * The files of the build, compressed beforehand (scripts/build.mjs): Next's chunks, which are named by
 * their content, and `public/`.
 */
export function statics(dev: boolean) {
  const buildDir = process.env.NEXT_DIST_DIR ?? '.next';
  const light = join(buildDir, 'light.json');
  const named = existsSync(light)
    ? (JSON.parse(readFileSync(light, 'utf8')) as Record<LightScript, string>)
    : {
        script: '/light.js',
        keyring: '/light.js',
        vote: '/light.js',
        sheet: '/light.js',
        waiting: '/light.js',
        booth: '/light.js',
      };
  const frame = join('public', framePath);
  const page = existsSync(frame) ? readFileSync(frame, 'utf8') : '';
  const inFrame = (pattern: RegExp) => [...page.matchAll(pattern)].map(([, path]) => path!);
  const parts = inFrame(/"(\/clave\.\w+\.(?:js|css))"/g);
  const rooms = new Set(inFrame(/data-\w+="(\/clave\.\w+\.js)"/g));
  const own = sirv('public', {
    dev,
    brotli: !dev,
    gzip: !dev,
    etag: true,
    setHeaders: (res, path) => {
      res.setHeader(
        'Cache-Control',
        /\/(light|clave)\.\w+\.(js|css)$/.test(path) ? year : 'public, max-age=0, must-revalidate',
      );
      res.setHeader(
        'Content-Security-Policy',
        path === '/sw.js' ? "default-src 'none'; connect-src 'self'" : emptyPolicy,
      );
      // The frame is of no origin, so its own parts come to it as if from another site.
      if (parts.includes(path)) res.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
      if (rooms.has(path)) {
        res.setHeader('Access-Control-Allow-Origin', '*');
        // In no browser's store: that it lay there would tell that somebody opened a room on this phone.
        res.setHeader('Cache-Control', 'no-store');
      }
      if (path !== framePath) return;
      res.removeHeader('X-Frame-Options');
      res.setHeader('Cache-Control', 'no-store');
      res.setHeader('Content-Security-Policy', framePolicy(originOf(res.req), parts));
    },
  });
  const chunks = dev
    ? null
    : sirv(join(buildDir, 'static'), {
        brotli: true,
        gzip: true,
        etag: true,
        setHeaders: (res) => res.setHeader('Cache-Control', year),
      });
  const prefix = '/_next/static';
  return {
    script: (path: string, waits: boolean) => named[scriptOf(path, waits)],
    serve(req: IncomingMessage, res: ServerResponse, next: () => void) {
      if (req.method === 'POST') return next();
      if (chunks && req.url?.startsWith(`${prefix}/`)) {
        const whole = req.url;
        req.url = whole.slice(prefix.length);
        return chunks(req, res, () => {
          req.url = whole;
          next();
        });
      }
      own(req, res, next);
    },
  };
}
