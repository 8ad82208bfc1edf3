import { randomUUID } from 'node:crypto';
import { FormProblem } from '~/app/_form/form-problem';
import { dayInWords } from '~/app/_form/format';
import { formState } from '~/app/_form/submit';
import { Button } from '~/app/_ui/button';
import { Disclosure } from '~/app/_ui/disclosure';
import { RadioGroup } from '~/app/_ui/radio-group';
import { TextArea } from '~/app/_ui/text-area';
import { words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';
import { appeal, decideAppeal } from './actions';

type Concern = ForumOutputs['concerns']['detail'];

/** Asking that it be looked at again, for those who may, or until when others could. */
export async function AskAgain({ concern }: { concern: Concern }) {
  const { t, locale } = await words();
  const { mayAsk } = concern;
  if (!mayAsk) return null;
  const day = dayInWords(locale, mayAsk.by);
  if (!concern.mayAppeal)
    return <p className="hint">{t(`concerns.appeal.until.${mayAsk.state as 'open' | 'late'}`, { day })}</p>;
  const form = await formState('appeal');
  return (
    <Disclosure summary={t('concerns.appeal.summary')} open={form.failed}>
      <FormProblem form={form} />
      <form className="form" action={appeal} data-autosave="appeal">
        <input type="hidden" name="id" value={concern.id} />
        <input type="hidden" name="key" autoComplete="off" value={form.value('key') ?? randomUUID()} />
        <p>{t('concerns.appeal.hint', { day })}</p>
        <TextArea
          name="words"
          required
          rows={4}
          label={t('concerns.appeal.words')}
          hint={t('concerns.appeal.words.hint')}
          value={form.value('words')}
          error={form.error('words')}
        />
        <Button kind="secondary">{t('concerns.appeal.send')}</Button>
      </form>
    </Disclosure>
  );
}

/** Answering what was asked, for another of the committee. */
export async function AnswerAgain({ concern }: { concern: Concern }) {
  const { t } = await words();
  const waiting = concern.appeals.find((asked) => asked.mayDecide);
  if (!waiting) return null;
  const form = await formState('decideAppeal');
  return (
    <section className="stack">
      <h2>{t('concerns.appeal.decide')}</h2>
      <FormProblem form={form} />
      <form className="form" action={decideAppeal}>
        <input type="hidden" name="id" value={waiting.id} />
        <RadioGroup
          name="verdict"
          required
          label={t('concerns.appeal.verdict')}
          value={form.value('verdict')}
          error={form.error('verdict')}
          options={(['upheld', 'refused'] as const).map((verdict) => ({
            value: verdict,
            label: t(`concerns.appeal.verdict.${verdict}`),
            meaning: t(`concerns.appeal.verdict.${verdict}.meaning`),
          }))}
        />
        <TextArea
          name="answer"
          required
          rows={4}
          label={t('concerns.appeal.answer')}
          hint={t('concerns.appeal.answer.hint')}
          value={form.value('answer')}
          error={form.error('answer')}
        />
        <Button>{t('concerns.appeal.decide.send')}</Button>
      </form>
    </section>
  );
}
