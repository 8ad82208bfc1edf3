import { opening } from '~/app/_frame/concern-line';
import { Page } from '~/app/_frame/page';
import { Breadcrumb } from '~/app/_ui/breadcrumb';
import { Button } from '~/app/_ui/button';
import { AreaDrawing } from '~/app/_ui/drawings/area-drawing';
import { LinkList } from '~/app/_ui/link-list';
import { Notice } from '~/app/_ui/notice';
import { PageTitle } from '~/app/_ui/page-title';
import { Paragraphs } from '~/app/_ui/paragraphs';
import { words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';
import { ArticleFacts } from '../../documento/article-facts';

/** An article in the making, to read: for coordinators, delegates, secretaries and the committee. */
export async function WorkingArticle({ article }: { article: ForumOutputs['document']['workingArticle'] }) {
  const { t } = await words();
  return (
    <Page at="document">
      <Breadcrumb
        label={t('document.crumbs')}
        items={[
          { text: t('document.making'), href: '/consolidar' },
          { text: t('document.article.short', { number: article.number }) },
        ]}
      />
      <PageTitle
        kicker={t('document.article.kicker', { number: article.number })}
        title={article.title}
        lead={article.summary || undefined}
        drawing={<AreaDrawing slug={article.area} size={3} />}
      />
      <Notice word={t('document.making.notice')}>
        {article.frozen ? (
          <a href={`/documento/v/${article.frozen.version}/art/${article.frozen.number}`}>
            {t('document.making.frozen', { n: article.frozen.version })}
          </a>
        ) : (
          t('document.making.never')
        )}
      </Notice>
      <Paragraphs text={article.text || t('document.making.no_text')} large />
      <ArticleFacts article={article} />
      <h2>{t('document.behind', { n: article.concerns.length })}</h2>
      {article.concerns.length === 0 ? <p>{t('document.behind.none')}</p> : null}
      <LinkList
        items={article.concerns.map((concern) => ({
          href: `/planteamientos/${concern.id}`,
          title: t('concerns.number', { n: concern.number }),
          line: opening(concern.words),
        }))}
      />
      <p>
        <a href={`/articulo/${article.id}/origen?obra=1`}>{t('document.origin.link')}</a>
      </p>
      {article.abilities.edit ? (
        <Button href={`/consolidar/articulo/${article.id}`} icon="pencil">
          {t('document.article.edit')}
        </Button>
      ) : null}
    </Page>
  );
}
