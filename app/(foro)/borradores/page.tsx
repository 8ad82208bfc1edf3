import { shortDate } from '~/app/_form/format';
import { found } from '~/app/_form/found';
import { Page } from '~/app/_frame/page';
import { Button } from '~/app/_ui/button';
import { EmptyState } from '~/app/_ui/empty-state';
import { LinkList } from '~/app/_ui/link-list';
import { PageTitle } from '~/app/_ui/page-title';
import { Pager } from '~/app/_ui/pager';
import { StatePill } from '~/app/_ui/state-pill';
import { caller, words } from '~/server/caller';

type Asked = { page?: string; state?: 'open' | 'closed' };

export default async function Drafts({ searchParams }: { searchParams: Promise<Asked> }) {
  const asked = await searchParams;
  const { t, locale } = await words();
  const forum = await caller();
  const list = await found(() => forum.drafts.list(asked as unknown as { page: number }));
  const homes = await forum.drafts.homes();
  return (
    <Page>
      <PageTitle title={t('drafts.title')} lead={t('drafts.lead')} />
      {homes.length > 0 ? <Button href="/borradores/nuevo">{t('drafts.new')}</Button> : null}
      {list.items.length === 0 ? (
        <EmptyState title={t('drafts.none.title')} line={t('drafts.none.line')} />
      ) : (
        <LinkList
          label={t('drafts.title')}
          items={list.items.map((draft) => ({
            href: `/borradores/${draft.id}`,
            title: draft.title,
            line: t('drafts.line', {
              space: draft.space,
              n: draft.concerns,
              day: shortDate(locale, new Date(`${draft.day}T12:00:00Z`)),
            }),
            aside: (
              <StatePill state={draft.state === 'open' ? 'moving' : 'closed'}>
                {t(`drafts.state.${draft.state}`)}
              </StatePill>
            ),
          }))}
        />
      )}
      <Pager
        label={t('drafts.pager')}
        page={list.page}
        pages={list.pages}
        href={(page) => `/borradores?page=${page}`}
        previous={t('drafts.pager.previous')}
        next={t('drafts.pager.next')}
        position={t('drafts.pager.position', { page: list.page, pages: list.pages })}
      />
    </Page>
  );
}
