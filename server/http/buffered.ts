import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';

const sizeAtMost = 16 * 1024 * 1024;

/**
 * Holds a response back until it is whole, so that it can be shaped, tagged and compressed as one.
 * @param shape is given the whole body; whatever it returns is sent. One that is too large to hold is none: 500.
 */
export function buffered(res: ServerResponse, shape: (body: Buffer) => Buffer | Promise<Buffer>): void {
  const chunks: Buffer[] = [];
  let size = 0;
  const send = res.end.bind(res);
  const keep = (chunk: unknown, encoding: unknown) => {
    if (chunk === undefined || chunk === null || typeof chunk === 'function') return;
    const bytes = Buffer.isBuffer(chunk)
      ? chunk
      : typeof chunk === 'string'
        ? Buffer.from(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8')
        : Buffer.from(chunk as Uint8Array);
    size += bytes.length;
    if (size <= sizeAtMost) chunks.push(bytes);
    else chunks.length = 0;
  };
  const called = (...args: unknown[]) => {
    const callback = args.find((arg) => typeof arg === 'function') as (() => void) | undefined;
    if (callback) process.nextTick(callback);
  };

  res.flushHeaders = () => {};
  res.writeHead = ((status: number, ...rest: unknown[]) => {
    res.statusCode = status;
    const headers = rest.find((arg) => typeof arg === 'object') as OutgoingHttpHeaders | undefined;
    for (const [name, value] of Object.entries(headers ?? {}))
      if (value !== undefined) res.setHeader(name, value);
    return res;
  }) as typeof res.writeHead;
  res.write = ((chunk: unknown, ...rest: unknown[]) => {
    keep(chunk, rest[0]);
    called(...rest);
    return true;
  }) as typeof res.write;
  res.end = ((chunk?: unknown, ...rest: unknown[]) => {
    keep(chunk, rest[0]);
    // From here on the real methods: what shape() sets is what is sent.
    delete (res as Partial<ServerResponse>).writeHead;
    delete (res as Partial<ServerResponse>).write;
    delete (res as Partial<ServerResponse>).flushHeaders;
    res.end = send;
    const deliver = (body: Buffer) => {
      res.removeHeader('Transfer-Encoding');
      const bodiless = res.req.method === 'HEAD' || res.statusCode === 304 || res.statusCode === 204;
      if (res.statusCode !== 304) res.setHeader('Content-Length', body.length);
      send(bodiless ? undefined : body);
      called(chunk, ...rest);
    };
    if (size > sizeAtMost) res.statusCode = 500;
    const shaped = shape(Buffer.concat(chunks));
    if (shaped instanceof Promise) shaped.then(deliver).catch(() => res.destroy());
    else deliver(shaped);
    return res;
  }) as typeof res.end;
}
