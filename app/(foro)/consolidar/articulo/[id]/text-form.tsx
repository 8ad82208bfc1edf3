import { randomUUID } from 'node:crypto';
import { FormProblem } from '~/app/_form/form-problem';
import { formState } from '~/app/_form/submit';
import { Button } from '~/app/_ui/button';
import { TextArea } from '~/app/_ui/text-area';
import { words } from '~/server/caller';
import { textAtMost } from '~/server/document/rules';
import type { ForumOutputs } from '~/server/root';
import { editText } from '../../actions';

type Article = ForumOutputs['document']['workingArticle'];

/** The words of the article; what two people write at the same time is put together. */
export async function TextForm({ article }: { article: Article }) {
  const { t } = await words();
  const form = await formState('text');
  return (
    <section className="stack" id="texto">
      <h2>{t('document.text')}</h2>
      <FormProblem form={form} />
      <form className="form" action={editText} data-autosave={`article-${article.id}`}>
        <input type="hidden" name="key" value={randomUUID()} />
        <input type="hidden" name="id" value={article.id} />
        <input type="hidden" data-keep="" name="base" value={form.value('base') ?? article.seq} />
        <TextArea
          name="text"
          rows={12}
          label={t('document.text.label')}
          hint={t('document.text.hint')}
          limit={{ max: textAtMost, words: t('document.text.limit', { max: textAtMost }) }}
          value={form.value('text') ?? article.text}
          error={form.error('text')}
        />
        <Button kind="secondary">{t('document.text.save')}</Button>
      </form>
      <Button kind="quiet" href={`/consolidar/articulo/${article.id}/escribir`} icon="pencil">
        {t('document.text.together')}
      </Button>
    </section>
  );
}
