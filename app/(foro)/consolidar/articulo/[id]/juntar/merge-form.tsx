import { randomUUID } from 'node:crypto';
import { areaTitle, authorityName } from '~/app/_form/labels';
import { formState } from '~/app/_form/submit';
import { ArticleText } from '~/app/_frame/article-text';
import { Button } from '~/app/_ui/button';
import { Card } from '~/app/_ui/card';
import { TextField } from '~/app/_ui/text-field';
import { words } from '~/server/caller';
import type { Wording } from '~/server/document/rules/consolidation';
import type { ForumOutputs } from '~/server/root';
import { merge } from '../../../actions';

type Preview = ForumOutputs['document']['mergePreview'];
type Props = {
  article: Preview['article'];
  other: NonNullable<Preview['other']>;
  joined: NonNullable<Preview['joined']>;
  wording: Wording;
};

/** What would come of joining two articles, and the button that does it. */
export async function MergeForm({ article, other, joined, wording }: Props) {
  const { t, locale } = await words();
  const form = await formState('merge');
  const { fields, concerns } = joined;
  const addressees = fields.addressees.map(authorityName).join(', ');
  return (
    <section className="stack" id="resultado">
      <h2>{t('document.merge.result')}</h2>
      <Card title={article.title} level={3}>
        {joined.reads[wording].text ? (
          <ArticleText {...joined.reads[wording]} href={({ id }) => `/consolidar/articulo/${id}`} />
        ) : (
          <p>{t('document.making.no_text')}</p>
        )}
      </Card>
      <ul>
        <li>{t('document.merge.result.concerns', { n: concerns })}</li>
        <li>
          {t('document.merge.result.areas', {
            areas: fields.areas.map((area) => areaTitle(locale, area)).join(', '),
          })}
        </li>
        {addressees ? <li>{t('document.merge.result.addressees', { addressees })}</li> : null}
        <li>{t('document.merge.result.second', { title: other.title })}</li>
      </ul>
      <form className="form" action={merge}>
        <input type="hidden" name="key" value={randomUUID()} />
        <input type="hidden" name="id" value={article.id} />
        <input type="hidden" name="revision" value={article.revision} />
        <input type="hidden" name="seq" value={article.seq} />
        <input type="hidden" name="other" value={other.id} />
        <input type="hidden" name="otherRevision" value={other.revision} />
        <input type="hidden" name="otherSeq" value={other.seq} />
        <input type="hidden" name="wording" value={wording} />
        <TextField
          name="title"
          required
          label={t('document.merge.title')}
          hint={t('document.merge.title.hint', { title: other.title })}
          value={form.value('title') ?? article.title}
          error={form.error('title')}
        />
        <Button>{t('document.merge.button')}</Button>
      </form>
    </section>
  );
}
