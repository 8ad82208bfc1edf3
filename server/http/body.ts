import type { IncomingMessage } from 'node:http';

const ordinary = 256 * 1024;
const padron = 3 * 1024 * 1024;

/** How many bytes a post to this path may have. */
export const bodyLimit = (path: string) =>
  path.endsWith('/importar') || path.includes('/associations.upload') ? padron : ordinary;

/**
 * Holds a post to its limit, by its declared length at once and by what really comes while it is read.
 * @returns false when it is declared too large; a body that grows beyond its word is cut off.
 */
export function limitBody(req: IncomingMessage, path: string): boolean {
  const most = bodyLimit(path);
  if (Number(req.headers['content-length'] ?? 0) > most) return false;
  let seen = 0;
  const emit = req.emit.bind(req);
  // Counted in passing: a listener for 'data' would set the stream flowing before Next reads it.
  req.emit = ((event: string, ...args: unknown[]) => {
    if (event === 'data') {
      seen += (args[0] as Buffer).length;
      if (seen > most) {
        req.destroy();
        return false;
      }
    }
    return emit(event, ...args);
  }) as typeof req.emit;
  return true;
}
