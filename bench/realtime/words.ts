import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

// What the servers speak: y-websocket's frames, and Hocuspocus', which begin each message with the document's name.

export type Heard =
  | { kind: 'step1' }
  | { kind: 'step2' | 'update'; bytes: Uint8Array }
  /** The text as it lies in the database, up to this place. */
  | { kind: 'whole'; bytes: Uint8Array; place: number }
  /** How many updates of this socket the server has acknowledged: all of them so far, or some more. */
  | { kind: 'acked'; total: number }
  | { kind: 'acked more'; count: number }
  /** Everything up to this place of the log has been told; a client that comes back may say so. */
  | { kind: 'place'; place: number }
  | { kind: 'other' };

export type Speech = {
  path: (room: string) => string;
  /** What a client says first of all, before sync step 1. */
  hello: (room: string) => Uint8Array[];
  step1: (room: string, vector: Uint8Array) => Uint8Array;
  step2: (room: string, update: Uint8Array) => Uint8Array;
  update: (room: string, update: Uint8Array) => Uint8Array;
  presence: (room: string, said: Uint8Array) => Uint8Array;
  /** In place of sync step 1, to a server that has told a place. */
  resume: (place: number) => Uint8Array;
  /** The same of who has nothing yet, where a server has a word for it. */
  whole?: () => Uint8Array;
  read: (message: Uint8Array) => Heard;
};

const message = (room: string | null, numbers: number[], body?: Uint8Array) =>
  encoding.encode((encoder) => {
    if (room !== null) encoding.writeVarString(encoder, room);
    for (const number of numbers) encoding.writeVarUint(encoder, number);
    if (body) encoding.writeVarUint8Array(encoder, body);
  });

const kinds = ['step1', 'step2', 'update'] as const;

function readSync(decoder: decoding.Decoder): Heard {
  const kind = kinds[decoding.readVarUint(decoder)];
  if (kind === 'step1') return { kind };
  return kind ? { kind, bytes: decoding.readVarUint8Array(decoder) } : { kind: 'other' };
}

const speech = (named: boolean) => ({
  step1: (room: string, vector: Uint8Array) => message(named ? room : null, [0, 0], vector),
  step2: (room: string, update: Uint8Array) => message(named ? room : null, [0, 1], update),
  update: (room: string, update: Uint8Array) => message(named ? room : null, [0, 2], update),
  presence: (room: string, said: Uint8Array) => message(named ? room : null, [1], said),
  resume: (place: number) => message(null, [2, 19, place]),
});

/** y-websocket, with the acknowledgements of ours (docs/decisions/050). */
export const yWebsocket: Speech = {
  ...speech(false),
  path: (room) => `/yjs/${room}`,
  hello: () => [],
  whole: () => message(null, [2, 20]),
  read(bytes) {
    const decoder = decoding.createDecoder(bytes);
    const type = decoding.readVarUint(decoder);
    if (type === 0) return readSync(decoder);
    const ours = type === 2 ? decoding.readVarUint(decoder) : 0;
    if (ours === 16) return { kind: 'acked', total: decoding.readVarUint(decoder) };
    if (ours === 20) {
      const place = decoding.readVarUint(decoder);
      return { kind: 'whole', place, bytes: decoding.readVarUint8Array(decoder) };
    }
    if (ours === 19) return { kind: 'place', place: decoding.readVarUint(decoder) };
    return { kind: 'other' };
  },
};

export const hocuspocus: Speech = {
  ...speech(true),
  path: () => '/',
  hello: (room) => [
    encoding.encode((encoder) => {
      encoding.writeVarString(encoder, room);
      for (const number of [2, 0]) encoding.writeVarUint(encoder, number);
      encoding.writeVarString(encoder, '');
    }),
  ],
  read(bytes) {
    const decoder = decoding.createDecoder(bytes);
    decoding.readVarUint8Array(decoder);
    const type = decoding.readVarUint(decoder);
    if (type === 0 || type === 4) return readSync(decoder);
    if (type === 8) return { kind: 'acked more', count: decoding.readVarUint(decoder) };
    return { kind: 'other' };
  },
};
