import { listInWords } from '~/app/_form/format';
import { found } from '~/app/_form/found';
import { formState } from '~/app/_form/submit';
import { Page } from '~/app/_frame/page';
import { Button } from '~/app/_ui/button';
import { EmptyState } from '~/app/_ui/empty-state';
import { Notice } from '~/app/_ui/notice';
import { PageTitle } from '~/app/_ui/page-title';
import { Pager } from '~/app/_ui/pager';
import { TextField } from '~/app/_ui/text-field';
import { caller, words } from '~/server/caller';
import { findTracker } from '../actions';

/** The form to look one's receipt up, and its plain answer. */
async function Search({ id }: { id: string }) {
  const { t, locale } = await words();
  const form = await formState('tracker');
  const answer = form.value('answer');
  const tracker = form.value('tracker') ?? '';
  const unknown = listInWords(
    locale,
    form.values('unknown').map((word) => `«${word}»`),
  );
  return (
    <>
      {answer === 'found' ? (
        <Notice tone="success" live word={t('ballots.trackers.found')}>
          {t('ballots.trackers.found.line', { tracker })}
        </Notice>
      ) : null}
      {answer === 'missing' ? (
        <Notice tone="warning" live word={t('ballots.trackers.missing')}>
          {t('ballots.trackers.missing.line')}
        </Notice>
      ) : null}
      <form className="form" action={findTracker} autoComplete="off">
        <input type="hidden" name="id" value={id} />
        <TextField
          name="words"
          required
          label={t('ballots.trackers.search')}
          hint={t('ballots.trackers.search.hint')}
          value={form.value('words')}
          error={
            answer === 'unknown'
              ? t('ballots.trackers.unknown', { words: unknown })
              : answer === 'five'
                ? t('ballots.trackers.five')
                : form.error('words')
          }
        />
        <Button kind="secondary">{t('ballots.trackers.search.send')}</Button>
      </form>
    </>
  );
}

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
      {list.total > 0 ? <Search id={id} /> : null}
      <p className="hint">{t('ballots.trackers.why')}</p>
      {list.total === 0 ? (
        <EmptyState title={t('ballots.trackers.none')} />
      ) : (
        <ul className="grid gap-1">
          {list.trackers.map((tracker) => (
            <li key={tracker} className="border-b-2 border-wool pb-1">
              {tracker}
            </li>
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
