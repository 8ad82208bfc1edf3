import { ArticleText } from '~/app/_frame/article-text';
import { Disclosure } from '~/app/_ui/disclosure';
import { Notice } from '~/app/_ui/notice';
import { words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';

/** Words that came after the joining, from who was still writing in the other article: to be taken over by hand. */
export async function LateWords({ late }: { late: ForumOutputs['document']['workingArticle']['late'] }) {
  const { t } = await words();
  if (late.length === 0) return null;
  return (
    <Notice tone="warning" word={t('document.late')}>
      <p>{t('document.late.line')}</p>
      {late.map((one) => (
        <Disclosure key={one.id} summary={one.title}>
          <ArticleText text={one.text} references={[]} href={() => ''} />
        </Disclosure>
      ))}
    </Notice>
  );
}
