import { groupName } from '~/app/_frame/concern-row';
import { Page } from '~/app/_frame/page';
import { Button } from '~/app/_ui/button';
import { EmptyState } from '~/app/_ui/empty-state';
import { LinkList } from '~/app/_ui/link-list';
import { Notice } from '~/app/_ui/notice';
import { PageTitle } from '~/app/_ui/page-title';
import { Pager } from '~/app/_ui/pager';
import { caller, words } from '~/server/caller';

type Props = { searchParams: Promise<{ page?: string; hecho?: string }> };

export default async function Groups({ searchParams }: Props) {
  const { t } = await words();
  const asked = await searchParams;
  const list = await (await caller()).concerns.groups({ page: Number(asked.page) || 1 });
  return (
    <Page at="concerns">
      {asked.hecho === 'deshecho' ? (
        <Notice tone="success" live word={t('concerns.groups.done.deshecho')} />
      ) : null}
      <PageTitle title={t('concerns.groups')} lead={t('concerns.groups.lead')} />
      {list.abilities.arrange ? (
        <Button href="/planteamientos/parecidos/por-ver">{t('concerns.likes.open')}</Button>
      ) : null}
      {list.items.length === 0 ? (
        <EmptyState title={t('concerns.groups.none')} />
      ) : (
        <LinkList
          items={list.items.map((group) => ({
            href: `/planteamientos/parecidos/${group.id}`,
            title: groupName(group),
            line: t('concerns.groups.line', { n: group.n, placed: group.placed }),
          }))}
        />
      )}
      <Pager
        label={t('concerns.groups.pager')}
        page={list.page}
        pages={list.pages}
        href={(page) => `/planteamientos/parecidos?page=${page}`}
        previous={t('concerns.pager.previous')}
        next={t('concerns.pager.next')}
        position={t('concerns.pager.position', { page: list.page, pages: list.pages })}
      />
    </Page>
  );
}
