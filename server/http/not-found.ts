import { IncomingMessage, ServerResponse } from 'node:http';
import { buffered } from './buffered';

type Handler = (req: IncomingMessage, res: ServerResponse) => void | Promise<void>;

/** A path that no route has, in no language. */
const nowhere = '/_nowhere';

/**
 * Whether Next left the page for what is not found to its scripts: a page that says `notFound()` is answered
 * with an empty document, which a light page, or a phone without scripts, would show as it is.
 */
export const leftToScripts = (status: number, html: Buffer): boolean =>
  status === 404 && html.includes('<html id="__next_error__"');

/** The page for what is not found, for the same reader: the answer to an address that does not exist. */
export function renderNotFound(next: Handler, req: IncomingMessage): Promise<Buffer> {
  const asked = new IncomingMessage(req.socket);
  asked.method = 'GET';
  asked.url = nowhere;
  const {
    'content-type': _type,
    'content-length': _length,
    'next-action': _action,
    ...headers
  } = req.headers;
  asked.headers = headers;
  asked.push(null);
  const answer = new ServerResponse(asked);
  return new Promise((resolve, reject) => {
    buffered(answer, (page) => {
      resolve(page);
      // It has no socket that could say so: whoever waits for the end of the answer is let go.
      process.nextTick(() => {
        answer.emit('finish');
        answer.emit('close');
      });
      return page;
    });
    Promise.resolve(next(asked, answer)).catch(reject);
  });
}
