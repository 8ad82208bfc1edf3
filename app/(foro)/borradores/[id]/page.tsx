import { listInWords } from '~/app/_form/format';
import { found } from '~/app/_form/found';
import { formState } from '~/app/_form/submit';
import { Page } from '~/app/_frame/page';
import { PartPager } from '~/app/_frame/part-pager';
import { ThreadOfDraft } from '~/app/_frame/thread-of';
import { Button } from '~/app/_ui/button';
import { EmptyState } from '~/app/_ui/empty-state';
import { Notice } from '~/app/_ui/notice';
import { PageTitle } from '~/app/_ui/page-title';
import { StatePill } from '~/app/_ui/state-pill';
import { caller, words } from '~/server/caller';
import { partOfLines } from '~/server/drafts/rules/parts';
import { Lines, says } from '../_parts/lines';
import { Beside, markOf } from './beside';
import { DraftActs } from './draft-acts';
import { DraftConcerns } from './draft-concerns';
import { DraftForm } from './draft-form';

type Asked = {
  editar?: string;
  guardado?: string;
  planteamientos?: string;
  revisar?: string;
  parte?: string;
};
type Props = { params: Promise<{ id: string }>; searchParams: Promise<Asked> };

export default async function Draft({ params, searchParams }: Props) {
  const { id } = await params;
  const asked = await searchParams;
  const { t, locale } = await words();
  const draft = await found(async () => (await caller()).drafts.detail({ id }));
  const failed = (await formState('write')).failed;
  const writing = draft.abilities.edit && (failed || asked.editar !== undefined);
  const choosing = draft.abilities.suggest && asked.revisar !== undefined;
  const part = partOfLines(draft.lines, Number(asked.parte) || 1);
  const shown = draft.lines.slice(part.from, part.to);
  const here = (query: string) => `/borradores/${id}?${part.part > 1 ? `parte=${part.part}&` : ''}${query}`;
  const { bases, free } =
    draft.space.kind === 'association'
      ? { bases: [draft.space.title], free: 0 }
      : (draft.writers ?? { bases: [], free: 0 });
  const names = [...bases, ...(free > 0 ? [t('drafts.writers.free', { n: free })] : [])];
  const nobody = t(draft.writers ? 'drafts.writers.none' : 'drafts.writers.off');
  return (
    <Page>
      {asked.guardado !== undefined ? <Notice tone="success" live word={t('drafts.form.done')} /> : null}
      <PageTitle
        title={draft.title}
        kicker={<a href={`/mesas/${draft.space.id}`}>{draft.space.title}</a>}
        lead={
          <StatePill state={draft.state === 'open' ? 'moving' : 'closed'}>
            {t(`drafts.state.${draft.state}`)}
          </StatePill>
        }
      />
      {writing ? (
        <DraftForm draft={draft} part={part} />
      ) : (
        <>
          {draft.abilities.edit || draft.abilities.suggest ? (
            <div className="row noprint">
              {draft.abilities.edit ? (
                <>
                  <Button href={`/borradores/${id}/editar`}>{t('drafts.together')}</Button>
                  <Button kind="secondary" href={here('editar=1')}>
                    {t('drafts.form.open')}
                  </Button>
                </>
              ) : null}
              {draft.abilities.suggest ? (
                <Button
                  kind="secondary"
                  href={says(draft.lines) ? here(choosing ? '' : 'revisar=1') : `/borradores/${id}/parrafo/0`}
                >
                  {t(choosing ? 'drafts.desk.suggest.stop' : 'drafts.desk.suggest')}
                </Button>
              ) : null}
            </div>
          ) : null}
          {choosing && says(draft.lines) ? <p className="hint">{t('drafts.desk.suggest.hint')}</p> : null}
          {says(draft.lines) ? (
            <>
              <Lines lines={shown} first={part.from} beside={await markOf(draft, choosing)} />
              <PartPager
                part={part.part}
                parts={part.parts}
                href={(n) => `/borradores/${id}?parte=${n}${choosing ? '&revisar=1' : ''}`}
              />
            </>
          ) : (
            <EmptyState title={t('drafts.text.none')} line={t('drafts.text.none.line')} />
          )}
        </>
      )}
      <Beside draft={draft} />
      <h2>{t('drafts.writers')}</h2>
      <p>{names.length > 0 ? listInWords(locale, names) : nobody}</p>
      <DraftConcerns draft={draft} choosing={asked.planteamientos !== undefined} />
      <h2>{t('drafts.thread')}</h2>
      <ThreadOfDraft id={id} />
      <DraftActs draft={draft} />
    </Page>
  );
}
