import { dateAndHour } from '~/app/_form/format';
import { found } from '~/app/_form/found';
import { Listen } from '~/app/_frame/listen';
import { Page } from '~/app/_frame/page';
import { StepDrawing } from '~/app/_ui/drawings/step-drawing';
import { Notice } from '~/app/_ui/notice';
import { PageTitle } from '~/app/_ui/page-title';
import { caller, requestContext, words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';
import { Denied } from '~/server/rule';
import { Ticket } from '../../_parts/ticket';
import { Asked, Sheet } from '../../_parts/without-signal';

type Detail = ForumOutputs['ballots']['detail'];

/** Why this page holds no ballot for who reads it; hidden by the script where this tab has one. */
async function Why({ ballot, open, ready }: { ballot: Detail; open: boolean; ready: boolean }) {
  const { t } = await words();
  const { actor } = await requestContext();
  if (!open) return <Notice word={t('ballots.vote.over')} />;
  if (ballot.onPaper) return <Notice word={t('ballots.paper.mine')}>{t('ballots.paper.mine.line')}</Notice>;
  if (actor.personId && !ready)
    return <Notice word={t('ballots.vote.others')}>{t('ballots.vote.others.line')}</Notice>;
  return (
    <div id="sin-boleto" hidden={ready}>
      <Notice word={t('ballots.offline.none')}>
        {t('ballots.offline.none.line')}{' '}
        <a href={`/entrar?a=/votaciones/${ballot.id}/sin-senal`}>{t('ballots.vote.enter.button')}</a>
      </Notice>
    </div>
  );
}

/**
 * A vote that can be made without a network. The page is the same for everybody, so that the worker may keep it; what
 * makes it somebody's is the ticket, which only a page of hers brings.
 */
export default async function WithoutSignal({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const { t, locale } = await words();
  const call = await caller();
  const { ballot, questions } = await found(async () => {
    const ballot = await call.ballots.detail({ id });
    if (ballot.method !== 'secret' || ballot.state === 'prepared') throw new Denied('not_found');
    return { ballot, questions: await call.ballots.questions({ id }) };
  });
  const { key, ticket } = await call.ballots.sealing({ id });
  return (
    <Page at="ballots">
      <PageTitle
        title={t('ballots.offline.title')}
        lead={t('ballots.offline.lead')}
        drawing={<StepDrawing name="ballot" size={4.5} />}
      />
      <Listen />
      <Why ballot={ballot} open={key !== null} ready={ticket !== null} />
      <div id="antes" className="stack">
        <p>
          <a href={`/votaciones/${id}`}>{ballot.title}</a>
        </p>
        <div id="no-puede" hidden>
          <Notice tone="warning" word={t('ballots.offline.unable')}>
            <a href={`/votaciones/${id}`}>{t('ballots.received.back')}</a>
          </Notice>
        </div>
        <noscript>
          <p>{t('ballots.offline.unable')}</p>
        </noscript>
        <div id="listo" hidden>
          <div className="stack">
            <Notice tone="success" word={t('ballots.offline.ready')}>
              {t('ballots.offline.ready.line')}
            </Notice>
            <button type="button" id="empieza" className="btn pri full">
              {t('ballots.vote.start')}
            </button>
          </div>
        </div>
        <div className="prose" data-said="">
          <p>{t('ballots.offline.rule.until', { when: dateAndHour(locale, new Date(ballot.closesAt)) })}</p>
          <p>{t('ballots.offline.rule.last')}</p>
          <p>{t('ballots.offline.rule.found')}</p>
          <p>{t('ballots.offline.rule.exit')}</p>
        </div>
        {ballot.abilities.vote ? (
          <a className="btn qui" href={`/votaciones/${id}`}>
            {t('ballots.offline.with')}
          </a>
        ) : null}
        <h2>{t('ballots.questions.title')}</h2>
      </div>
      <Asked questions={questions} version={ballot.version.number} />
      {key && !ballot.onPaper ? <Sheet id={id} /> : null}
      {ticket ? <Ticket id={id} /> : null}
    </Page>
  );
}
