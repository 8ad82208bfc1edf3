import type { Metadata } from 'next';
import { cache } from 'react';
import { found } from '~/app/_form/found';
import { areaTitle, articleTitle } from '~/app/_form/labels';
import { ArticleText } from '~/app/_frame/article-text';
import { Listen } from '~/app/_frame/listen';
import { Page } from '~/app/_frame/page';
import { ThreadOfArticle } from '~/app/_frame/thread-of';
import { Breadcrumb } from '~/app/_ui/breadcrumb';
import { Button } from '~/app/_ui/button';
import { AreaDrawing } from '~/app/_ui/drawings/area-drawing';
import { Notice } from '~/app/_ui/notice';
import { PageTitle } from '~/app/_ui/page-title';
import { Seal } from '~/app/_ui/seal';
import { WhyItWentBack } from '~/app/(foro)/votaciones/_parts/reasons';
import { caller, words } from '~/server/caller';
import { ArticleFacts } from '../../../../article-facts';
import { preview } from '../../../../preview';
import { Provenance } from '../../../../provenance';
import { comparison, OfficialResponses } from '../../../../responses';
import { Voices } from '../../../../voices';

type Props = { params: Promise<{ number: string; article: string }> };

const load = cache((number: string, article: string) =>
  found(async () => (await caller()).document.article({ number, article })),
);

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { number, article } = await params;
  const found = await load(number, article);
  const { t } = await words();
  return preview(articleTitle(t, found), found.summary || t('document.lead'));
}

export default async function FrozenArticle({ params }: Props) {
  const { number, article: place } = await params;
  const { t, locale } = await words();
  const article = await load(number, place);
  const { version, elsewhere } = article;
  const latest = elsewhere[0];
  const earlier = elsewhere.find((other) => version.number > other.version);
  const at = (n: number) => `/documento/v/${version.number}/art/${n}`;
  return (
    <Page at="document">
      <Breadcrumb
        label={t('document.crumbs')}
        items={[
          {
            text: t('document.version', { n: version.number }),
            href: version.inForce ? '/documento' : `/documento/v/${version.number}`,
          },
          { text: areaTitle(locale, article.area), href: `/documento/v/${version.number}#${article.area}` },
          { text: t('document.article.short', { number: article.number }) },
        ]}
      />
      <PageTitle
        kicker={t('document.article.kicker', { number: article.number })}
        title={article.title}
        lead={article.summary || undefined}
        drawing={<AreaDrawing slug={article.area} size={3} />}
      />
      {version.inForce ? null : (
        <Notice tone="warning" word={t('document.article.old', { n: version.number })}>
          {latest && latest.version > version.number ? (
            <a href={`/documento/v/${latest.version}/art/${latest.number}`}>
              {t('document.article.newer', { n: latest.version })}
            </a>
          ) : (
            t('document.article.gone')
          )}
        </Notice>
      )}
      <Listen />
      <div data-said="">
        <ArticleText text={article.text} references={article.references} href={({ number }) => at(number)} />
      </div>
      <ThreadOfArticle id={article.id} />
      <ArticleFacts article={article} />
      <WhyItWentBack articleId={article.articleId} />
      <Provenance article={article} />
      <Voices article={article} />
      <OfficialResponses article={article} />
      <Seal label={t('document.article.seal')} hash={article.sha256} hint={t('document.article.seal.hint')} />
      {elsewhere.length > 0 ? (
        <p>
          {t('document.article.elsewhere')}{' '}
          {elsewhere.map((other) => (
            <a key={other.version} href={`/documento/v/${other.version}/art/${other.number}`}>
              {t('document.version', { n: other.version })}
            </a>
          ))}
        </p>
      ) : null}
      {earlier ? (
        <p>
          <a href={comparison(article.articleId, earlier.version, version.number)}>
            {t('document.compare.article', { n: earlier.version })}
          </a>
        </p>
      ) : null}
      {latest && latest.version > version.number ? (
        <p>
          <a href={comparison(article.articleId, version.number, latest.version)}>
            {t('document.compare.now', { n: latest.version })}
          </a>
        </p>
      ) : null}
      <nav className="row" aria-label={t('document.neighbours')}>
        {article.previous ? (
          <Button kind="secondary" href={at(article.previous)} icon="arrowLeft">
            {t('document.article.short', { number: article.previous })}
          </Button>
        ) : null}
        {article.next ? (
          <Button kind="secondary" href={at(article.next)} after="arrowRight">
            {t('document.article.short', { number: article.next })}
          </Button>
        ) : null}
      </nav>
      {article.abilities.edit ? (
        <Button kind="quiet" href={`/consolidar/articulo/${article.articleId}`} icon="pencil">
          {t('document.article.edit')}
        </Button>
      ) : null}
    </Page>
  );
}
