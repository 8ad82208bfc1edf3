import { FormProblem } from '~/app/_form/form-problem';
import { formState } from '~/app/_form/submit';
import { lineOf, opening } from '~/app/_frame/concern-line';
import { Button } from '~/app/_ui/button';
import { Card } from '~/app/_ui/card';
import { TextField } from '~/app/_ui/text-field';
import { words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';
import { link, unlink } from '../../actions';

type Article = ForumOutputs['document']['workingArticle'];

/** The concerns behind the article: tie one by its number, let one go. */
export async function LinksForm({ article }: { article: Article }) {
  const { t, locale } = await words();
  const [tie, untie] = await Promise.all([formState('link'), formState('unlink')]);
  return (
    <section className="stack" id="planteamientos">
      <h2>{t('document.behind', { n: article.concerns.length })}</h2>
      {article.concerns.length === 0 ? <p>{t('document.behind.none')}</p> : null}
      <FormProblem form={untie} />
      {article.concerns.map((concern) => (
        <Card key={concern.id}>
          <a href={`/planteamientos/${concern.id}`}>{t('concerns.number', { n: concern.number })}</a>
          <p>{opening(concern.words)}</p>
          <p className="hint">{lineOf(t, locale, concern)}</p>
          <form action={unlink}>
            <input type="hidden" name="id" value={article.id} />
            <input type="hidden" name="concernId" value={concern.id} />
            <Button kind="quiet">{t('document.unlink', { n: concern.number })}</Button>
          </form>
        </Card>
      ))}
      <form className="form" action={link}>
        <FormProblem form={tie} />
        <input type="hidden" name="id" value={article.id} />
        <TextField
          name="concernNumber"
          required
          inputMode="numeric"
          label={t('document.link.number')}
          hint={t('document.link.hint')}
          value={tie.value('concernNumber')}
          error={tie.error('concernNumber')}
        />
        <Button kind="secondary">{t('document.link.button')}</Button>
      </form>
    </section>
  );
}
