import { found } from '~/app/_form/found';
import { articleTitle } from '~/app/_form/labels';
import { ChangeLegend } from '~/app/_frame/change-legend';
import { Page } from '~/app/_frame/page';
import { PartPager } from '~/app/_frame/part-pager';
import { Breadcrumb } from '~/app/_ui/breadcrumb';
import { Button } from '~/app/_ui/button';
import { Card } from '~/app/_ui/card';
import { EmptyState } from '~/app/_ui/empty-state';
import { PageTitle } from '~/app/_ui/page-title';
import { caller, words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';
import { Difference } from '../../../../../../enmiendas/difference';
import { AmendmentPill, titleOf } from '../../../../../../enmiendas/words';

type Props = {
  params: Promise<{ number: string; article: string }>;
  searchParams: Promise<{ parte?: string }>;
};
type One = ForumOutputs['amendments']['ofArticle']['groups'][number][number];

async function Short({ one }: { one: One }) {
  const { t } = await words();
  return (
    <Card level={3} title={titleOf(t, one)} aside={<AmendmentPill t={t} one={one} />}>
      <p className="hint">{t('amendments.line', { by: one.by, n: one.backings })}</p>
      <Difference rows={one.difference.rows} />
      <p>
        <a href={`/enmiendas/${one.id}`}>
          {t(one.difference.more ? 'amendments.see.whole' : 'amendments.see')}
        </a>
      </p>
    </Card>
  );
}

/** The amendments to one article, marked in its words; what touches the same words stands together. */
export default async function AmendmentsOfArticle({ params, searchParams }: Props) {
  const { number, article: place } = await params;
  const { parte } = await searchParams;
  const { t } = await words();
  const forum = await caller();
  const shown = await found(() => forum.amendments.ofArticle({ number, article: place, page: parte }));
  const { article, version, groups, total } = shown;
  const here = `/documento/v/${number}/art/${place}`;
  return (
    <Page at="document">
      <Breadcrumb
        label={t('document.crumbs')}
        items={[
          { text: t('document.version', { n: number }), href: `/documento/v/${number}` },
          { text: articleTitle(t, article), href: here },
          { text: t('amendments.list') },
        ]}
      />
      <PageTitle title={t('amendments.list.n', { n: total })} kicker={articleTitle(t, article)} />
      {total === 0 ? (
        <EmptyState title={t('amendments.none')} line={t('amendments.none.line')} />
      ) : (
        <ChangeLegend />
      )}
      {groups.map((group) =>
        group.length === 1 ? (
          <Short key={group[0]!.id} one={group[0]!} />
        ) : (
          <section className="stack" key={group[0]!.id}>
            <h2>{t('amendments.together', { n: group.length })}</h2>
            {group.map((one) => (
              <Short key={one.id} one={one} />
            ))}
          </section>
        ),
      )}
      <PartPager part={shown.page} parts={shown.pages} href={(n) => `${here}/enmiendas?parte=${n}`} />
      {version.inForce ? (
        <Button kind="secondary" href={`${here}/enmendar`} icon="pencil">
          {t('amendments.propose')}
        </Button>
      ) : null}
    </Page>
  );
}
