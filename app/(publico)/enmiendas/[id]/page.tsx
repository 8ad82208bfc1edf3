import { dayInWords } from '~/app/_form/format';
import { found } from '~/app/_form/found';
import { areaTitle, articleTitle } from '~/app/_form/labels';
import { ChangeLegend } from '~/app/_frame/change-legend';
import { Page } from '~/app/_frame/page';
import { PartPager } from '~/app/_frame/part-pager';
import { Breadcrumb } from '~/app/_ui/breadcrumb';
import { DefinitionList } from '~/app/_ui/definition-list';
import { Notice } from '~/app/_ui/notice';
import { PageTitle } from '~/app/_ui/page-title';
import { Paragraphs } from '~/app/_ui/paragraphs';
import { caller, words } from '~/server/caller';
import { Difference } from '../difference';
import { AmendmentPill, titleOf } from '../words';
import { Backing } from './backing';
import { Deciding } from './deciding';
import { Outcome } from './outcome';

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ parte?: string; hecho?: string }> };
const done = ['propuesta', 'apoyada', 'sin-apoyo', 'retirada', 'acogida', 'no-acogida'] as const;

/** One amendment: what it changes, why, in whose name, who stands behind it, and what came of it. */
export default async function Amendment({ params, searchParams }: Props) {
  const { id } = await params;
  const { parte, hecho } = await searchParams;
  const { t, locale } = await words();
  const forum = await caller();
  const one = await found(() => forum.amendments.detail({ id, page: parte }));
  const news = done.find((word) => word === hecho);
  const place = one.article
    ? { text: articleTitle(t, one.article), href: `/documento/v/${one.version}/art/${one.article.number}` }
    : { text: areaTitle(locale, one.area), href: `/documento/v/${one.version}#${one.area}` };
  return (
    <Page at="document">
      <Breadcrumb
        label={t('document.crumbs')}
        items={[
          { text: t('document.version', { n: one.version }), href: `/documento/v/${one.version}` },
          place,
          { text: t('amendments.one') },
        ]}
      />
      {news ? <Notice tone="success" live word={t(`amendments.done.${news}`)} /> : null}
      <PageTitle
        title={titleOf(t, one)}
        kicker={t('amendments.by', { by: one.by, day: dayInWords(locale, one.day) })}
        lead={<AmendmentPill t={t} one={one} />}
      />
      <Outcome one={one} />
      <section className="stack">
        <h2>{t(`amendments.what.${one.kind}`)}</h2>
        {one.kind === 'add' ? (
          <p>
            {one.after
              ? t('amendments.after', { article: articleTitle(t, one.after) })
              : t('amendments.after.first', { area: areaTitle(locale, one.area) })}
          </p>
        ) : (
          <ChangeLegend />
        )}
        <Difference rows={one.rows} />
        <PartPager part={one.page} parts={one.pages} href={(n) => `/enmiendas/${id}?parte=${n}`} />
      </section>
      <section className="stack">
        <h2>{t('amendments.why.title')}</h2>
        <Paragraphs text={one.why} />
        <DefinitionList
          items={[
            { term: t('amendments.name'), value: one.by },
            ...(one.actaReference
              ? [
                  {
                    term: t('amendments.acta.short'),
                    value: t('amendments.acta.line', {
                      acta: one.actaReference,
                      day: dayInWords(locale, one.actaDate!),
                    }),
                  },
                ]
              : []),
            ...(one.firstVersion === one.version
              ? []
              : [{ term: t('amendments.first'), value: t('document.version', { n: one.firstVersion }) }]),
          ]}
        />
      </section>
      <Backing one={one} />
      <Deciding one={one} />
    </Page>
  );
}
