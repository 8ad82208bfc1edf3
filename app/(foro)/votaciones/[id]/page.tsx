import { cookies } from 'next/headers';
import { FormProblem } from '~/app/_form/form-problem';
import { found } from '~/app/_form/found';
import { orNull } from '~/app/_form/or-null';
import { formState } from '~/app/_form/submit';
import { Page } from '~/app/_frame/page';
import { Button } from '~/app/_ui/button';
import { StepDrawing } from '~/app/_ui/drawings/step-drawing';
import { PageTitle } from '~/app/_ui/page-title';
import { StatePill } from '~/app/_ui/state-pill';
import { asksChamber } from '~/server/ballots/rules/charter';
import { caller, requestContext, words } from '~/server/caller';
import { About, Secrecy } from '../_parts/about';
import { Acts } from '../_parts/acts';
import { AllAlike, Question, type Screen } from '../_parts/question';
import { Received } from '../_parts/received';
import { Review } from '../_parts/review';
import { openSheet, sheetCookie } from '../_parts/sheet';
import { Ticket } from '../_parts/ticket';
import { InRoom, Spent, Voting } from '../_parts/voting';
import { pillOf } from '../_parts/words';
import { vote } from './vote';

type Form = Awaited<ReturnType<typeof formState>>;
const onError: Record<string, string> = { next: 'question', all: 'same', cast: 'review' };

/** Which screen the press that made this page leads to, with the sheet it carries; null: the ballot's face. */
async function screenOf(form: Form, ballotId: string) {
  const name = form.failed ? onError[form.value('go') ?? ''] : form.value('screen');
  const { actor } = await requestContext();
  if (!name || name === 'face' || !actor.personId) return null;
  const key = form.value('key') ?? (await cookies()).get(sheetCookie)?.value;
  const holder = { ballotId, personId: actor.personId };
  const sheet = openSheet(key, holder, form.value('sealed'));
  const screen: Screen | null =
    key && sheet ? { key, holder, sheet, error: form.error('choice'), vote } : null;
  return { name, screen, at: Number(form.value('at') ?? 1) };
}

export default async function Ballot({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const { t } = await words();
  const call = await caller();
  const ballot = await found(() => call.ballots.detail({ id }));
  const questions = await call.ballots.questions({ id });
  const form = await formState('vote');
  const at = ballot.abilities.vote ? await screenOf(form, id) : null;
  const tracker = form.value('tracker');
  if (at?.name === 'received' && tracker)
    return (
      <Page at="ballots">
        <Received ballot={ballot} tracker={tracker} />
      </Page>
    );
  if (at && !at.screen)
    return (
      <Page at="ballots" title={ballot.title}>
        <Spent ballot={ballot} />
      </Page>
    );
  if (at?.screen)
    return (
      <Page at="ballots">
        <FormProblem form={form} />
        <Ticket id={id} />
        {at.name === 'review' ? <Review screen={at.screen} questions={questions} /> : null}
        {at.name === 'same' ? <AllAlike screen={at.screen} /> : null}
        {at.name === 'question' ? (
          <Question
            screen={at.screen}
            at={Math.min(Math.max(at.at || 1, 1), questions.length)}
            questions={questions}
            text={`/documento/v/${ballot.version.number}`}
            version={ballot.version.number}
          />
        ) : null}
      </Page>
    );
  // For secretaries, and for who stands by one of them.
  const asks = ballot.state === 'open' && (await requestContext()).actor.personId !== null;
  const booths = asks ? await orNull(() => call.booths.ofBallot({ id })) : null;
  return (
    <Page at="ballots">
      <PageTitle
        title={ballot.title}
        drawing={<StepDrawing name="ballot" size={4.5} />}
        lead={<StatePill state={pillOf[ballot.state]}>{t(`ballots.state.${ballot.state}`)}</StatePill>}
      />
      <FormProblem form={form} />
      {ballot.method === 'secret' ? (
        <>
          <Voting ballot={ballot} questions={questions.length} />
          {ballot.abilities.vote ? <Ticket id={id} /> : null}
          {ballot.state === 'open' ? (
            <Button kind="quiet" href={`/votaciones/${id}/sin-senal`}>
              {t('ballots.offline.title')}
            </Button>
          ) : null}
        </>
      ) : (
        <InRoom ballot={ballot} />
      )}
      {ballot.abilities.claim ? (
        <Button kind="quiet" href={`/votaciones/${id}/pedir`}>
          {t('ballots.claims')}
        </Button>
      ) : null}
      {asksChamber(ballot.rule) ? (
        <Button kind="quiet" href={`/votaciones/${id}/camara`}>
          {t('ballots.chamber.read')}
        </Button>
      ) : null}
      {ballot.method === 'secret' ? <Secrecy /> : null}
      <About ballot={ballot} questions={questions} />
      {ballot.abilities.table ? (
        <Button kind="secondary" href={`/votaciones/${id}/mesa`}>
          {t('ballots.table.link')}
        </Button>
      ) : null}
      {booths ? (
        <Button kind="secondary" href={`/votaciones/${id}/caseta`}>
          {t('booths.link')}
        </Button>
      ) : null}
      <Acts ballot={ballot} />
    </Page>
  );
}
