import { randomUUID } from 'node:crypto';
import { FormProblem } from '~/app/_form/form-problem';
import { formState } from '~/app/_form/submit';
import { Button } from '~/app/_ui/button';
import { RadioGroup } from '~/app/_ui/radio-group';
import { TextArea } from '~/app/_ui/text-area';
import { TextField } from '~/app/_ui/text-field';
import { words } from '~/server/caller';
import { kinds } from '~/server/responses/rules';
import { wordsAtMost } from '~/server/responses/schema';
import type { ForumOutputs } from '~/server/root';
import { respond, revise } from '../actions';

/** The State's answer: one of four, each with its meaning, and the words; later, a further wording. */
export async function RespondForm({ request }: { request: ForumOutputs['responses']['request'] }) {
  const { t } = await words();
  const form = await formState('respond');
  const { current } = request;
  return (
    <section className="stack" id="responder">
      <h2>{t(current ? 'responses.revise' : 'responses.respond')}</h2>
      <p>{t(current ? 'responses.revise.lead' : 'responses.respond.lead', { office: request.office })}</p>
      <FormProblem form={form} />
      <form className="form" action={current ? revise : respond} data-autosave={`response-${request.id}`}>
        <input type="hidden" name="key" value={randomUUID()} />
        <input type="hidden" name="id" value={request.id} />
        {current ? <input type="hidden" name="revision" value={current.revision} /> : null}
        <RadioGroup
          name="kind"
          required
          large
          label={t('responses.kind')}
          value={form.value('kind') ?? current?.kind}
          error={form.error('kind')}
          options={kinds.map((kind) => ({
            value: kind,
            label: t(`responses.kind.${kind}`),
            meaning: t(`responses.kind.${kind}.hint`),
          }))}
        />
        <TextField
          name="until"
          kind="date"
          label={t('responses.until')}
          hint={t('responses.until.hint')}
          value={form.value('until')}
          error={form.error('until')}
        />
        <TextArea
          name="words"
          required
          label={t('responses.words')}
          hint={t('responses.words.hint')}
          limit={{ max: wordsAtMost, words: t('responses.words.limit', { max: wordsAtMost }) }}
          value={form.value('words')}
          error={form.error('words')}
        />
        <Button>{t(current ? 'responses.revise.button' : 'responses.respond.button')}</Button>
      </form>
    </section>
  );
}
