import { Notice } from '~/app/_ui/notice';
import { words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';

type References = ForumOutputs['document']['workingArticle']['references'];

/** Which articles the text names, and what it names that is not there. */
export async function Named({ references }: { references: References }) {
  const { t } = await words();
  return (
    <>
      {references.broken.length > 0 ? (
        <Notice tone="warning" word={t('document.lack.reference')}>
          <ul>
            {references.broken.map((one, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: what is named twice stands twice
              <li key={i}>
                {'number' in one
                  ? t('document.reference.loose', { number: one.number })
                  : one.gone
                    ? t('document.reference.gone', { title: one.gone })
                    : t('document.reference.unknown')}
              </li>
            ))}
          </ul>
        </Notice>
      ) : null}
      {references.names.length > 0 ? (
        <p>
          {t('document.reference.names')}{' '}
          {references.names.map(({ id, number, title }, i) => (
            <span key={id}>
              {i > 0 ? ' · ' : ''}
              <a href={`/consolidar/articulo/${id}`}>{t('document.article.title', { number, title })}</a>
            </span>
          ))}
        </p>
      ) : null}
    </>
  );
}
