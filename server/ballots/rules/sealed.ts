import type { Choice } from '../rules';

// How a ballot lies sealed on a phone (docs/decisions/111). The phone's script reads this file as well: nothing that
// only a server has.

/** As many answers as a sheet can have: every sheet is padded to it, so that its size tells nothing. */
export const mostAnswers = 500;
/** Four bytes that say nothing, and the answers: no moment, for the phone's clock is whoever's who holds it. */
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
 * The sheet as it is sealed: four zeros, one byte for each answer in the order of the questions (1, 2, 3: the places
 * of `choices`), zeros to the end.
 */
export function layOut(answers: readonly number[]): Uint8Array<ArrayBuffer> {
  const plain = new Uint8Array(plainLength);
  plain.set(answers, 4);
  return plain;
}

/** Reads it back; null for whatever `layOut` would not have written for so many questions. */
export function readOut(plain: Uint8Array, questions: number, choices: readonly Choice[]): Choice[] | null {
  if (plain.length !== plainLength || questions < 1 || questions > mostAnswers) return null;
  const answers = [...plain.subarray(4, 4 + questions)].map((mark) => choices[mark - 1]);
  if (!answers.every((answer) => answer !== undefined)) return null;
  if ([...plain.subarray(0, 4), ...plain.subarray(4 + questions)].some((byte) => byte !== 0)) return null;
  return answers;
}

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
