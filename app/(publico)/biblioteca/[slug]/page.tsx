import { found } from '~/app/_form/found';
import { areaTitle } from '~/app/_form/labels';
import { Page } from '~/app/_frame/page';
import { DefinitionList } from '~/app/_ui/definition-list';
import { StepDrawing } from '~/app/_ui/drawings/step-drawing';
import { LinkList } from '~/app/_ui/link-list';
import { Notice } from '~/app/_ui/notice';
import { PageTitle } from '~/app/_ui/page-title';
import { caller, words } from '~/server/caller';

export default async function LibraryItem({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const { t, locale } = await words();
  const forum = await caller();
  const item = await found(() => forum.library.item({ slug }));
  const citing = await forum.thread.citing({ slug });
  return (
    <Page>
      <PageTitle
        kicker={t(`library.kind.${item.kind}`)}
        title={item.title}
        lead={item.oneLiner[locale]}
        drawing={<StepDrawing name="library" size={4.5} />}
      />
      {item.verified ? null : <Notice tone="warning" word={t('library.unverified')} />}
      <DefinitionList
        items={[
          { term: t('library.country'), value: t(`library.country.${item.country}`) },
          { term: t('library.date'), value: item.date ?? undefined },
          { term: t('library.status'), value: t(`library.status.${item.status}`) },
          { term: t('library.source'), value: item.source },
          { term: t('library.checked'), value: item.checked },
          {
            term: t('library.areas'),
            value: item.areas.map((area) => areaTitle(locale, area)).join(' · ') || undefined,
          },
        ]}
      />
      {citing.length > 0 ? (
        <>
          <h2>{t('library.citing')}</h2>
          <LinkList
            items={citing.map((article) => ({
              href: `/documento/v/${article.version}/art/${article.number}`,
              title: t('thread.article.title', article),
            }))}
          />
        </>
      ) : null}
    </Page>
  );
}
