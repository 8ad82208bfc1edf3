import { randomUUID } from 'node:crypto';
import { FormProblem } from '~/app/_form/form-problem';
import { formState } from '~/app/_form/submit';
import { Button } from '~/app/_ui/button';
import { Card } from '~/app/_ui/card';
import { TextArea } from '~/app/_ui/text-area';
import { TextField } from '~/app/_ui/text-field';
import { words } from '~/server/caller';
import { remarkAtMost } from '~/server/drafts/schema';
import type { ForumOutputs } from '~/server/root';
import { comment } from '../../../actions';

/** A remark about one paragraph, or about some words of it. */
export async function CommentForm({ passage }: { passage: ForumOutputs['drafts']['passage'] }) {
  const { t } = await words();
  const form = await formState('comment');
  return (
    <Card title={t('drafts.comment.title')} id="comentar">
      <form className="form" action={comment} data-autosave={`comment-${passage.id}-${passage.at}`}>
        <FormProblem form={form} />
        <input type="hidden" name="id" value={passage.id} />
        <input type="hidden" name="key" value={form.value('key') ?? randomUUID()} />
        <input type="hidden" data-keep="" name="seq" value={form.value('seq') ?? passage.seq} />
        <input type="hidden" data-keep="" name="at" value={form.value('at') ?? passage.at} />
        <TextArea
          name="words"
          rows={4}
          required
          label={t('drafts.comment.words')}
          limit={{ max: remarkAtMost, words: t('drafts.form.limit', { max: remarkAtMost }) }}
          value={form.value('words')}
          error={form.error('words')}
        />
        <TextField
          name="quote"
          label={t('drafts.comment.quote')}
          hint={t('drafts.comment.quote.hint')}
          value={form.value('quote')}
          error={form.error('quote')}
        />
        <Button kind="secondary">{t('drafts.comment.send')}</Button>
      </form>
    </Card>
  );
}
