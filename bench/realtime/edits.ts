import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

// Yjs's client ids are any 32 bits; these say which writer of the bench it is.
const firstClient = 2 ** 31;

/**
 * The update with which writer `writer` adds `letters` to the end of what she has written herself; `clock` letters of
 * hers are there. The same bytes as Yjs makes (tests/bench/edits.test.ts).
 */
export function editOf(writer: number, clock: number, letters = 'a'): Uint8Array {
  const client = firstClient + writer;
  return encoding.encode((encoder) => {
    for (const number of [1, 1, client, clock]) encoding.writeVarUint(encoder, number);
    encoding.writeUint8(encoder, clock === 0 ? 4 : 4 | 0x80);
    if (clock === 0) {
      encoding.writeVarUint(encoder, 1);
      encoding.writeVarString(encoder, 'text');
    } else {
      encoding.writeVarUint(encoder, client);
      encoding.writeVarUint(encoder, clock - 1);
    }
    encoding.writeVarString(encoder, letters);
    encoding.writeVarUint(encoder, 0);
  });
}

const skipId = (decoder: decoding.Decoder) => {
  decoding.readVarUint(decoder);
  decoding.readVarUint(decoder);
};

/** Reads which letters of which writers an update brings: also where a server has merged several of the above. */
export function readEdits(update: Uint8Array, tell: (writer: number, clock: number) => void): void {
  const decoder = decoding.createDecoder(update);
  for (let clients = decoding.readVarUint(decoder); clients > 0; clients--) {
    let structs = decoding.readVarUint(decoder);
    const writer = decoding.readVarUint(decoder) - firstClient;
    let clock = decoding.readVarUint(decoder);
    for (; structs > 0; structs--) {
      const info = decoding.readUint8(decoder);
      if ((info & 31) !== 4) throw new Error(`the bench writes letters only, and heard of ${info & 31}`);
      if (info & 0x80) skipId(decoder);
      if (info & 0x40) skipId(decoder);
      if ((info & 0xc0) === 0) {
        if (decoding.readVarUint(decoder) === 1) decoding.readVarString(decoder);
        else skipId(decoder);
      }
      const letters = decoding.readVarUint(decoder);
      decoder.pos += letters;
      for (const end = clock + letters; clock < end; clock++) tell(writer, clock);
    }
  }
}
