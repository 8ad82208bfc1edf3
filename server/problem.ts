import { TRPCError } from '@trpc/server';
import { ZodError, type z } from 'zod';
import { type Locale, type MessageKey, sentence } from '~/messages/catalogue';
import { logError } from './log';
import { Denied, Failure } from './rule';

/** What the outside learns of an error: the same for a form, a page and the API. */
export type Problem = {
  /** Stable code: `not_found`, `refused`, `sign_in`, `input`, `failed`, `too_many`, or a Failure's code. */
  code: string;
  status: 400 | 401 | 403 | 404 | 409 | 413 | 422 | 429 | 500;
  sentence: string;
  /** Field name → sentence. */
  fields: Record<string, string>;
};

// What an error turns into that nobody expected; it has been told to the console by then.
const failed = 'failed';

/** The error itself where it is one of ours or tRPC's own; else one without a word of it, which goes to the console. */
export function wordless(error: TRPCError): TRPCError {
  const { cause } = error;
  const ours =
    cause === undefined || cause instanceof Denied || cause instanceof Failure || cause instanceof ZodError;
  if (ours || error.code !== 'INTERNAL_SERVER_ERROR') return error;
  logError('procedure', cause);
  return new TRPCError({ code: 'INTERNAL_SERVER_ERROR', message: failed });
}

const wrongInput = new Set(['PARSE_ERROR', 'BAD_REQUEST', 'METHOD_NOT_SUPPORTED', 'UNSUPPORTED_MEDIA_TYPE']);
const statusOf = { not_found: 404, refused: 403, sign_in: 401 } as const;

/** Turns any error into a Problem in the reader's language; what is not expected says nothing of itself. */
export function describe(error: unknown, locale: Locale): Problem {
  const cause = error instanceof TRPCError ? (error.cause ?? error) : error;
  if (cause instanceof Denied)
    return {
      code: cause.code,
      status: statusOf[cause.code],
      sentence: sentence(locale, `failures.${cause.code}`),
      fields: {},
    };
  if (cause instanceof Failure) {
    const words = sentence(locale, `failures.${cause.code}` as MessageKey, cause.params);
    const status = cause.code === 'too_many' ? 429 : cause.code.endsWith('.taken') ? 409 : 422;
    return { code: cause.code, status, sentence: words, fields: cause.field ? { [cause.field]: words } : {} };
  }
  if (cause instanceof ZodError) {
    const fields: Record<string, string> = {};
    for (const issue of cause.issues)
      fields[String(issue.path[0] ?? 'form')] ??= describeIssue(issue, locale);
    return { code: 'input', status: 422, sentence: sentence(locale, 'failures.input'), fields };
  }
  if (error instanceof TRPCError && error.code === 'NOT_FOUND')
    return { code: 'not_found', status: 404, sentence: sentence(locale, 'failures.not_found'), fields: {} };
  if (error instanceof TRPCError && wrongInput.has(error.code))
    return { code: 'input', status: 400, sentence: sentence(locale, 'failures.input'), fields: {} };
  if (error instanceof TRPCError && error.code === 'PAYLOAD_TOO_LARGE')
    return { code: 'too_large', status: 413, sentence: sentence(locale, 'failures.too_large'), fields: {} };
  if (!(error instanceof TRPCError && error.message === failed)) logError('procedure', cause);
  return { code: 'failed', status: 500, sentence: sentence(locale, 'failures.failed'), fields: {} };
}

/** An error as the API answers it. @param code tRPC's own number for it. */
export function told(code: number, error: unknown, locale: Locale) {
  const problem = describe(error, locale);
  return { code, message: problem.sentence, data: { ...problem, httpStatus: problem.status } };
}

/** One sentence for one zod issue. A schema may give its own key of `failures.json` as the message. */
function describeIssue(issue: z.core.$ZodIssue, locale: Locale): string {
  if (issue.message.startsWith('failures.')) return sentence(locale, issue.message as MessageKey);
  if (issue.code === 'too_small')
    return Number(issue.minimum) <= 1
      ? sentence(locale, 'failures.field.missing')
      : sentence(locale, 'failures.field.short', { min: Number(issue.minimum) });
  if (issue.code === 'too_big')
    return sentence(locale, 'failures.field.long', { max: Number(issue.maximum) });
  if (issue.code === 'invalid_type') return sentence(locale, 'failures.field.missing');
  return sentence(locale, 'failures.field.wrong');
}
