import { randomUUID } from 'node:crypto';
import { FormProblem } from '~/app/_form/form-problem';
import { articleTitle } from '~/app/_form/labels';
import { formState } from '~/app/_form/submit';
import { Button } from '~/app/_ui/button';
import { Select } from '~/app/_ui/select';
import { TextField } from '~/app/_ui/text-field';
import { caller, words } from '~/server/caller';
import { ask } from './actions';

/** Asks an office to answer an article of the version in force by a day. */
export async function AskForm({ articleId }: { articleId: string | undefined }) {
  const { t } = await words();
  const forum = await caller();
  const [{ version }, offices, form] = await Promise.all([
    forum.document.inForce(),
    forum.responses.offices(),
    formState('ask'),
  ]);
  if (!version || offices.length === 0)
    return (
      <section className="stack" id="pedir">
        <h2>{t('responses.ask')}</h2>
        <p>{t(version ? 'responses.ask.no_office' : 'document.none')}</p>
      </section>
    );
  return (
    <section className="stack" id="pedir">
      <h2>{t('responses.ask')}</h2>
      <FormProblem form={form} />
      <form className="form" action={ask}>
        <input type="hidden" name="key" value={randomUUID()} />
        <Select
          name="versionArticleId"
          required
          label={t('responses.ask.article', { n: version.number })}
          empty={t('document.link.choose')}
          value={form.value('versionArticleId') ?? articleId}
          error={form.error('versionArticleId')}
          options={version.chapters
            .flatMap((chapter) => chapter.articles)
            .map((article) => ({ value: article.id, label: articleTitle(t, article) }))}
        />
        <Select
          name="officeId"
          required
          label={t('responses.ask.office')}
          empty={t('responses.ask.office.choose')}
          value={form.value('officeId')}
          error={form.error('officeId')}
          options={offices.map((office) => ({ value: office.id, label: office.name }))}
        />
        <TextField
          name="dueOn"
          kind="date"
          required
          label={t('responses.ask.due')}
          hint={t('responses.ask.due.hint')}
          value={form.value('dueOn')}
          error={form.error('dueOn')}
        />
        <Button>{t('responses.ask.button')}</Button>
      </form>
    </section>
  );
}
