import { hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { readAll, Writer } from '~/server/rooms/rules/bytes';
import {
  type Hex,
  readHex,
  readKeys,
  readSignatures,
  writeKeys,
  writeSignatures,
} from '~/server/rooms/rules/orders';
import { answerLength, inviteLength, knockLength, sealOverhead } from '~/server/rooms/rules/sizes';
import { type Knock, knockMessage } from './events';
import { codeKeys, type MemberKeys, newCode, pad, publicOf, seal, signWith, unpad, unseal } from './keys';
import { type Newcomer, readNewcomer, writeNewcomer } from './state';

/** What the eight words open: where to knock, and whose signatures to believe. Nothing of what is said inside. */
export type Invitation = { room: Hex; stewards: Hex[] };

const aad = { invite: utf8ToBytes('invite'), knock: utf8ToBytes('knock'), answer: utf8ToBytes('answer') };

/** A new invite: words to be said in person, the place they lead to, what lies there, and what the roster keeps of it. */
export function newInvite({ room, stewards }: Invitation) {
  const words = newCode();
  const { id, key } = codeKeys(words);
  const writer = new Writer().fixed(hexToBytes(room), 16);
  writeKeys(writer, stewards);
  return { words, id, key, sealed: seal(key, aad.invite, pad(writer.done(), [inviteLength - sealOverhead])) };
}
/** @throws Malformed where the words lead nowhere */
export const openInvite = (key: Uint8Array, sealed: Uint8Array): Invitation =>
  readAll(unpad(unseal(key, aad.invite, sealed)), (reader) => ({
    room: readHex(reader, 16),
    stewards: readKeys(reader, 16),
  }));

/** She says with which keys she would come in, and by what name. */
export function sealKnock(key: Uint8Array, room: Hex, id: Hex, name: string, mine: MemberKeys): Uint8Array {
  const newcomer: Newcomer = { ...publicOf(mine), name };
  const writer = new Writer();
  writeNewcomer(writer, newcomer);
  writeSignatures(writer, [signWith(mine, knockMessage(room, id, newcomer))]);
  return seal(key, aad.knock, pad(writer.done(), [knockLength - sealOverhead]));
}
/** @throws Malformed for what is no knock */
export const openKnock = (key: Uint8Array, id: Hex, sealed: Uint8Array): Knock =>
  readAll(unpad(unseal(key, aad.knock, sealed)), (reader) => {
    const newcomer = readNewcomer(reader);
    const [proof] = readSignatures(reader, 1);
    return { ...newcomer, id, proof: proof ?? { by: newcomer.sign, bytes: new Uint8Array(64) } };
  });

/** The note that lets her in, under the invite’s key: the same bytes stand nowhere else. */
export const sealAnswer = (key: Uint8Array, note: Uint8Array): Uint8Array => seal(key, aad.answer, note);
export const openAnswer = (key: Uint8Array, sealed: Uint8Array): Uint8Array =>
  unseal(key, aad.answer, sealed);

/** The three parts of what lies at an invite’s place. */
export function partsOf(place: Uint8Array) {
  const knockAt = inviteLength;
  const answerAt = knockAt + knockLength;
  return {
    sealed: place.slice(0, knockAt),
    knock: place.slice(knockAt, answerAt),
    answer: place.slice(answerAt, answerAt + answerLength),
  };
}
