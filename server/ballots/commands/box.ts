import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { trackerWords } from '~/db/reference/tracker-words';
import { type Choice, choices } from '../rules';

const mac = (key: Uint8Array, ...parts: string[]) =>
  createHmac('sha256', key).update(parts.join('|')).digest();

/** Under which a person's paper lies in the box: the same for every cast of hers, and meaningless without the key. */
export const paperHandle = (
  key: Uint8Array,
  paper: { ballotId: string; personId: string; questionId: string; dimension: string },
): Buffer => mac(key, 'paper', paper.ballotId, paper.personId, paper.questionId, paper.dimension);

/** Under which one paper of a counted urn lies in the box until it is rewritten: of nobody in particular. */
export const urnHandle = (
  key: Uint8Array,
  paper: { ballotId: string; urn: string; questionId: string; dimension: string; i: number },
): Buffer => mac(key, 'urn', paper.ballotId, paper.urn, paper.questionId, paper.dimension, String(paper.i));

/** What a paper says, and in the place of which group it is counted; of everybody's papers there is one place. */
export type Mark = { choice: Choice; place: number };

/**
 * A mark as it lies in the box: AES-256-GCM, bound to its handle; nonce (12), eight bytes, tag (16). The group is sealed
 * as well: a paper that showed it would, beside the others of the same moment, name a person.
 * @param made when the sheet was cast, or its ticket given, in milliseconds: what a phone brings late does not undo what she cast since
 *   (docs/decisions/111). Sealed like the rest, and gone with the rewriting.
 */
export function sealMark(key: Uint8Array, handle: Uint8Array, { choice, place }: Mark, made = 0): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', mac(key, 'choice'), nonce).setAAD(handle);
  const plain = Buffer.of(choices.indexOf(choice), place, 0, 0, 0, 0, 0, 0);
  plain.writeUIntBE(made, 2, 6);
  const sealed = cipher.update(plain);
  cipher.final();
  return Buffer.concat([nonce, sealed, cipher.getAuthTag()]);
}

/** The bytes of a sealed paper; null where it was not sealed with this key for this handle. */
function openPaper(key: Uint8Array, handle: Uint8Array, sealed: Uint8Array): Buffer | null {
  const end = sealed.length - 16;
  // Papers of ballots that were opened before sheets could come late, or before groups were counted, are shorter.
  if (end !== 13 && end !== 14 && end !== 20) return null;
  try {
    const cipher = createDecipheriv('aes-256-gcm', mac(key, 'choice'), sealed.subarray(0, 12))
      .setAAD(handle)
      .setAuthTag(sealed.subarray(end));
    const plain = cipher.update(sealed.subarray(12, end));
    cipher.final();
    return plain;
  } catch {
    return null;
  }
}

/** The mark of a sealed paper; null where it was not sealed with this key for this handle. */
export function openMark(key: Uint8Array, handle: Uint8Array, sealed: Uint8Array): Mark | null {
  const plain = openPaper(key, handle, sealed);
  const choice = plain && choices[plain[0]!];
  return choice ? { choice, place: plain[1] ?? 0 } : null;
}

/** When the sheet of a sealed paper was cast, or its ticket given, in milliseconds; 0 where it does not say. */
export function madeOf(key: Uint8Array, handle: Uint8Array, sealed: Uint8Array): number {
  const plain = openPaper(key, handle, sealed);
  return plain && plain.length >= 8 ? plain.readUIntBE(2, 6) : 0;
}

/** Under which the receipt of one sheet is kept; the same sheet sent again has the same. */
export const receiptHandle = (
  key: Uint8Array,
  receipt: { ballotId: string; personId: string; sheet: string },
): Buffer => mac(key, 'receipt', receipt.ballotId, receipt.personId, receipt.sheet);

/** The tracker of a receipt: five words, 40 bits, derived from its handle. */
export const trackerOf = (key: Uint8Array, handle: Uint8Array): string =>
  [...mac(key, 'tracker', Buffer.from(handle).toString('hex')).subarray(0, 5)]
    .map((byte) => trackerWords[byte]!)
    .join(' ');
