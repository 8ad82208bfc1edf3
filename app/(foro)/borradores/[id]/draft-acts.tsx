import { FormProblem } from '~/app/_form/form-problem';
import { formState } from '~/app/_form/submit';
import { Button } from '~/app/_ui/button';
import { Disclosure } from '~/app/_ui/disclosure';
import { TextField } from '~/app/_ui/text-field';
import { words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';
import { close, reopen, retitle } from '../actions';

/** What this person may do with the draft beside writing in it; nothing for most. */
export async function DraftActs({ draft }: { draft: ForumOutputs['drafts']['detail'] }) {
  const { t } = await words();
  const { abilities } = draft;
  const [title, ending] = await Promise.all([formState('retitle'), formState('close')]);
  const id = <input type="hidden" name="id" value={draft.id} />;
  return (
    <>
      {abilities.edit ? (
        <Disclosure summary={t('drafts.retitle.summary')} open={title.failed}>
          <FormProblem form={title} />
          <form className="form" action={retitle}>
            {id}
            <TextField
              name="title"
              required
              label={t('drafts.create.title')}
              value={title.value('title') ?? draft.title}
              error={title.error('title')}
            />
            <Button kind="secondary">{t('drafts.retitle.save')}</Button>
          </form>
        </Disclosure>
      ) : null}
      {abilities.close || abilities.reopen ? (
        <form className="form" action={abilities.close ? close : reopen}>
          <FormProblem form={ending} />
          {id}
          <p className="hint">{t(abilities.close ? 'drafts.close.hint' : 'drafts.reopen.hint')}</p>
          <Button kind="secondary">{t(abilities.close ? 'drafts.close' : 'drafts.reopen')}</Button>
        </form>
      ) : null}
      {abilities.erase ? (
        <Button kind="quiet" icon="trash" href={`/borradores/${draft.id}/borrar`}>
          {t('drafts.erase')}
        </Button>
      ) : null}
    </>
  );
}
