import { FormProblem } from '~/app/_form/form-problem';
import { areaTitle } from '~/app/_form/labels';
import { formState } from '~/app/_form/submit';
import { Button } from '~/app/_ui/button';
import { Select } from '~/app/_ui/select';
import { words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';
import { move } from '../../actions';

type Article = ForumOutputs['document']['workingArticle'];

/** Where the article stands: one choice of chapter and neighbour, which works without a script. */
export async function PlaceForm({ article }: { article: Article }) {
  const { t, locale } = await words();
  const form = await formState('place');
  const own = article.chapters.find((chapter) => chapter.area === article.area)!;
  const index = own.articles.findIndex((one) => one.id === article.id);
  const before = own.articles[index - 1];
  return (
    <section className="stack" id="lugar">
      <h2>{t('document.place')}</h2>
      <FormProblem form={form} />
      <form className="form" action={move}>
        <input type="hidden" name="id" value={article.id} />
        <input type="hidden" name="revision" value={article.revision} />
        <Select
          id="f-after"
          name="where"
          label={t('document.place.label', { number: article.number })}
          value={form.value('where') ?? (before ? `${article.area} ${before.id}` : article.area)}
          error={form.error('after')}
          groups={article.chapters.map((chapter) => ({
            label: areaTitle(locale, chapter.area),
            options: [
              {
                value: chapter.area,
                label: t('document.place.first', { area: areaTitle(locale, chapter.area) }),
              },
              ...chapter.articles
                .filter((one) => one.id !== article.id)
                .map((one) => ({
                  value: `${chapter.area} ${one.id}`,
                  label: t('document.place.after', { number: one.number, title: one.title }),
                })),
            ],
          }))}
        />
        <Button kind="secondary">{t('document.place.button')}</Button>
      </form>
    </section>
  );
}
