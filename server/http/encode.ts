import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, brotliCompressSync, constants, gzip, gzipSync } from 'node:zlib';
import type { Answer } from './kept';

const worthwhile = 512;
const compressible = /^(text\/|application\/(json|javascript|xml|manifest\+json)|image\/svg)/;

/** Tags a response by its bytes and answers 304 to who has them; only for what is the same for everyone. */
export function tag(req: IncomingMessage, res: ServerResponse, body: Buffer): boolean {
  const etag = `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
  res.setHeader('ETag', etag);
  const known = String(req.headers['if-none-match'] ?? '').split(/,\s*/);
  if (res.statusCode !== 200 || !known.includes(etag)) return false;
  res.statusCode = 304;
  res.removeHeader('Content-Type');
  return true;
}

// A long answer is compressed beside the event loop, since everybody else would wait for it meanwhile.
const long = 48 * 1024;
const brotli = (body: Buffer) => ({
  params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: body.length },
});
const encodings = {
  br: (body: Buffer) =>
    body.length < long
      ? brotliCompressSync(body, brotli(body))
      : promisify(brotliCompress)(body, brotli(body)),
  gzip: (body: Buffer) =>
    body.length < long ? gzipSync(body, { level: 6 }) : promisify(gzip)(body, { level: 6 }),
};
type Encoding = keyof typeof encodings;

/**
 * Brotli where the phone takes it, else gzip. A secret that shares a page with words from outside is masked anew
 * each time (server/session.ts, phoneKey).
 * @param encoded what this same body came to before, to be looked up and added to.
 */
export function compress(
  req: IncomingMessage,
  res: ServerResponse,
  body: Buffer,
  encoded: Answer['encoded'] = new Map(),
): Buffer | Promise<Buffer> {
  const type = String(res.getHeader('Content-Type') ?? '');
  if (body.length < worthwhile || !compressible.test(type) || res.hasHeader('Content-Encoding')) return body;
  res.setHeader('Vary', 'Accept-Encoding, Cookie');
  const accepted = String(req.headers['accept-encoding'] ?? '');
  const encoding: Encoding | null = /\bbr\b/.test(accepted)
    ? 'br'
    : /\bgzip\b/.test(accepted)
      ? 'gzip'
      : null;
  if (!encoding) return body;
  res.setHeader('Content-Encoding', encoding);
  const sent = encoded.get(encoding) ?? encodings[encoding](body);
  encoded.set(encoding, sent);
  return sent;
}
