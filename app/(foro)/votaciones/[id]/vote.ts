'use server';

import { cookies } from 'next/headers';
import { freshKey } from '~/app/_form/sealed';
import { showAgain, submit } from '~/app/_form/submit';
import { caller, requestContext } from '~/server/caller';
import { Denied, Failure } from '~/server/rule';
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
} from '../_parts/sheet';

type Input = Record<string, unknown>;

async function setCookie(ballotId: string, value: string): Promise<void> {
  (await cookies()).set(sheetCookie, value, {
    httpOnly: true,
    sameSite: 'strict',
    secure: runtime().config.publicUrl?.startsWith('https:') ?? false,
    path: `/votaciones/${ballotId}`,
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
async function step(input: Input): Promise<void> {
  const call = await caller();
  const ballotId = String(input.id);
  const { actor } = await requestContext();
  const ballot = await call.ballots.detail({ id: ballotId });
  if (!ballot.mine || !actor.personId) throw new Denied('not_found');
  if (!ballot.abilities.vote) throw new Failure('ballots.not_open');
  const questions = await call.ballots.questions({ id: ballotId });
  const holder = { ballotId, personId: actor.personId };
  const go = String(input.go);

  if (go === 'start' || go === 'same') {
    const key = freshKey();
    await setCookie(ballotId, key);
    return show(go === 'same' ? 'same' : 'question', key, holder, newSheet(questions.length), 1);
  }
  const key = (await cookies()).get(sheetCookie)?.value;
  const sheet = openSheet(key, holder, input.sealed);
  if (!key || !sheet || sheet.answers.length !== questions.length)
    return showAgain('vote', { screen: ['spent'] });
  if (go === 'stop') {
    await setCookie(ballotId, '');
    return showAgain('vote', { screen: ['face'] });
  }
  if (go === 'cast') {
    const choices = questions.flatMap(({ id }, i) => {
      const choice = sheet.answers[i];
      return choice && id ? [{ question: id, choice }] : [];
    });
    const { tracker } = await call.ballots.cast({ id: ballotId, sheet: sheet.id, choices });
    await setCookie(ballotId, '');
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

/**
 * One press in the voting screens. The state of the sheet comes and goes in hidden fields, sealed; nothing of it
 * stays on the server, and nothing of it can be opened once the cast has taken the key away.
 */
export async function vote(form: FormData): Promise<void> {
  await submit('vote', form, step);
}
