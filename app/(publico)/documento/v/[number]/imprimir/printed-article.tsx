import { articleTitle, authorityName, itemTitle } from '~/app/_form/labels';
import { ArticleText } from '~/app/_frame/article-text';
import { words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';

type Printed = ForumOutputs['document']['printable']['articles'][number];

/** One article as it stands on paper: nothing to press, everything said. */
export async function PrintedArticle({ article }: { article: Printed }) {
  const { t } = await words();
  const told = (label: string, words: string) =>
    words ? (
      <p>
        <b>{label}:</b> {words}
      </p>
    ) : null;
  return (
    <article className="prose" id={`art-${article.number}`}>
      <h3>{articleTitle(t, article)}</h3>
      {article.summary ? (
        <p>
          <i>{article.summary}</i>
        </p>
      ) : null}
      <ArticleText
        text={article.text}
        references={article.references}
        href={({ number }) => `#art-${number}`}
      />
      <div className="prose">
        {told(t('document.law'), article.law)}
        {told(t('document.reality'), article.reality)}
        {told(t('document.addressees'), article.addressees.map(authorityName).join(' · '))}
        {told(
          t(article.genderWaived ? 'document.gender.waived.short' : 'document.gender'),
          article.genderCheck,
        )}
        {article.territory ? <p>{t('document.territory.line')}</p> : null}
        {told(t('document.library'), article.library.map(itemTitle).join(' · '))}
        <p>{t('document.article.behind', { n: article.concerns })}</p>
      </div>
    </article>
  );
}
