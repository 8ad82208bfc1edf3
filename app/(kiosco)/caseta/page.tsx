import { cookies } from 'next/headers';
import { FormProblem } from '~/app/_form/form-problem';
import { orNull } from '~/app/_form/or-null';
import { formState } from '~/app/_form/submit';
import { Kiosk } from '~/app/_frame/kiosk';
import { AllAlike, Question, type Screen } from '~/app/(foro)/votaciones/_parts/question';
import { Review } from '~/app/(foro)/votaciones/_parts/review';
import { openSheet, sheetCookie } from '~/app/(foro)/votaciones/_parts/sheet';
import { caller } from '~/server/caller';
import { voteHere } from './actions';
import { heldHere } from './cookies';
import { Free, NoBooth } from './free';
import { Done, Ended, Helper, How, Over } from './turn';

const onError: Record<string, string> = { next: 'question', all: 'same', cast: 'review' };

/** The assembly's tablet. Everything that happens in the booth happens at this one address. */
export default async function Booth() {
  const held = await heldHere();
  const call = await caller();
  const face = held && (await orNull(() => call.booths.look(held)));
  if (!face)
    return (
      <Kiosk>
        <NoBooth />
      </Kiosk>
    );
  const form = await formState('vote');
  const screen = form.failed ? onError[form.value('go') ?? ''] : form.value('screen');
  const tracker = form.value('tracker');
  const ballot = await call.ballots.detail({ id: face.ballotId });
  if (screen === 'received' && tracker)
    return (
      <Kiosk turn>
        <Done ballot={ballot} tracker={tracker} />
      </Kiosk>
    );
  const over = screen === 'over' || screen === 'spent';
  if (face.holder && !face.takes)
    return (
      <Kiosk turn>
        <Ended said={form.sentence} />
      </Kiosk>
    );
  if (!face.holder)
    return (
      <Kiosk turn={over}>
        {over ? <Over /> : null}
        {over ? null : <Free face={face} />}
      </Kiosk>
    );
  const questions = await call.ballots.questions({ id: face.ballotId });
  const holder = { ballotId: face.ballotId, personId: face.holder };
  const key = form.value('key') ?? (await cookies()).get(sheetCookie)?.value;
  const sheet = screen && openSheet(key, holder, form.value('sealed'));
  const at: Screen | null =
    key && sheet ? { key, holder, sheet, error: form.error('choice'), vote: voteHere, kiosk: true } : null;
  const n = Math.min(Math.max(Number(form.value('at')) || 1, 1), questions.length);
  return (
    <Kiosk turn>
      <FormProblem form={form} />
      {over ? <Over /> : null}
      {screen === 'helper' ? <Helper /> : null}
      {at && screen === 'review' ? <Review screen={at} questions={questions} /> : null}
      {at && screen === 'same' ? <AllAlike screen={at} /> : null}
      {at && screen === 'question' ? (
        <Question screen={at} at={n} questions={questions} text="" version={ballot.version.number} />
      ) : null}
      {!over && !at && screen !== 'helper' ? <How title={face.title} questions={questions.length} /> : null}
    </Kiosk>
  );
}
