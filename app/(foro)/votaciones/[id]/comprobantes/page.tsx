import { found } from '~/app/_form/found';
import { Page } from '~/app/_frame/page';
import { Button } from '~/app/_ui/button';
import { EmptyState } from '~/app/_ui/empty-state';
import { PageTitle } from '~/app/_ui/page-title';
import { Pager } from '~/app/_ui/pager';
import { caller, words } from '~/server/caller';

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ pagina?: string }> };

export default async function Trackers({ params, searchParams }: Props) {
  const { id } = await params;
  const { pagina } = await searchParams;
  const { t } = await words();
  const call = await caller();
  const list = await found(() => call.ballots.trackers({ id, page: Number(pagina ?? 1) }));
  return (
    <Page at="ballots">
      <PageTitle title={t('ballots.trackers.title')} lead={t('ballots.trackers.lead')} />
      <p className="hint">{t('ballots.trackers.why')}</p>
      {list.total === 0 ? (
        <EmptyState title={t('ballots.trackers.none')} />
      ) : (
        <ul className="grid gap-1">
          {list.trackers.map((tracker) => (
            <li key={tracker}>{tracker}</li>
          ))}
        </ul>
      )}
      <Pager
        label={t('ballots.trackers.pages')}
        page={list.page}
        pages={list.pages}
        href={(n) => `/votaciones/${id}/comprobantes?pagina=${n}`}
        previous={t('ballots.page.previous')}
        next={t('ballots.page.next')}
        position={t('ballots.page.position', { page: list.page, pages: list.pages })}
      />
      <Button kind="quiet" href={`/votaciones/${id}/resultado`}>
        {t('ballots.result.see')}
      </Button>
    </Page>
  );
}
