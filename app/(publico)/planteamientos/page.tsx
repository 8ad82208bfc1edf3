import { areaOptions, barrierOptions, departmentOptions } from '~/app/_form/labels';
import { concernRow } from '~/app/_frame/concern-row';
import { Page } from '~/app/_frame/page';
import { Button } from '~/app/_ui/button';
import { Disclosure } from '~/app/_ui/disclosure';
import { EmptyState } from '~/app/_ui/empty-state';
import { LinkList } from '~/app/_ui/link-list';
import { PageTitle } from '~/app/_ui/page-title';
import { Pager } from '~/app/_ui/pager';
import { Select } from '~/app/_ui/select';
import { TextField } from '~/app/_ui/text-field';
import { caller, words } from '~/server/caller';
import { groupKinds, states } from '~/server/concerns/rules/board';

type Asked = Record<'q' | 'area' | 'department' | 'state' | 'barrier' | 'kind' | 'page', string | undefined>;

export default async function Concerns({ searchParams }: { searchParams: Promise<Asked> }) {
  const { t, locale } = await words();
  const asked = await searchParams;
  const forum = await caller();
  const [board, list] = await Promise.all([
    forum.concerns.board(),
    forum.concerns.list(asked as unknown as Parameters<typeof forum.concerns.list>[0]),
  ]);
  const filtered = [asked.area, asked.department, asked.state, asked.barrier, asked.kind].some(Boolean);
  const address = (page: number) => {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries({ ...asked, page: String(page) }))
      if (typeof value === 'string' && value) query.set(name, value);
    return `/planteamientos?${query}`;
  };
  return (
    <Page at="concerns">
      <PageTitle title={t('concerns.title')} lead={t('concerns.board', { ...board, rows: 0, by: '' })} />
      <p>
        <a href="/planteamientos/tablero">{t('concerns.board.open')}</a>
      </p>
      <Button href="/planteamientos/nuevo">{t('concerns.raise.button')}</Button>
      <form className="form" method="get" action="/planteamientos">
        <TextField name="q" kind="search" label={t('concerns.search')} value={asked.q} />
        <Disclosure summary={t('concerns.search.more')} open={filtered}>
          <Select
            name="area"
            label={t('concerns.filter.area')}
            empty={t('concerns.filter.area.all')}
            value={asked.area}
            options={areaOptions(locale)}
          />
          <Select
            name="department"
            label={t('concerns.filter.department')}
            empty={t('concerns.filter.department.all')}
            value={asked.department}
            options={departmentOptions()}
          />
          <Select
            name="state"
            label={t('concerns.filter.state')}
            empty={t('concerns.filter.state.all')}
            value={asked.state}
            options={states.map((state) => ({ value: state, label: t(`concerns.state.${state}`) }))}
          />
          <Select
            name="barrier"
            label={t('concerns.filter.barrier')}
            empty={t('concerns.filter.barrier.all')}
            value={asked.barrier}
            options={barrierOptions(locale)}
          />
          <Select
            name="kind"
            label={t('concerns.filter.kind')}
            empty={t('concerns.filter.kind.all')}
            value={asked.kind}
            options={groupKinds.map((kind) => ({ value: kind, label: t(`concerns.kind.${kind}`) }))}
          />
        </Disclosure>
        <Button kind="secondary" type="submit">
          {t('concerns.search.button')}
        </Button>
        {asked.q || filtered ? (
          <Button kind="quiet" href="/planteamientos">
            {t('concerns.search.clear')}
          </Button>
        ) : null}
      </form>
      {list.items.length > 0 ? <h2>{t('concerns.count', { n: list.total })}</h2> : null}
      {list.items.length === 0 ? (
        <EmptyState title={t('concerns.none.title')} line={t('concerns.none.line')} />
      ) : (
        <LinkList items={list.items.map((concern) => concernRow(t, locale, concern))} />
      )}
      <Pager
        label={t('concerns.pager')}
        page={list.page}
        pages={list.pages}
        href={address}
        previous={t('concerns.pager.previous')}
        next={t('concerns.pager.next')}
        position={t('concerns.pager.position', { page: list.page, pages: list.pages })}
      />
    </Page>
  );
}
