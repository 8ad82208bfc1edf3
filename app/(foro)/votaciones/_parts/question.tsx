import { Button } from '~/app/_ui/button';
import { AreaDrawing } from '~/app/_ui/drawings/area-drawing';
import { StepDrawing } from '~/app/_ui/drawings/step-drawing';
import { PageTitle } from '~/app/_ui/page-title';
import { ProgressBar } from '~/app/_ui/progress-bar';
import { RadioGroup } from '~/app/_ui/radio-group';
import { type Choice, choices } from '~/server/ballots/rules';
import { words } from '~/server/caller';
import { linesOf, sayLine } from '~/server/document/rules/points';
import type { ForumOutputs } from '~/server/root';
import { WhatChanged } from './reasons';
import { type Holder, type Sheet, sealChoices, sealSheet, unanswered } from './sheet';

/** What every voting screen is given: the sheet so far, the key that opens it, and what its buttons do. */
export type Screen = {
  key: string;
  holder: Holder;
  sheet: Sheet;
  error?: string;
  vote: (form: FormData) => Promise<void>;
  /** On the assembly's tablet no link leads out of the sheet. */
  kiosk?: boolean;
};

const drawings = { si: 'yes', no: 'no', abstencion: 'abstain' } as const;

/** The hidden fields of every voting screen. */
export function Carried({ screen, at }: { screen: Screen; at: number }) {
  const { key, holder, sheet } = screen;
  return (
    <>
      <input type="hidden" name="id" value={holder.ballotId} />
      <input type="hidden" name="at" value={at} />
      <input type="hidden" name="sealed" value={sealSheet(key, holder, sheet)} />
    </>
  );
}

/** Sí, no, abstención as tall cards. The values are sealed for this place; `at` 0 is all places at once. */
export async function Choices(props: { screen: Screen; at: number; label: string; chosen?: Choice | null }) {
  const { t } = await words();
  const values = sealChoices(props.screen.key, props.screen.holder, props.at);
  return (
    <RadioGroup
      name="choice"
      large
      label={props.label}
      error={props.screen.error}
      value={props.chosen ? values[props.chosen] : undefined}
      options={choices.map((choice) => ({
        value: values[choice],
        label: t(`ballots.choice.${choice}`),
        meaning: t(`ballots.choice.${choice}.meaning`),
        drawing: <StepDrawing name={drawings[choice]} size={3} />,
      }))}
    />
  );
}

type Props = {
  screen: Screen;
  at: number;
  questions: ForumOutputs['ballots']['questions'];
  text: string;
  version: number;
};

/** The text of an amendment that stands beside an article, or what it wants instead. */
async function RivalText({ question }: { question: Props['questions'][number] }) {
  const { t } = await words();
  const { article, rival } = question;
  return (
    <>
      <AreaDrawing slug={rival!.area} size={3} />
      <PageTitle
        kicker={
          article ? t('ballots.question.kicker', { number: article.number }) : t('ballots.question.rival.new')
        }
        title={rival!.title}
        lead={t('ballots.question.rival.lead', { by: rival!.by })}
      />
      <div className="prose text">
        {rival!.kind === 'remove' ? (
          <p>{t('ballots.question.rival.gone')}</p>
        ) : (
          rival!.text.split('\n').map((line, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of a frozen text have no other name.
            <p key={i}>{line}</p>
          ))
        )}
      </div>
    </>
  );
}

/** One question a screen: how far one is, the text, the three cards, forward and back. */
export async function Question({ screen, at, questions, text, version }: Props) {
  const { t } = await words();
  const { article, rival } = questions[at - 1]!;
  const beside = article && questions.some((one) => one.rival && one.article?.number === article.number);
  const total = questions.length;
  return (
    <>
      <ProgressBar
        label={t('ballots.vote.progress')}
        value={at}
        max={total}
        text={t('ballots.vote.position', { n: at, total })}
      />
      {rival ? (
        <RivalText question={questions[at - 1]!} />
      ) : article ? (
        <>
          <AreaDrawing slug={article.area} size={3} />
          <PageTitle
            kicker={t('ballots.question.kicker', { number: article.number })}
            title={article.title}
          />
          <div className="prose text">
            {linesOf(article.text).map((line, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines of a frozen text have no other name.
              <p key={i}>{sayLine(line)}</p>
            ))}
          </div>
        </>
      ) : (
        <PageTitle
          title={t('ballots.question.whole')}
          drawing={<StepDrawing name="article" size={3} />}
          lead={
            screen.kiosk ? undefined : (
              <a href={text} target="_blank" rel="noreferrer">
                {t('ballots.vote.whole.read')}
              </a>
            )
          }
        />
      )}
      {article && !rival ? (
        <WhatChanged article={{ articleId: article.articleId, version }} kiosk={screen.kiosk} />
      ) : null}
      {beside ? <p className="hint">{t('ballots.vote.rivals')}</p> : null}
      <form className="form" action={screen.vote} autoComplete="off">
        <Carried screen={screen} at={at} />
        <Choices
          screen={screen}
          at={at}
          chosen={screen.sheet.answers[at - 1]}
          label={t(
            rival ? 'ballots.vote.ask.rival' : article ? 'ballots.vote.ask' : 'ballots.vote.ask.whole',
          )}
        />
        <Button full name="go" value="next" after="arrowRight">
          {t('ballots.vote.next')}
        </Button>
        <div className="row">
          {at > 1 ? (
            <Button kind="secondary" name="go" value="back" icon="arrowLeft">
              {t('ballots.vote.back')}
            </Button>
          ) : null}
          {unanswered(screen.sheet) < total ? (
            <Button kind="quiet" name="go" value="review">
              {t('ballots.vote.review')}
            </Button>
          ) : null}
          <Button kind="quiet" name="go" value="stop">
            {t('ballots.vote.stop')}
          </Button>
        </div>
      </form>
    </>
  );
}

/** One answer for everything; the list that comes next shows each question and lets it be changed. */
export async function AllAlike({ screen }: { screen: Screen }) {
  const { t } = await words();
  return (
    <>
      <PageTitle title={t('ballots.vote.all.title')} lead={t('ballots.vote.all.lead')} />
      <form className="form" action={screen.vote} autoComplete="off">
        <Carried screen={screen} at={1} />
        <Choices screen={screen} at={0} label={t('ballots.vote.ask')} />
        <Button full name="go" value="all" after="arrowRight">
          {t('ballots.vote.all.next')}
        </Button>
        <Button kind="quiet" name="go" value="stop">
          {t('ballots.vote.stop')}
        </Button>
      </form>
    </>
  );
}
