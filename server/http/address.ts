import type { IncomingMessage } from 'node:http';
import { runtime } from '../runtime';

/** Where a request comes from; as many proxies are believed as were configured, counted from our side. */
export function addressOf(req: IncomingMessage): string {
  const trusted = runtime().config.trustedProxies;
  const own = req.socket.remoteAddress ?? 'unknown';
  if (trusted === 0) return own;
  const told = String(req.headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
  return told.at(-trusted) ?? own;
}

/** Scheme, host and port under which the forum is being visited. */
export function originOf(req: IncomingMessage): string {
  const { publicUrl } = runtime().config;
  if (publicUrl) return new URL(publicUrl).origin;
  const host = String(req.headers.host ?? '');
  // The header lands in a policy: only what can be a host and a port.
  return /^[a-z0-9.-]+(:\d{1,5})?$|^\[[0-9a-f:]+\](:\d{1,5})?$/i.test(host)
    ? `http://${host}`
    : 'http://invalid';
}

/** Whether a post or a socket comes from a page of another site. No Origin and no cookie: not from a page at all. */
export function foreignOrigin(req: IncomingMessage): boolean {
  const origin = req.headers.origin;
  if (origin === undefined) return req.headers.cookie !== undefined;
  return origin !== originOf(req);
}
