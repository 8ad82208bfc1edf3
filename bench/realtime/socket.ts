import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

// A WebSocket client that does as little as one can: what is measured is the server. Frames are made beforehand,
// nothing is decompressed, and every byte on the wire is counted.

/** A whole masked frame, as a browser would send it. */
export function frameOf(payload: Uint8Array, opcode = 2): Buffer {
  const { length } = payload;
  const wide = length < 126 ? 0 : length < 65_536 ? 2 : 8;
  const frame = Buffer.allocUnsafe(6 + wide + length);
  frame[0] = 0x80 | opcode;
  frame[1] = 0x80 | (wide === 0 ? length : wide === 2 ? 126 : 127);
  if (wide === 2) frame.writeUInt16BE(length, 2);
  if (wide === 8) frame.writeBigUInt64BE(BigInt(length), 2);
  const mask = randomBytes(4);
  mask.copy(frame, 2 + wide);
  for (let i = 0; i < length; i++) frame[6 + wide + i] = payload[i]! ^ mask[i & 3]!;
  return frame;
}

type Frame = { opcode: number; payload: Buffer; end: number };

/** The first frame of what came in, or null when it is not there whole. Servers do not mask. */
function firstFrame(data: Buffer, from: number): Frame | null {
  if (data.length < from + 2) return null;
  const short = data[from + 1]! & 127;
  const head = short < 126 ? 2 : short === 126 ? 4 : 10;
  if (data.length < from + head) return null;
  const length =
    short < 126
      ? short
      : short === 126
        ? data.readUInt16BE(from + 2)
        : Number(data.readBigUInt64BE(from + 2));
  const end = from + head + length;
  if (data.length < end) return null;
  return { opcode: data[from]! & 15, payload: data.subarray(from + head, end), end };
}

export type Wire = {
  write(frame: Uint8Array): void;
  /** Bytes since the handshake. */
  sent: number;
  received: number;
  end(): Promise<void>;
};

const noMore = frameOf(Buffer.from([0x03, 0xe8]), 8);

/**
 * Opens a WebSocket; `hear` gets every message.
 * @throws Error when the server does not take it.
 */
export function openWire(
  port: number,
  path: string,
  headers: Record<string, string>,
  hear: (payload: Buffer, wire: Wire) => void,
): Promise<Wire> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect(port, '127.0.0.1');
    let rest: Buffer = Buffer.alloc(0);
    let open = false;
    let ended = false;
    const gone = new Promise<void>((done) => socket.on('close', () => done()));
    const wire: Wire = {
      sent: 0,
      received: 0,
      write(frame) {
        wire.sent += frame.length;
        socket.write(frame);
      },
      async end() {
        ended = true;
        socket.write(noMore);
        const late = setTimeout(() => socket.destroy(), 2000);
        await gone;
        clearTimeout(late);
      },
    };
    socket.setNoDelay(true);
    socket.on('connect', () => {
      const all = {
        Host: `127.0.0.1:${port}`,
        Connection: 'Upgrade',
        Upgrade: 'websocket',
        'Sec-WebSocket-Version': '13',
        'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
        ...headers,
      };
      const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
      socket.write(`GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`);
    });
    socket.on('error', (error) => (open ? undefined : reject(error)));
    socket.on('close', () => {
      if (!open) reject(new Error('the server took no socket'));
      else if (!ended) throw new Error('the server ended a socket that the bench still needs');
    });
    socket.on('data', (chunk: Buffer) => {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      if (!open) {
        const end = rest.indexOf('\r\n\r\n');
        if (end < 0) return;
        if (!rest.subarray(0, end).toString().startsWith('HTTP/1.1 101')) {
          socket.destroy();
          return;
        }
        rest = rest.subarray(end + 4);
        open = true;
        resolve(wire);
        wire.received += rest.length;
      } else wire.received += chunk.length;
      take();
    });
    function take(): void {
      let at = 0;
      for (let frame = firstFrame(rest, at); frame; frame = firstFrame(rest, at)) {
        at = frame.end;
        if (frame.opcode === 2) hear(frame.payload, wire);
        else if (frame.opcode === 9) socket.write(frameOf(frame.payload, 10));
        else if (frame.opcode === 8) {
          if (!ended) {
            const code = frame.payload.length >= 2 ? frame.payload.readUInt16BE(0) : 0;
            throw new Error(`the server closed a socket that the bench still needs, with ${code}`);
          }
          socket.end();
        }
      }
      rest = rest.subarray(at);
    }
  });
}
