import { found } from '~/app/_form/found';
import { areaTitle, placeTitle } from '~/app/_form/labels';
import { Page } from '~/app/_frame/page';
import { Bars } from '~/app/_ui/bars';
import { Button } from '~/app/_ui/button';
import { DefinitionList } from '~/app/_ui/definition-list';
import { PageTitle } from '~/app/_ui/page-title';
import { caller, words } from '~/server/caller';
import { Behind, Refused } from './concerns';
import { History } from './history';

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ obra?: string }> };

/** Where an article comes from: who stands behind it, what was not taken up and why, every step until today. */
export default async function Origin({ params, searchParams }: Props) {
  const { id } = await params;
  const making = (await searchParams).obra !== undefined;
  const { t, locale } = await words();
  const forum = await caller();
  const article = await found(() => forum.document.origin({ id, making }));
  const { behind, version, number } = article;
  const counted = (items: readonly { slug: string; n: number }[], name: (slug: string) => string) =>
    items.map(({ slug, n }) => t('document.behind.part', { name: name(slug), n })).join(' · ') || undefined;
  const address = version === null ? `/articulo/${id}?obra=1` : `/documento/v/${version}/art/${number!}`;
  return (
    <Page at="document">
      <PageTitle
        kicker={
          <a href={address}>
            {version === null
              ? t('document.origin.making')
              : t('document.origin.version', { number: number!, n: version })}{' '}
            · {article.title}
          </a>
        }
        title={t('document.origin')}
        lead={t('document.origin.lead')}
      />
      <section className="stack" id="grupos">
        <h2>{t('document.behind', { n: behind.total })}</h2>
        {behind.total === 0 ? (
          <p>{t('document.behind.none')}</p>
        ) : (
          <>
            <Bars
              label={t('document.origin.groups.label')}
              rows={behind.groups.map(({ slug, n }) => ({
                label: t(`document.coverage.group.${slug}`),
                value: n,
                text: t('document.origin.group.n', { n }),
                pattern: 1,
              }))}
            />
            <p>
              {t('document.origin.inside', { inside: behind.inside, outside: behind.outside })}{' '}
              {t('document.origin.womens', { n: behind.womens })}
            </p>
            <DefinitionList
              items={[
                {
                  term: t('document.origin.areas'),
                  value: counted(behind.areas, (slug) => areaTitle(locale, slug)),
                },
                { term: t('document.origin.departments'), value: counted(behind.departments, placeTitle) },
                { term: t('document.origin.bases'), value: behind.bases.join(' · ') || undefined },
              ]}
            />
            <p className="hint">{t('document.origin.people')}</p>
            <Behind behind={behind} />
          </>
        )}
      </section>
      <Refused article={article} />
      <History article={article} />
      <div className="row">
        <Button kind="secondary" href={address} icon="arrowLeft">
          {t('document.origin.back')}
        </Button>
        {article.abilities.working && !article.making ? (
          <Button kind="quiet" href={`/articulo/${id}/origen?obra=1`}>
            {t('document.origin.see.making')}
          </Button>
        ) : null}
      </div>
    </Page>
  );
}
