import { randomUUID } from 'node:crypto';
import { seal, unseal } from '~/app/_form/sealed';
import { type Choice, choices } from '~/server/ballots/rules';

/** Name of the cookie that holds the key of a half-made sheet; it goes away with the cast. */
export const sheetCookie = 'papeleta';

/** A half-made sheet: its random id and an answer, or none yet, for each question in order. */
export type Sheet = { id: string; answers: (Choice | null)[] };

/** Whose sheet of which ballot: nobody else on the same phone can go on with it. */
export type Holder = { ballotId: string; personId: string };

const place = ({ ballotId, personId }: Holder, of: string) => `${ballotId} ${personId} ${of}`;

export const newSheet = (questions: number): Sheet => ({
  id: randomUUID(),
  answers: Array.from({ length: questions }, () => null),
});

/** The sheet as a hidden field: of one length whatever was answered. */
export function sealSheet(key: string, holder: Holder, sheet: Sheet): string {
  const marks = sheet.answers.map((answer) => (answer ? String(choices.indexOf(answer)) : '-'));
  return seal(key, place(holder, 'sheet'), sheet.id + marks.join(''));
}

/** The sheet of a hidden field; null where it is another's, of another ballot, or its key is gone. */
export function openSheet(key: string | undefined, holder: Holder, sealed: unknown): Sheet | null {
  const plain = unseal(key, place(holder, 'sheet'), sealed);
  if (!plain) return null;
  return {
    id: plain.slice(0, 36),
    answers: [...plain.slice(36)].map((mark) => choices[Number(mark)] ?? null),
  };
}

/** The values of the three choices at one question, which mean nothing without the key. */
export const sealChoices = (key: string, holder: Holder, at: number): Record<Choice, string> => {
  const one = (choice: Choice) => seal(key, place(holder, `choice ${at}`), String(choices.indexOf(choice)));
  return { si: one('si'), no: one('no'), abstencion: one('abstencion') };
};

export const openChoice = (key: string, holder: Holder, at: number, sealed: unknown): Choice | null =>
  choices[Number(unseal(key, place(holder, `choice ${at}`), sealed) ?? Number.NaN)] ?? null;

export const unanswered = (sheet: Sheet): number => sheet.answers.filter((answer) => answer === null).length;

/** Where the next press leads, from question `at` (from 1): the next one, the first gap, or 0 for the review. */
export function nextPlace(sheet: Sheet, at: number): number {
  if (unanswered(sheet) === 0) return 0;
  return at < sheet.answers.length ? at + 1 : sheet.answers.indexOf(null) + 1;
}
