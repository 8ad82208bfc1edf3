import { Malformed } from '~/server/rooms/rules/bytes';
import { contentLengths } from '~/server/rooms/rules/sizes';

/** A text without what fills it up, which follows from the rest. */
export function shortened(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  return bytes.slice(0, end);
}
/** The same filled up again. @throws Malformed for what is longer than any text may be */
export function filledUp(bytes: Uint8Array): Uint8Array {
  const length = contentLengths.find((one) => bytes.length <= one);
  if (!length) throw new Malformed();
  const all = new Uint8Array(length);
  all.set(bytes);
  return all;
}
