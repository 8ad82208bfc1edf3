import { randomUUID } from 'node:crypto';
import { FormProblem } from '~/app/_form/form-problem';
import { formState } from '~/app/_form/submit';
import { Button } from '~/app/_ui/button';
import { Card } from '~/app/_ui/card';
import { TextArea } from '~/app/_ui/text-area';
import { words } from '~/server/caller';
import { remarkAtMost } from '~/server/drafts/schema';
import type { ForumOutputs } from '~/server/root';
import { suggest } from '../../../actions';

/** Other words for one paragraph. The form carries the text that it was filled from, and keeps it when it fails. */
export async function SuggestForm({ passage }: { passage: ForumOutputs['drafts']['passage'] }) {
  const { t } = await words();
  const form = await formState('suggest');
  return (
    <Card title={t('drafts.suggest.title')} id="sugerir">
      <p>{t('drafts.suggest.lead')}</p>
      <form className="form" action={suggest} data-autosave={`suggest-${passage.id}-${passage.at}`}>
        <FormProblem form={form} ids={{ text: 'f-suggested' }} />
        <input type="hidden" name="id" value={passage.id} />
        <input type="hidden" name="key" value={form.value('key') ?? randomUUID()} />
        <input type="hidden" data-keep="" name="seq" value={form.value('seq') ?? passage.seq} />
        <input type="hidden" data-keep="" name="at" value={form.value('at') ?? passage.at} />
        <TextArea
          id="f-suggested"
          name="text"
          rows={8}
          label={t('drafts.suggest.text')}
          hint={t('drafts.suggest.text.hint')}
          value={form.value('text') ?? passage.words}
          error={form.error('text')}
        />
        <TextArea
          name="reason"
          rows={3}
          label={t('drafts.suggest.reason')}
          hint={t('drafts.suggest.reason.hint')}
          limit={{ max: remarkAtMost, words: t('drafts.form.limit', { max: remarkAtMost }) }}
          value={form.value('reason')}
          error={form.error('reason')}
        />
        <Button>{t('drafts.suggest.send')}</Button>
      </form>
    </Card>
  );
}
