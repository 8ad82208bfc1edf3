import type { IncomingMessage } from 'node:http';

const ordinary = 256 * 1024;
const withFile = 3 * 1024 * 1024;
const takesFile = /\/importar$|^\/borradores\/nuevo$|\/associations\.upload/;

/** How many bytes a post to this path may have. */
export const bodyLimit = (path: string) => (takesFile.test(path) ? withFile : ordinary);

const boundary = /^multipart\/form-data\b.*\bboundary="?([^";,]{1,70})/i;

/**
 * Watches a form being read. @returns whether it came to its end: one cut off in the middle, as by a lost signal,
 * makes Next fail as if the forum were at fault.
 */
export function watchForm(req: IncomingMessage): () => boolean {
  const mark = boundary.exec(req.headers['content-type'] ?? '')?.[1];
  if (!mark) return () => true;
  const end = `--${mark}--`;
  let tail = '';
  const emit = req.emit.bind(req);
  req.emit = ((event: string, ...args: unknown[]) => {
    if (event === 'data') tail = (tail + (args[0] as Buffer).toString('latin1')).slice(-end.length - 4);
    return emit(event, ...args);
  }) as typeof req.emit;
  return () => tail.includes(end);
}

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
