import { found } from '~/app/_form/found';
import { Page } from '~/app/_frame/page';
import { Breadcrumb } from '~/app/_ui/breadcrumb';
import { Button } from '~/app/_ui/button';
import { EmptyState } from '~/app/_ui/empty-state';
import { LinkList } from '~/app/_ui/link-list';
import { PageTitle } from '~/app/_ui/page-title';
import { Pager } from '~/app/_ui/pager';
import { caller, words } from '~/server/caller';
import { AmendmentPill, titleOf } from '../../../../enmiendas/words';

type Props = { params: Promise<{ number: string }>; searchParams: Promise<{ pagina?: string }> };

/** Every amendment to a version, those that wait first. */
export default async function Amendments({ params, searchParams }: Props) {
  const { number } = await params;
  const { pagina } = await searchParams;
  const { t } = await words();
  const forum = await caller();
  const list = await found(() => forum.amendments.list({ number, page: pagina }));
  const names = list.version.inForce ? await forum.amendments.names() : [];
  return (
    <Page at="document">
      <Breadcrumb
        label={t('document.crumbs')}
        items={[
          { text: t('document.version', { n: number }), href: `/documento/v/${number}` },
          { text: t('amendments.list') },
        ]}
      />
      <PageTitle title={t('amendments.list.n', { n: list.total })} lead={t('amendments.list.lead')} />
      {list.total === 0 ? (
        <EmptyState title={t('amendments.none')} line={t('amendments.none.line')} />
      ) : (
        <LinkList
          label={t('amendments.list')}
          items={list.items.map((one) => ({
            href: `/enmiendas/${one.id}`,
            title: titleOf(t, one),
            line: t('amendments.line', { by: one.by, n: one.backings }),
            aside: <AmendmentPill t={t} one={one} />,
          }))}
        />
      )}
      <Pager
        label={t('amendments.list')}
        page={list.page}
        pages={list.pages}
        href={(n) => `/documento/v/${number}/enmiendas?pagina=${n}`}
        previous={t('drafts.pager.previous')}
        next={t('drafts.pager.next')}
        position={t('drafts.part.position', { page: list.page, pages: list.pages })}
      />
      {names.length > 0 ? (
        <Button kind="secondary" href={`/documento/v/${number}/enmendar`} icon="pencil">
          {t('amendments.add')}
        </Button>
      ) : null}
    </Page>
  );
}
