import { z } from 'zod';

// Marks that turn the direction of a line around, and control characters: they can make a text read
// as what it is not. Joiners stay, since emoji and some scripts need them.
const tricks = /(?![\n\t])\p{Cc}|[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/gu;

/** Words as they may be kept: NFC, \n at line ends, no control marks; also for texts that came by socket. */
export const clean = (value: string) =>
  value.replace(/\r\n?/g, '\n').replace(tricks, '').normalize('NFC').trim();
const length = (value: string) => [...value].length;

function words(min: number, max: number, shape: (value: string) => string) {
  return z
    .string()
    .max(200_000)
    .transform(shape)
    .superRefine((value, ctx) => {
      const n = length(value);
      if (n < min)
        ctx.addIssue({ code: 'too_small', minimum: min, origin: 'string', inclusive: true, input: value });
      if (n > max)
        ctx.addIssue({ code: 'too_big', maximum: max, origin: 'string', inclusive: true, input: value });
    });
}

/** One line of words, between min and max characters (code points) after trimming; NFC, without control marks. */
export const line = (min: number, max: number) =>
  words(min, max, (value) => clean(value).replace(/\s+/g, ' '));

/** Several lines of words; line ends become \n. */
export const paragraph = (min: number, max: number) => words(min, max, clean);

/** A text that grows at both ends: as `paragraph`, but blanks at its ends stay, since others may be writing there. */
export const prose = (max: number) =>
  words(0, max, (value) => value.replace(/\r\n?/g, '\n').replace(tricks, '').normalize('NFC'));

export const uuid = () => z.uuid();
/** A list from a form (one or many values of one name) or from the API. */
export const list = <T extends z.ZodType>(item: T, min: number, max: number) =>
  z.preprocess(
    (value) => (value === undefined || value === '' ? [] : Array.isArray(value) ? value : [value]),
    z.array(item).min(min).max(max),
  );
/** A checkbox of a form, or a boolean of the API. */
export const flag = () =>
  z.preprocess((value) => value === true || value === 'on' || value === 'true', z.boolean());
/** A day, YYYY-MM-DD, that exists. */
export const day = () => z.iso.date();
/** An optional choice of a form: the empty string is «none». */
export const optional = <T extends z.ZodType>(item: T) =>
  z.preprocess((value) => (value === '' || value === null ? undefined : value), item.optional());
/** Page of a list, from 1. */
export const page = () => z.coerce.number().int().min(1).max(100_000).catch(1);
export const nothing = z.object({}).default({});
