import { found } from '~/app/_form/found';
import { Page } from '~/app/_frame/page';
import { Button } from '~/app/_ui/button';
import { Card } from '~/app/_ui/card';
import { Notice } from '~/app/_ui/notice';
import { PageTitle } from '~/app/_ui/page-title';
import { tally } from '~/server/ballots/rules';
import { caller, words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';
import { questionInWords } from '../../_parts/words';
import { Speaking } from './speaking';

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ recibida?: string }> };
type Told = {
  chamber: ForumOutputs['ballots']['chamber'];
  question: ForumOutputs['ballots']['questions'][number];
};

/** What each association said of one question, and who said nothing. */
async function Said({ chamber, question }: Told) {
  const { t } = await words();
  const said = chamber.positions.filter(({ position }) => position === question.position);
  const spoke = new Set(said.map(({ associationId }) => associationId));
  const silent = chamber.seats.filter(({ associationId }) => !spoke.has(associationId));
  return (
    <Card title={questionInWords(t, question)} level={3}>
      <p>{t('ballots.chamber.sum', { ...tally(said) })}</p>
      <ul className="prose">
        {said.map(({ associationId, name, choice, viaName }) => (
          <li key={associationId}>
            {name}: <b>{t(`ballots.choice.${choice}`)}</b>
            {viaName ? ` (${t('ballots.chamber.via', { base: viaName })})` : ''}
          </li>
        ))}
      </ul>
      {silent.length > 0 ? (
        <p className="hint">
          {t('ballots.chamber.silent', { bases: silent.map(({ name }) => name).join(', ') })}
        </p>
      ) : null}
    </Card>
  );
}

/** The chamber of associations: who has a seat, what a delegate may say for hers, and all positions after the close. */
export default async function Chamber({ params, searchParams }: Props) {
  const { id } = await params;
  const { recibida } = await searchParams;
  const { t } = await words();
  const call = await caller();
  const chamber = await found(() => call.ballots.chamber({ id }));
  const { title } = await call.ballots.detail({ id });
  const questions = await call.ballots.questions({ id });
  return (
    <Page at="ballots">
      {recibida === undefined ? null : <Notice tone="success" live word={t('ballots.chamber.sent')} />}
      <PageTitle kicker={title} title={t('ballots.chamber')} lead={t('ballots.chamber.lead')} />
      <p className="hint">{t('ballots.chamber.apart')}</p>
      <Speaking id={id} chamber={chamber} questions={questions} />
      {chamber.state === 'closed' ? (
        <>
          <h2>{t('ballots.chamber.table')}</h2>
          {questions.map((question) => (
            <Said key={question.position} chamber={chamber} question={question} />
          ))}
        </>
      ) : (
        <>
          <h2>{t('ballots.chamber.seats')}</h2>
          {chamber.state === 'prepared' ? <p>{t('ballots.chamber.later')}</p> : null}
          <ul className="prose">
            {chamber.seats.map(({ associationId, name }) => (
              <li key={associationId}>{name}</li>
            ))}
          </ul>
        </>
      )}
      <Button kind="quiet" href={`/votaciones/${id}`}>
        {t('ballots.chamber.back')}
      </Button>
    </Page>
  );
}
