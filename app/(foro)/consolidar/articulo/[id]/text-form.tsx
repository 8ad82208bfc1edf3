import { randomUUID } from 'node:crypto';
import { FormProblem } from '~/app/_form/form-problem';
import { formState } from '~/app/_form/submit';
import { Button } from '~/app/_ui/button';
import { TextArea } from '~/app/_ui/text-area';
import { words } from '~/server/caller';
import { textAtMost } from '~/server/document/rules';
import { meaning, meantBy, tied, untied } from '~/server/document/rules/references';
import type { ForumOutputs } from '~/server/root';
import { editText } from '../../actions';
import { Named } from './named';

type Article = ForumOutputs['document']['workingArticle'];
type Form = Awaited<ReturnType<typeof formState>>;

/**
 * What stands in the field: what she typed, where the form comes back to her. If articles have got other numbers
 * meanwhile, those that were tied to one say its number of today; the new ones stay as she wrote them.
 */
function shownText(form: Form, { references: { field, names, numbering } }: Article): string {
  const typed = form.value('text');
  if (typed === undefined) return field;
  if (form.value('numbering') === numbering) return typed;
  const today = new Map(names.map(({ id, number }) => [id, number]));
  return untied(tied(typed, meantBy(form.value('names') ?? '')), (id) => {
    const number = today.get(id);
    return number ? { id, number } : null;
  });
}

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
        <input type="hidden" data-keep="" name="numbering" value={article.references.numbering} />
        <input type="hidden" data-keep="" name="names" value={meaning(article.references.names)} />
        <TextArea
          name="text"
          rows={12}
          label={t('document.text.label')}
          hint={t('document.text.hint')}
          limit={{ max: textAtMost, words: t('document.text.limit', { max: textAtMost }) }}
          value={shownText(form, article)}
          error={form.error('text')}
        />
        <Button kind="secondary">{t('document.text.save')}</Button>
      </form>
      <Named references={article.references} />
      <Button kind="quiet" href={`/consolidar/articulo/${article.id}/escribir`} icon="pencil">
        {t('document.text.together')}
      </Button>
    </section>
  );
}
