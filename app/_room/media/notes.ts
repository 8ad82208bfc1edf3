import { Malformed, type Reader, readAll, Writer } from '~/server/rooms/rules/bytes';
import { secondsAtMost } from './opus';
import { eraseLinesOf, type Label, readLabel, writeLabel } from './parcel';

/** Of what is said in talk, 16–31 are media; they stand for good. */
export const mediaTypes = { voice: 16, picture: 17 } as const;

/** What a message says of a voice: how long it is, and where it lies. */
export type VoiceNote = { day: number; seconds: number; label: Label };
/** What a message says of a picture: what is to be seen on it, in its sender's words, and where it lies. */
export type PictureNote = { day: number; alt: string; label: Label };

/** Of bytes, as all texts here are measured. */
export const altAtMost = 400;

export const writeVoiceNote = ({ day, seconds, label }: VoiceNote): Uint8Array =>
  writeLabel(new Writer().u32(day).u8(seconds), label).done();
/** @throws Malformed */
export function readVoiceNote(reader: Reader): VoiceNote {
  const [day, seconds] = [reader.u32(), reader.u8()];
  if (seconds < 1 || seconds > secondsAtMost) throw new Malformed();
  return { day, seconds, label: readLabel(reader) };
}

export const writePictureNote = ({ day, alt, label }: PictureNote): Uint8Array =>
  writeLabel(new Writer().u32(day).text(alt), label).done();
/** @throws Malformed */
export const readPictureNote = (reader: Reader): PictureNote => ({
  day: reader.u32(),
  alt: reader.text(altAtMost),
  label: readLabel(reader),
});

/** For people, in thousands of bytes; a prepaid phone pays for them. */
export const kilobytes = ({ size }: Pick<Label, 'size'>): number => Math.max(1, Math.ceil(size / 1000));

/** A frame as it is erased: the sitting in which it was said, and its number there. */
type Line = { session: Uint8Array; counter: number };
/** Everything that goes with what was said when its author has it erased: the message first, then what lies apart. */
export function eraseLinesOfSaid({ session, counter, body }: Line & { body: Uint8Array }): Line[] {
  const label = labelOf(body);
  return [{ session, counter }, ...(label ? eraseLinesOf(label) : [])];
}

/** What lies apart of something that was said in talk; null where nothing does. */
export function labelOf(body: Uint8Array): Label | null {
  const read = { [mediaTypes.voice]: readVoiceNote, [mediaTypes.picture]: readPictureNote }[body[0] ?? 0];
  if (!read) return null;
  try {
    return readAll<VoiceNote | PictureNote>(body.subarray(1), read).label;
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return null;
  }
}
