import { z } from 'zod';
import { flag, line, optional, page, paragraph, uuid } from '../input';
import { choices } from './rules';
import { templates } from './rules/charter';
import { wants } from './rules/claims';
import { methods } from './rules/room';
import { sealedLength, ticketLength } from './rules/sealed';

export const byId = z.object({ id: uuid() });
export const onePage = byId.extend({ page: page() });

const percent = (least: number) =>
  z.coerce
    .number('failures.ballots.percent')
    .int('failures.ballots.percent')
    .min(least, 'failures.ballots.percent')
    .max(100, 'failures.ballots.percent');

/** A moment; without a zone it is Lima's, as a form's field for date and time sends it. */
const moment = z
  .string()
  .regex(
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})?$/,
    'failures.ballots.moment',
  )
  .transform((value) => new Date(/(Z|[+-]\d{2}:\d{2})$/.test(value) ? value : `${value}-05:00`))
  .refine((value) => !Number.isNaN(value.getTime()), 'failures.ballots.moment');

export const prepare = z.object({
  key: uuid(),
  title: line(8, 120),
  versionId: uuid(),
  scope: z.enum(['articles', 'whole'], 'failures.field.choose'),
  /** A rule to pick, or the assembly's own two numbers, which count then alone. */
  template: z.enum([...templates, 'propia'], 'failures.field.choose').default('propia'),
  quorumPercent: percent(1).default(50),
  majorityPercent: percent(50).default(50),
  closesAt: moment,
  urgent: flag(),
  /** How it is held; in the room, with the numbers of who presides and of the two who count. */
  method: z.enum(methods, 'failures.field.choose').default('secret'),
  presides: optional(line(1, 30)),
  counterOne: optional(line(1, 30)),
  counterTwo: optional(line(1, 30)),
});

const count = () =>
  optional(
    z.coerce.number('failures.ballots.room_number').int('failures.ballots.room_number').min(0).max(100_000),
  );
/** What somebody counted in the room: hands, those who object, or each one's answer. */
export const countRoom = byId.extend({
  position: z.coerce.number().int().min(1),
  present: count(),
  yes: count(),
  no: count(),
  abstain: count(),
  objections: count(),
  answers: z
    .array(z.object({ person: uuid(), choice: z.enum([...choices, 'ausente']) }))
    .max(2000)
    .optional(),
});
/** `key`: of this objection; sent again, it is the same one. */
export const recordObjection = byId.extend({
  key: uuid(),
  position: z.coerce.number().int().min(1),
  words: paragraph(5, 600),
});

export const withdrawObjection = byId.extend({ objection: uuid() });
export const hideObjection = withdrawObjection.extend({ why: paragraph(10, 300) });

/** `article`: as it is frozen in the version that is to be voted. */
export const claim = byId.extend({
  article: uuid(),
  wants: z.enum(wants, 'failures.field.choose'),
});

export const again = z.object({
  key: uuid(),
  id: uuid(),
  title: line(8, 120),
  /** The later version whose returned articles are voted; a second call needs none. */
  versionId: optional(uuid()),
  closesAt: moment,
});
export const countMe = z.object({ agree: flag() });

export const cast = byId.extend({
  /** Chosen at random by the phone for this sheet: sent again, it is the same sheet. */
  sheet: uuid(),
  choices: z
    .array(z.object({ question: uuid(), choice: z.enum(choices) }))
    .min(1)
    .max(500),
});
const base64url = (bytes: number) =>
  z.string().regex(new RegExp(`^[\\w-]{${Math.ceil((bytes * 4) / 3)}}$`), 'failures.ballots.unreadable');
/** A sheet that waited on a phone, as it was sealed there (docs/decisions/111). */
export const castSealed = byId.extend({
  sheet: uuid(),
  manifest: z.string().regex(/^[0-9a-f]{64}$/, 'failures.ballots.unreadable'),
  ticket: base64url(ticketLength),
  sealed: base64url(sealedLength),
});
/** A base's position, by its delegate or by proxy: public by name, and only after the close. */
export const takePosition = byId.extend({
  association: uuid(),
  choices: z
    .array(z.object({ question: uuid(), choice: z.enum(choices) }))
    .min(1)
    .max(500),
});
export const giveProxy = byId.extend({ association: uuid(), to: uuid() });
export const revokeProxy = byId.extend({ association: uuid() });
export const annul = byId.extend({ reason: paragraph(10, 500) });
export const findTracker = byId.extend({ words: line(1, 300) });
const urn = z.string().regex(/^(\d{1,3}(\.\d{1,3}){0,9})?$/);
const heads = z.coerce
  .number('failures.ballots.urn_number')
  .int('failures.ballots.urn_number')
  .min(0, 'failures.ballots.urn_number')
  .max(100_000, 'failures.ballots.urn_number');
export const nameTeller = byId.extend({ number: line(1, 30) });
export const handPaper = byId.extend({
  number: line(1, 30),
  /** She knows that those at the table see with whom she is counted. */
  agrees: flag(),
});
export const removeTeller = byId.extend({ personId: uuid() });
export const giveOut = byId.extend({ urn });
export const takePaperBack = byId.extend({ personId: uuid() });
export const countUrn = byId.extend({
  urn,
  counts: z
    .array(z.object({ yes: heads, no: heads, abstain: heads, blank: heads, void: heads }))
    .min(1)
    .max(500),
});
export const setUrnAside = byId.extend({ urn, reason: paragraph(10, 500) });
export const search = z.object({ page: page() });

/** `id`: the question that went back. `group`: «dimension:label», or «all» where everybody was asked. */
export const giveReason = byId.extend({
  group: line(1, 200),
  sign: z.enum(['group', 'base'], 'failures.field.choose').default('group'),
  words: paragraph(10, 600),
});
export const hideReason = byId.extend({ why: paragraph(10, 300) });
