import { Button } from '~/app/_ui/button';
import { StepDrawing } from '~/app/_ui/drawings/step-drawing';
import { Notice } from '~/app/_ui/notice';
import { PageTitle } from '~/app/_ui/page-title';
import { words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';
import { Carried, type Screen } from './question';
import { unanswered } from './sheet';
import { questionInWords } from './words';

type Props = { screen: Screen; questions: ForumOutputs['ballots']['questions'] };
const drawings = { si: 'yes', no: 'no', abstencion: 'abstain' } as const;

/** Every choice before it is cast, each with the way to change it. */
export async function Review({ screen, questions }: Props) {
  const { t } = await words();
  const missing = unanswered(screen.sheet);
  return (
    <>
      <PageTitle title={t('ballots.review.title')} lead={t('ballots.review.lead')} />
      <form className="form" action={screen.vote} autoComplete="off">
        <Carried screen={screen} at={1} />
        {missing > 0 ? (
          <Notice tone="warning" word={t('ballots.review.incomplete', { n: missing })}>
            {t('ballots.review.incomplete.line')}
          </Notice>
        ) : null}
        <ul className="lks">
          {questions.map((question, i) => {
            const answer = screen.sheet.answers[i];
            const asked = questionInWords(t, question);
            return (
              <li key={question.position} className="lk">
                <StepDrawing name={answer ? drawings[answer] : 'empty'} size={2.5} />
                <span>
                  <span>{asked}</span>
                  <b>{answer ? t(`ballots.choice.${answer}`) : t('ballots.review.missing')}</b>
                  <button className="btn" type="submit" name="go" value={`to:${question.position}`}>
                    <span className="vh">{t('ballots.review.change.spoken', { question: asked })}</span>
                    <span aria-hidden="true">
                      {t(answer ? 'ballots.review.change' : 'ballots.review.answer')}
                    </span>
                  </button>
                </span>
              </li>
            );
          })}
        </ul>
        {missing === 0 ? (
          <Button full name="go" value="cast" icon="check">
            {t('ballots.review.cast')}
          </Button>
        ) : null}
        <Button kind="quiet" name="go" value="stop">
          {t('ballots.vote.stop')}
        </Button>
      </form>
    </>
  );
}
