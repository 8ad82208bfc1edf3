const scripts = /<script\b[^>]*>[\s\S]*?<\/script>/g;
const preloads = /<link\b[^>]*\bas="script"[^>]*\/?>/g;
const nonces = / nonce="[^"]*"/g;
const comments = /<!--[\s\S]*?-->/g;

/**
 * A light page as it is sent: the server-rendered HTML without Next's scripts, their data and
 * React's marks, with our one script. User words cannot hold a tag here: React has escaped them.
 * @param script path of the light script, such as /light.<hash>.js
 */
export function lighten(html: string, script: string): string {
  const bare = html.replace(scripts, '').replace(preloads, '').replace(nonces, '').replace(comments, '');
  return bare.replace('</head>', `<script src="${script}" defer></script></head>`);
}

/**
 * A workbench page with our script beside Next's: there it sees to the quick exit and to signing out alone.
 * It carries the nonce that Next has stamped its own scripts with.
 */
export function withExit(html: string, script: string): string {
  const nonce = /<script[^>]* nonce="([^"]+)"/.exec(html)?.[1];
  if (!nonce) return html;
  return html.replace(
    '</head>',
    `<script src="${script}" defer data-leave nonce="${nonce}"></script></head>`,
  );
}

/** The page for what should not happen; it says nothing of the inside. */
export const brokenPage = (title: string, sentence: string, back: string) =>
  `<!DOCTYPE html><html lang="es"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Frente Unido</title></head><body><h1>${title}</h1><p>${sentence}</p><p><a href="/">${back}</a></p></body></html>`;
