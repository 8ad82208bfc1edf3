import { randomUUID } from 'node:crypto';
import { notFound } from 'next/navigation';
import { FormProblem } from '~/app/_form/form-problem';
import { found } from '~/app/_form/found';
import { formState } from '~/app/_form/submit';
import { Page } from '~/app/_frame/page';
import { Button } from '~/app/_ui/button';
import { Notice } from '~/app/_ui/notice';
import { PageTitle } from '~/app/_ui/page-title';
import { TextArea } from '~/app/_ui/text-area';
import { TextField } from '~/app/_ui/text-field';
import { caller, words } from '~/server/caller';
import { remarkAtMost } from '~/server/drafts/schema';
import { erase } from '../../actions';

/** The last page before a draft is gone: what goes, a reason, and a word to be typed. */
export default async function Erase({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const { t } = await words();
  const draft = await found(async () => (await caller()).drafts.detail({ id }));
  if (!draft.abilities.erase) notFound();
  return (
    <Page>
      <PageTitle title={t('drafts.erase.title')} kicker={<a href={`/borradores/${id}`}>{draft.title}</a>} />
      {draft.inArticle ? (
        <>
          <Notice tone="warning" word={t('drafts.erase.article')}>
            {t('drafts.erase.instead')}
          </Notice>
          <Button kind="quiet" href={`/borradores/${id}`}>
            {t('drafts.back')}
          </Button>
        </>
      ) : (
        <EraseForm id={id} />
      )}
    </Page>
  );
}

async function EraseForm({ id }: { id: string }) {
  const { t } = await words();
  const form = await formState('erase');
  return (
    <>
      <Notice tone="warning" word={t('drafts.erase.line')}>
        {t('drafts.erase.instead')}
      </Notice>
      <form className="form" action={erase}>
        <FormProblem form={form} />
        <input type="hidden" name="id" value={id} />
        <input type="hidden" name="key" value={form.value('key') ?? randomUUID()} />
        <TextArea
          name="reason"
          rows={3}
          required
          label={t('drafts.erase.reason')}
          hint={t('drafts.erase.reason.hint')}
          limit={{ max: remarkAtMost, words: t('drafts.form.limit', { max: remarkAtMost }) }}
          value={form.value('reason')}
          error={form.error('reason')}
        />
        <TextField
          name="word"
          required
          autoComplete="off"
          label={t('drafts.erase.word')}
          value={form.value('word')}
          error={form.error('word')}
        />
        <Button kind="danger">{t('drafts.erase.send')}</Button>
        <Button kind="quiet" href={`/borradores/${id}`}>
          {t('drafts.back')}
        </Button>
      </form>
    </>
  );
}
