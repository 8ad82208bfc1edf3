import { Malformed, type Reader, Writer } from '~/server/rooms/rules/bytes';
import { secondsAtMost } from './opus';
import { type Label, readLabel, writeLabel } from './parcel';

/** Of what is said in talk, 16–31 are media; they stand for good. */
export const mediaTypes = { voice: 16, picture: 17 } as const;

/** What a message says of a voice: how long it is, and where it lies. */
export type VoiceNote = { seconds: number; label: Label };
/** What a message says of a picture: what is to be seen on it, in its sender's words, and where it lies. */
export type PictureNote = { alt: string; label: Label };

/** Of bytes, as all texts here are measured. */
export const altAtMost = 400;

export const writeVoiceNote = ({ seconds, label }: VoiceNote): Uint8Array =>
  writeLabel(new Writer().u8(seconds), label).done();
/** @throws Malformed */
export function readVoiceNote(reader: Reader): VoiceNote {
  const seconds = reader.u8();
  if (seconds < 1 || seconds > secondsAtMost) throw new Malformed();
  return { seconds, label: readLabel(reader) };
}

export const writePictureNote = ({ alt, label }: PictureNote): Uint8Array =>
  writeLabel(new Writer().text(alt), label).done();
/** @throws Malformed */
export const readPictureNote = (reader: Reader): PictureNote => ({
  alt: reader.text(altAtMost),
  label: readLabel(reader),
});

/** For people, in thousands of bytes; a prepaid phone pays for them. */
export const kilobytes = ({ size }: Pick<Label, 'size'>): number => Math.max(1, Math.ceil(size / 1000));
