import { redirect } from 'next/navigation';
import { BigAction } from '~/app/_ui/big-action';
import { Button } from '~/app/_ui/button';
import { StepDrawing } from '~/app/_ui/drawings/step-drawing';
import { Notice } from '~/app/_ui/notice';
import { requestContext, words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';
import { vote } from '../[id]/vote';
import { ByEar } from './ear';

type Detail = ForumOutputs['ballots']['detail'];

/** The two ways to begin a sheet. */
async function Start({ id, again }: { id: string; again: boolean }) {
  const { t } = await words();
  return (
    <form className="row" action={vote} data-ear="start">
      <input type="hidden" name="id" value={id} />
      <Button name="go" value="start">
        {t(again ? 'ballots.vote.again' : 'ballots.vote.start')}
      </Button>
      <Button kind="quiet" name="go" value="same">
        {t('ballots.vote.same')}
      </Button>
      <ByEar />
    </form>
  );
}

/** What this person can do here now: vote, vote again, sign in, see the result; or what she waits for. */
export async function Voting({ ballot, questions }: { ballot: Detail; questions: number }) {
  const { t } = await words();
  const { actor } = await requestContext();
  if (ballot.annulled)
    return (
      <Notice tone="warning" word={t('ballots.annulled')}>
        {t('ballots.annulled.line', { reason: ballot.annulled })}
      </Notice>
    );
  if (ballot.lost)
    return (
      <Notice tone="warning" word={t('ballots.lost')}>
        {t('ballots.lost.line')}
      </Notice>
    );
  if (ballot.state === 'closed')
    return <Button href={`/votaciones/${ballot.id}/resultado`}>{t('ballots.result.see')}</Button>;
  if (ballot.urns)
    return <Notice word={t('ballots.paper.waiting')}>{t('ballots.paper.waiting.line')}</Notice>;
  if (ballot.onPaper) return <Notice word={t('ballots.paper.mine')}>{t('ballots.paper.mine.line')}</Notice>;
  if (ballot.late) return <Notice tone="warning" word={t('ballots.vote.late')} />;
  if (ballot.state === 'prepared') return <Notice word={t('ballots.vote.not_yet')} />;
  if (ballot.state === 'closing' || Date.now() >= Date.parse(ballot.closesAt))
    return <Notice word={t('ballots.vote.counting')} />;
  if (ballot.abilities.vote && ballot.mine?.voted === null)
    return <Notice tone="warning" word={t('ballots.vote.unknown')} />;
  if (ballot.abilities.vote)
    return (
      <BigAction
        drawing={<StepDrawing name="ballot" size={5} />}
        title={t(ballot.mine?.voted ? 'ballots.vote.again.title' : 'ballots.vote.title')}
        line={ballot.mine?.voted ? t('ballots.vote.again.line') : t('ballots.vote.line', { n: questions })}
      >
        <Start id={ballot.id} again={ballot.mine?.voted ?? false} />
      </BigAction>
    );
  if (!actor.personId)
    return (
      <Notice word={t('ballots.vote.enter')}>
        <Button kind="secondary" href={`/entrar?a=/votaciones/${ballot.id}`}>
          {t('ballots.vote.enter.button')}
        </Button>
      </Notice>
    );
  return <Notice word={t('ballots.vote.others')}>{t('ballots.vote.others.line')}</Notice>;
}

/** After the cast, or where «Back» brought up a sheet whose key is gone: nothing of it is left. */
export async function Spent({ ballot }: { ballot: Detail }) {
  if (!ballot.abilities.vote) redirect(`/votaciones/${ballot.id}`);
  const { t } = await words();
  return (
    <>
      {ballot.mine?.voted ? <Notice tone="success" word={t('ballots.vote.again.title')} /> : null}
      <div data-say>
        <Notice word={t('ballots.spent.title')} live>
          <p>{t('ballots.spent.line')}</p>
        </Notice>
      </div>
      <Start id={ballot.id} again={ballot.mine?.voted ?? false} />
    </>
  );
}

/** A vote in the room: how it is held, and where its count is followed. */
export async function InRoom({ ballot }: { ballot: Detail }) {
  const { t } = await words();
  return (
    <>
      <Notice word={t(`ballots.method.${ballot.method}`)}>
        {t(`ballots.method.${ballot.method}.meaning`)}
      </Notice>
      {ballot.state === 'prepared' ? null : (
        <Button href={`/votaciones/${ballot.id}/sala`}>{t('ballots.room.see')}</Button>
      )}
      {ballot.state === 'closed' ? (
        <Button kind="secondary" href={`/votaciones/${ballot.id}/resultado`}>
          {t('ballots.result.see')}
        </Button>
      ) : null}
    </>
  );
}
