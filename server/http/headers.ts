import type { ServerResponse } from 'node:http';

const everywhere: Record<string, string> = {
  'X-Content-Type-Options': 'nosniff',
  // Other sites learn nothing. With `no-referrer` a browser would say «Origin: null» of our own forms,
  // and they could not be told from another site's.
  'Referrer-Policy': 'same-origin',
  'X-Frame-Options': 'DENY',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy':
    'accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()',
};

const common = [
  "default-src 'none'",
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "manifest-src 'self'",
  "worker-src 'self'",
];

/** The frame that knows a person's words (docs/decisions/108): its page, and its parts by the path they begin with. */
export const framePath = '/clave.html';

/**
 * Opaque, with no storage and no cookies: all it has is its own script and style, the page's one line, and the rooms'
 * blind door.
 */
export const framePolicy = (origin: string, parts: readonly string[]) => {
  const named = (end: string) => parts.filter((one) => one.endsWith(end)).map((one) => `${origin}${one}`);
  return [
    'sandbox allow-scripts',
    "default-src 'none'",
    `script-src ${named('.js').join(' ')}`,
    `style-src ${named('.css').join(' ')}`,
    `connect-src ${origin}/api/box ${origin.replace(/^http/, 'ws')}/box`,
    `frame-ancestors ${origin}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
};

/** A light page runs one script of ours, admitted by its path; Next's do not load at all. */
export const lightPolicy = (origin: string, script: string) =>
  [...common, `script-src ${origin}${script}`, "connect-src 'self'", `frame-src ${origin}${framePath}`].join(
    '; ',
  );

/** A workbench page runs Next's scripts, which carry the nonce, and talks to our socket. */
export const workbenchPolicy = (nonce: string, socket: string) =>
  [...common, `script-src 'nonce-${nonce}' 'strict-dynamic'`, `connect-src 'self' ${socket}`].join('; ');

/** What is not a page needs nothing. */
export const emptyPolicy = "default-src 'none'; frame-ancestors 'none'";

export function setSecurityHeaders(res: ServerResponse, tls: boolean): void {
  for (const [name, value] of Object.entries(everywhere)) res.setHeader(name, value);
  if (tls) res.setHeader('Strict-Transport-Security', 'max-age=31536000; includeSubDomains');
}
