import { departmentOptions } from '~/app/_form/labels';
import { baseLine } from '~/app/_frame/base-line';
import { Page } from '~/app/_frame/page';
import { Button } from '~/app/_ui/button';
import { Disclosure } from '~/app/_ui/disclosure';
import { StepDrawing } from '~/app/_ui/drawings/step-drawing';
import { EmptyState } from '~/app/_ui/empty-state';
import { FigureNumber, Figures } from '~/app/_ui/figure-number';
import { LinkList } from '~/app/_ui/link-list';
import { PageTitle } from '~/app/_ui/page-title';
import { Pager } from '~/app/_ui/pager';
import { Select } from '~/app/_ui/select';
import { TextField } from '~/app/_ui/text-field';
import { kinds } from '~/server/associations/schema';
import { caller, words } from '~/server/caller';

type Asked = Record<'q' | 'department' | 'kind' | 'page', string | undefined>;

export default async function Associations({ searchParams }: { searchParams: Promise<Asked> }) {
  const { t } = await words();
  const asked = await searchParams;
  const forum = await caller();
  const list = await forum.associations.list(
    asked as unknown as Parameters<typeof forum.associations.list>[0],
  );
  const delegates = await forum.associations.delegates();
  const filtered = Boolean(asked.department || asked.kind);
  const address = (page: number) => {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries({ ...asked, page: String(page) }))
      if (typeof value === 'string' && value) query.set(name, value);
    return `/asociaciones?${query}`;
  };
  return (
    <Page>
      <PageTitle
        title={t('associations.title')}
        lead={t('associations.lead')}
        drawing={<StepDrawing name="people" size={4.5} />}
      />
      {list.abilities.found ? (
        <Button href="/asociaciones/nueva" icon="plus">
          {t('associations.found.button')}
        </Button>
      ) : null}
      {delegates.count > 0 ? (
        <Figures>
          <FigureNumber value={String(delegates.count)} label={t('associations.delegates.count')} />
          <FigureNumber
            value={delegates.women === null ? '–' : `${delegates.women} %`}
            label={t('associations.desk.women')}
            note={delegates.women === null ? t('associations.women.few') : undefined}
          />
        </Figures>
      ) : null}
      <form className="form" method="get" action="/asociaciones">
        <TextField name="q" kind="search" label={t('associations.search')} value={asked.q} />
        <Disclosure summary={t('associations.search.more')} open={filtered}>
          <Select
            name="department"
            label={t('associations.filter.department')}
            empty={t('associations.filter.department.all')}
            value={asked.department}
            options={departmentOptions()}
          />
          <Select
            name="kind"
            label={t('associations.filter.kind')}
            empty={t('associations.filter.kind.all')}
            value={asked.kind}
            options={kinds.map((kind) => ({ value: kind, label: t(`associations.kind.${kind}`) }))}
          />
        </Disclosure>
        <Button kind="secondary">{t('associations.search.button')}</Button>
        {asked.q || filtered ? (
          <Button kind="quiet" href="/asociaciones">
            {t('associations.search.clear')}
          </Button>
        ) : null}
      </form>
      {list.items.length > 0 ? <h2>{t('associations.count', { n: list.total })}</h2> : null}
      {list.items.length === 0 ? (
        <EmptyState title={t('associations.none.title')} line={t('associations.none.line')} />
      ) : (
        <LinkList
          items={list.items.map((base) => ({
            href: `/asociaciones/${base.id}`,
            title: base.name,
            line: baseLine(t, base),
            aside:
              base.members === null ? null : (
                <span className="hint">{t('associations.members', { n: base.members })}</span>
              ),
          }))}
        />
      )}
      <Pager
        label={t('associations.pager')}
        page={list.page}
        pages={list.pages}
        href={address}
        previous={t('associations.pager.previous')}
        next={t('associations.pager.next')}
        position={t('associations.pager.position', { page: list.page, pages: list.pages })}
      />
    </Page>
  );
}
