import { cookies } from 'next/headers';
import { freshKey } from '~/app/_form/sealed';
import { showAgain } from '~/app/_form/submit';
import type { Choice } from '~/server/ballots/rules';
import { Failure } from '~/server/rule';
import { runtime } from '~/server/runtime';
import {
  type Holder,
  newSheet,
  nextPlace,
  openChoice,
  openSheet,
  type Sheet,
  sealSheet,
  sheetCookie,
} from './sheet';

type Input = Record<string, unknown>;
/** Where a sheet is filled in: on her own phone, or in the booth. */
export type Desk = {
  holder: Holder;
  /** The page of its screens: the key of the half-made sheet goes nowhere else. */
  path: string;
  questions: readonly { id: string | null }[];
  cast: (sheet: string, choices: { question: string; choice: Choice }[]) => Promise<{ tracker: string }>;
};

/** Gives a page the key of its half-made sheet; empty takes it away. */
export async function setSheetKey(path: string, value: string): Promise<void> {
  (await cookies()).set(sheetCookie, value, {
    httpOnly: true,
    sameSite: 'strict',
    secure: runtime().config.publicUrl?.startsWith('https:') ?? false,
    path,
    ...(value === '' ? { maxAge: 0 } : {}),
  });
}

const show = (screen: string, key: string, holder: Holder, sheet: Sheet, at: number) =>
  showAgain('vote', {
    screen: [screen],
    key: [key],
    at: [String(at)],
    sealed: [sealSheet(key, holder, sheet)],
  });

/** What the pressed button asks for, with the answer of this screen put into the sheet first. */
export async function step(input: Input, { holder, path, questions, cast }: Desk): Promise<void> {
  const go = String(input.go);
  if (go === 'start' || go === 'same') {
    const key = freshKey();
    await setSheetKey(path, key);
    return show(go === 'same' ? 'same' : 'question', key, holder, newSheet(questions.length), 1);
  }
  const key = (await cookies()).get(sheetCookie)?.value;
  const sheet = openSheet(key, holder, input.sealed);
  if (!key || !sheet || sheet.answers.length !== questions.length)
    return showAgain('vote', { screen: ['spent'] });
  if (go === 'stop') {
    await setSheetKey(path, '');
    return showAgain('vote', { screen: ['face'] });
  }
  if (go === 'cast') {
    const choices = questions.flatMap(({ id }, i) => {
      const choice = sheet.answers[i];
      return choice && id ? [{ question: id, choice }] : [];
    });
    const { tracker } = await cast(sheet.id, choices);
    await setSheetKey(path, '');
    return showAgain('vote', { screen: ['received'], tracker: [tracker] });
  }
  const at = Math.min(Math.max(Number(input.at) || 1, 1), questions.length);
  if (go === 'all') {
    const choice = openChoice(key, holder, 0, input.choice);
    if (!choice) throw new Failure('ballots.choose', 'choice');
    return show('review', key, holder, { ...sheet, answers: sheet.answers.map(() => choice) }, 1);
  }
  sheet.answers[at - 1] = openChoice(key, holder, at, input.choice) ?? sheet.answers[at - 1]!;
  if (go === 'next') {
    if (!sheet.answers[at - 1]) throw new Failure('ballots.choose', 'choice');
    const next = nextPlace(sheet, at);
    return next === 0 ? show('review', key, holder, sheet, at) : show('question', key, holder, sheet, next);
  }
  if (go === 'review') return show('review', key, holder, sheet, at);
  const to = go === 'back' ? at - 1 : Number(go.replace(/^to:/, ''));
  return show('question', key, holder, sheet, Math.min(Math.max(to || 1, 1), questions.length));
}
