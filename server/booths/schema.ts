import { z } from 'zod';
import { choices } from '../ballots/rules';
import { line, optional, uuid } from '../input';

export const byId = z.object({ id: uuid() });
/** `id`: the ballot; the two who stand by, by the number of their credentials. */
export const open = byId.extend({ first: line(1, 30), second: line(1, 30) });
/** What a scanner types is the whole address of a card. */
const code = z
  .string()
  .max(300)
  .transform((value) => value.replace(/^.*#/, ''))
  .pipe(line(1, 60));
export const enter = z.object({ code });

const token = z.string().regex(/^[\w-]{43}$/);
const voter = z.string().regex(/^[\w-]{40,400}$/);
export const tablet = z.object({ token, voter: optional(voter) });
/** By the code of a card, or by number and passphrase. */
export const begin = z.object({
  token,
  code: optional(code),
  number: optional(line(1, 30)),
  passphrase: optional(line(1, 200)),
});
export const cast = z.object({
  token,
  voter,
  sheet: uuid(),
  choices: z
    .array(z.object({ question: uuid(), choice: z.enum(choices) }))
    .min(1)
    .max(500),
});
