import { type Reader, readAll } from '~/server/rooms/rules/bytes';
import { type Hex, readHex } from '~/server/rooms/rules/orders';

/** What the rooms keep in a keyring (app/_keyring/lock.ts): the `kind` of each entry. Numbers stand for good. */
export const entryKinds = {
  room: 1,
  founding: 2,
  joining: 3,
  tokens: 4,
  erasing: 5,
  days: 6,
  waiting: 7,
  laid: 9,
} as const;

const titleAtMost = 80;
/** What the woman calls it, which stands before everything else in each entry: to be read without the rooms' script. */
export const readTitle = (reader: Reader): string => reader.text(titleAtMost * 4);
function beginningOf<T>(bytes: Uint8Array, read: (reader: Reader) => T): T | null {
  try {
    return readAll(bytes, (reader) => {
      const beginning = read(reader);
      reader.rest();
      return beginning;
    });
  } catch {
    return null;
  }
}
export const titleOf = (bytes: Uint8Array): string => beginningOf(bytes, readTitle) ?? '';
/** Which room an entry of that kind is of, which stands behind its title. */
export const roomIdOf = (bytes: Uint8Array): Hex | null =>
  beginningOf(bytes, (reader) => {
    readTitle(reader);
    return readHex(reader, 16);
  });
/** The room that was drawn at a founding, which stands behind all that she brings to it (kept.ts). */
const drawnIdOf = (bytes: Uint8Array): Hex | null =>
  beginningOf(bytes, (reader) => {
    readTitle(reader);
    reader.list(8, () => reader.u8());
    reader.text(32);
    reader.fixed(3 * 32);
    return reader.isOver ? null : readHex(reader, 16);
  });
/** The room that an entry opens: in the sitting of its founding it still lies there as that. */
export const opens = ({ kind, bytes }: { kind: number; bytes: Uint8Array }): Hex | null =>
  kind === entryKinds.room ? roomIdOf(bytes) : kind === entryKinds.founding ? drawnIdOf(bytes) : null;
