import { type Reader, readAll } from '~/server/rooms/rules/bytes';

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
export const titleOf = (bytes: Uint8Array): string => {
  try {
    return readAll(bytes, (reader) => {
      const title = readTitle(reader);
      reader.rest();
      return title;
    });
  } catch {
    return '';
  }
};
