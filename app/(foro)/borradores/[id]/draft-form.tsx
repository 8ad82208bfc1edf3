import { randomUUID } from 'node:crypto';
import { FormProblem } from '~/app/_form/form-problem';
import { formState } from '~/app/_form/submit';
import { Button } from '~/app/_ui/button';
import { TextArea } from '~/app/_ui/text-area';
import { words } from '~/server/caller';
import type { Part } from '~/server/drafts/rules/parts';
import { textAtMost } from '~/server/drafts/schema';
import type { ForumOutputs } from '~/server/root';
import { write } from '../actions';

/**
 * The way to write without a script. It carries the seq of the text it was filled from, so that what others write
 * while it is open stays; a form that failed keeps its seq with its words.
 */
export async function DraftForm({ draft, part }: { draft: ForumOutputs['drafts']['detail']; part: Part }) {
  const { t } = await words();
  const form = await formState('write');
  const own = draft.text.split('\n').slice(part.from, part.to).join('\n');
  return (
    <form
      className="form"
      action={write}
      data-autosave={`draft-${draft.id}${part.parts > 1 ? `-${part.part}` : ''}`}
    >
      <FormProblem form={form} />
      <input type="hidden" name="id" value={draft.id} />
      <input type="hidden" name="key" value={form.value('key') ?? randomUUID()} />
      <input type="hidden" data-keep="" name="seq" value={form.value('seq') ?? draft.seq} />
      {part.parts > 1 ? (
        <>
          <input type="hidden" data-keep="" name="from" value={form.value('from') ?? part.from} />
          <input type="hidden" data-keep="" name="to" value={form.value('to') ?? part.to} />
          <input type="hidden" name="parte" value={part.part} />
        </>
      ) : null}
      <TextArea
        name="text"
        rows={18}
        label={
          part.parts > 1
            ? `${t('drafts.form.text')}. ${t('drafts.part.position', { page: part.part, pages: part.parts })}`
            : t('drafts.form.text')
        }
        hint={t('drafts.form.hint')}
        limit={{ max: textAtMost, words: t('drafts.form.limit', { max: textAtMost }) }}
        value={form.value('text') ?? own}
        error={form.error('text')}
      />
      <Button>{t('drafts.form.save')}</Button>
      <Button kind="quiet" href={`/borradores/${draft.id}?parte=${part.part}`}>
        {t('drafts.form.cancel')}
      </Button>
    </form>
  );
}
