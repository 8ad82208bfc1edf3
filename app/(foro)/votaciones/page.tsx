import { dateAndHour } from '~/app/_form/format';
import { Page } from '~/app/_frame/page';
import { Button } from '~/app/_ui/button';
import { StepDrawing } from '~/app/_ui/drawings/step-drawing';
import { EmptyState } from '~/app/_ui/empty-state';
import { LinkList } from '~/app/_ui/link-list';
import { PageTitle } from '~/app/_ui/page-title';
import { Pager } from '~/app/_ui/pager';
import { StatePill } from '~/app/_ui/state-pill';
import { caller, words } from '~/server/caller';
import { Counting } from './_parts/counting';
import { pillOf } from './_parts/words';

export default async function Ballots({ searchParams }: { searchParams: Promise<{ pagina?: string }> }) {
  const { t, locale } = await words();
  const { pagina } = await searchParams;
  const found = await (await caller()).ballots.list({ page: Number(pagina ?? 1) });
  return (
    <Page at="ballots">
      <PageTitle
        title={t('ballots.title')}
        lead={t('ballots.lead')}
        drawing={<StepDrawing name="ballot" size={4.5} />}
      />
      {found.abilities.prepare ? (
        <Button href="/votaciones/nueva" icon="plus">
          {t('ballots.new')}
        </Button>
      ) : null}
      {found.items.length === 0 ? (
        <EmptyState title={t('ballots.none')} line={t('ballots.none.line')} />
      ) : (
        <LinkList
          label={t('ballots.title')}
          items={found.items.map((ballot) => ({
            href:
              ballot.state === 'closed' ? `/votaciones/${ballot.id}/resultado` : `/votaciones/${ballot.id}`,
            title: ballot.title,
            line: t(ballot.state === 'closed' ? 'ballots.list.line.closed' : 'ballots.list.line', {
              version: ballot.version.number,
              when: dateAndHour(locale, new Date(ballot.closesAt)),
            }),
            aside: <StatePill state={pillOf[ballot.state]}>{t(`ballots.state.${ballot.state}`)}</StatePill>,
          }))}
        />
      )}
      {found.items
        .filter(({ state, method }) => state === 'open' && method === 'secret')
        .map(({ id, title }) => (
          <Button key={id} kind="quiet" href={`/votaciones/${id}/sin-senal`}>
            {t('ballots.offline.link', { title })}
          </Button>
        ))}
      <Counting />
      <Pager
        label={t('ballots.list.pages')}
        page={found.page}
        pages={found.pages}
        href={(n) => `/votaciones?pagina=${n}`}
        previous={t('ballots.page.previous')}
        next={t('ballots.page.next')}
        position={t('ballots.page.position', { page: found.page, pages: found.pages })}
      />
    </Page>
  );
}
