import type { Change } from './changes';
import { owner } from './page';

// Brings kept changes of a text to the forum without its editor: the frames are few (docs/decisions/050).
const [sync, change, auth, saved, right] = [0, 2, 2, 16, 18];
const patience = 20_000;

export type Delivery = 'sent' | 'refused' | 'later' | 'enter';

/** A number as these frames write it, seven bits in a byte. */
function number(value: number): number[] {
  const bytes: number[] = [];
  let left = value;
  for (; left > 127; left = Math.floor(left / 128)) bytes.push((left % 128) | 128);
  return [...bytes, left];
}

function reader(bytes: Uint8Array) {
  let at = 0;
  const read = (): number => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = bytes[at++]!;
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  };
  return { read, rest: () => new TextDecoder().decode(bytes.slice(at)) };
}

/** Sends one text's changes in their order; `sent` only when the forum has written down every one of them. */
export function deliver(room: string, changes: readonly Change[]): Promise<Delivery> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/yjs/${room}`);
    socket.binaryType = 'arraybuffer';
    const end = (how: Delivery) => {
      clearTimeout(late);
      socket.onclose = null;
      socket.close();
      resolve(how);
    };
    const late = setTimeout(() => end('later'), patience);
    // 4403: she may no longer open it; 4400 and 4413: the forum cannot take it as it is.
    socket.onclose = ({ code }) => end(code >= 4400 && code < 4500 ? 'refused' : 'later');
    socket.onmessage = ({ data }) => {
      const { read, rest } = reader(new Uint8Array(data as ArrayBuffer));
      if (read() !== auth) return;
      const kind = read();
      if (kind === saved && read() >= changes.length) end('sent');
      if (kind !== right) return;
      const writer = read() === 1;
      read();
      // Somebody else has signed in on this phone since this page was opened.
      if (rest() !== owner) return end('enter');
      if (!writer) return end('refused');
      for (const { update } of changes)
        socket.send(new Uint8Array([sync, change, ...number(update.length), ...update]));
    };
  });
}
