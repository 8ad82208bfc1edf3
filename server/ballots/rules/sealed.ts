import type { Choice } from '../rules';

// How a ballot lies sealed on a phone (docs/decisions/111). The phone's script reads this file as well: nothing that
// only a server has.

/** As many answers as a sheet can have: every sheet is padded to it, so that its size tells nothing. */
export const mostAnswers = 500;
const plainLength = 4 + mostAnswers;
/** An uncompressed point of P-256. */
export const pointLength = 65;
export const sealedLength = pointLength + plainLength + 16;
export const ticketLength = 12 + 6 + 16;
/** Key and nonce, which come out of one derivation: the point is fresh for each sealing, so no nonce is used twice. */
export const derivedBits = (32 + 12) * 8;

export type Bound = { ballot: string; manifest: string; sheet: string; ticket: string };
/** What a sealed sheet is bound to: it opens for this ballot, text, number and ticket, and for no other. */
export const boundTo = ({ ballot, manifest, sheet, ticket }: Bound): string =>
  ['frente-unido/sheet/1', ballot, manifest, sheet, ticket].join('|');

/**
 * The sheet as it is sealed: seconds since the ticket was given, one byte for each answer in the order of the
 * questions (1, 2, 3: the places of `choices`), zeros to the end.
 */
export function layOut(answers: readonly number[], seconds: number): Uint8Array<ArrayBuffer> {
  const plain = new Uint8Array(plainLength);
  new DataView(plain.buffer).setUint32(0, Math.min(Math.max(Math.floor(seconds), 0), 0xffffffff));
  plain.set(answers, 4);
  return plain;
}

/** Reads it back; null for whatever `layOut` would not have written for so many questions. */
export function readOut(
  plain: Uint8Array,
  questions: number,
  choices: readonly Choice[],
): { answers: Choice[]; seconds: number } | null {
  if (plain.length !== plainLength || questions < 1 || questions > mostAnswers) return null;
  const seconds = new DataView(plain.buffer, plain.byteOffset, plain.length).getUint32(0);
  const answers = [...plain.subarray(4, 4 + questions)].map((mark) => choices[mark - 1]);
  if (!answers.every((answer) => answer !== undefined)) return null;
  if (plain.subarray(4 + questions).some((byte) => byte !== 0)) return null;
  return { answers, seconds };
}

/** When a waiting sheet was made, as far as can be known: never before its ticket, never after its arrival. */
export const madeAt = (given: Date, seconds: number, arrived: Date): number =>
  Math.max(given.getTime(), Math.min(given.getTime() + seconds * 1000, arrived.getTime()));

/**
 * Which texts travel with the page that is filled in without a network: in the order of the questions, as long as
 * they leave it light. What does not fit is a link to where it is frozen.
 */
export function textsThatFit(texts: readonly string[], letters = 24_000): boolean[] {
  let left = letters;
  return texts.map((text) => {
    left -= text.length;
    return left >= 0;
  });
}
