import { Page } from '~/app/_frame/page';
import { Button } from '~/app/_ui/button';
import { Disclosure } from '~/app/_ui/disclosure';
import { StepDrawing } from '~/app/_ui/drawings/step-drawing';
import { EmptyState } from '~/app/_ui/empty-state';
import { LinkList } from '~/app/_ui/link-list';
import { PageTitle } from '~/app/_ui/page-title';
import { Select } from '~/app/_ui/select';
import { type State, StatePill } from '~/app/_ui/state-pill';
import { TextField } from '~/app/_ui/text-field';
import { caller, words } from '~/server/caller';
import { kinds } from '~/server/library/schema';

type Asked = Partial<Record<'q' | 'country' | 'kind', string>>;

const pillOf = {
  vigente: 'done',
  derogada: 'refused',
  proyecto: 'moving',
  'por-verificar': 'open',
} as const satisfies Record<string, State>;

export default async function Library({ searchParams }: { searchParams: Promise<Asked> }) {
  const { t, locale } = await words();
  const asked = await searchParams;
  const forum = await caller();
  const { items } = await forum.library.list(asked as Parameters<typeof forum.library.list>[0]);
  return (
    <Page>
      <PageTitle
        title={t('library.title')}
        lead={t('library.lead')}
        drawing={<StepDrawing name="library" size={4.5} />}
      />
      <form className="form" method="get" action="/biblioteca">
        <TextField name="q" kind="search" label={t('library.search')} value={asked.q} />
        <Disclosure summary={t('library.more')} open={Boolean(asked.country || asked.kind)}>
          <Select
            name="country"
            label={t('library.country')}
            empty={t('library.country.all')}
            value={asked.country}
            options={(['PE', 'BO', 'INT'] as const).map((one) => ({
              value: one,
              label: t(`library.country.${one}`),
            }))}
          />
          <Select
            name="kind"
            label={t('library.kind')}
            empty={t('library.kind.all')}
            value={asked.kind}
            options={kinds.map((one) => ({ value: one, label: t(`library.kind.${one}`) }))}
          />
        </Disclosure>
        <Button kind="secondary">{t('library.search.button')}</Button>
      </form>
      {items.length === 0 ? (
        <EmptyState title={t('library.none')}>
          <Button kind="secondary" href="/biblioteca">
            {t('library.all')}
          </Button>
        </EmptyState>
      ) : (
        <LinkList
          items={items.map((item) => ({
            href: `/biblioteca/${item.slug}`,
            title: item.title,
            line: item.oneLiner[locale],
            aside: <StatePill state={pillOf[item.status]}>{t(`library.status.${item.status}`)}</StatePill>,
          }))}
        />
      )}
    </Page>
  );
}
