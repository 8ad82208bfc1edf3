import { Button } from '~/app/_ui/button';
import { Disclosure } from '~/app/_ui/disclosure';
import { StepDrawing } from '~/app/_ui/drawings/step-drawing';
import { RadioGroup } from '~/app/_ui/radio-group';
import { choices } from '~/server/ballots/rules';
import { textsThatFit } from '~/server/ballots/rules/sealed';
import { words } from '~/server/caller';
import { linesOf, sayLine } from '~/server/document/rules/points';
import type { ForumOutputs } from '~/server/root';
import { questionInWords } from './words';

type Questions = ForumOutputs['ballots']['questions'];
const drawings = { si: 'yes', no: 'no', abstencion: 'abstain' } as const;

const textOf = ({ article, rival }: Questions[number]): string =>
  rival ? (rival.kind === 'remove' ? '' : rival.text) : (article?.text ?? '');

/** What is asked, each with its text: to be read by anybody, and gone through one by one by who has a ballot. */
export async function Asked({ questions, version }: { questions: Questions; version: number }) {
  const { t } = await words();
  const fit = textsThatFit(questions.map(textOf));
  const frozen = `/documento/v/${version}`;
  return (
    <ol id="preguntas" className="lks">
      {questions.map((question, i) => {
        const { article, rival } = question;
        const text = textOf(question);
        const gone = rival?.kind === 'remove';
        const href = rival ? `/enmiendas/${rival.id}` : article ? `${frozen}/art/${article.number}` : frozen;
        return (
          <li key={question.position} className="stack">
            <h2>{questionInWords(t, question)}</h2>
            {article && !rival ? <p>{article.summary}</p> : null}
            {gone ? <p>{t('ballots.question.rival.gone')}</p> : null}
            {text && fit[i] ? (
              <Disclosure summary={t('ballots.offline.text')}>
                {linesOf(text).map((line, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: lines of a frozen text have no other name.
                  <p key={at}>{sayLine(line)}</p>
                ))}
              </Disclosure>
            ) : gone ? null : (
              <p>
                <a href={href}>{t(article || rival ? 'ballots.offline.text' : 'ballots.vote.whole.read')}</a>
              </p>
            )}
          </li>
        );
      })}
    </ol>
  );
}

/** The three choices and the review, hidden until the script has a ballot to fill in. It is no form: nothing posts it. */
export async function Sheet({ id }: { id: string }) {
  const { t } = await words();
  const told = {
    at: `${t('ballots.vote.progress')} ${t('ballots.vote.position', { n: '{n}', total: '{total}' })}`,
    change: t('ballots.review.change'),
    review: t('ballots.review.title'),
    lead: t('ballots.review.lead'),
    kept: t('ballots.offline.kept'),
    keptLead: t('ballots.offline.kept.line'),
    sent: t('ballots.offline.sent'),
    back: t('ballots.received.back'),
    unkept: t('ballots.offline.unkept'),
    unable: t('ballots.offline.unable'),
  };
  return (
    <>
      <div id="papeleta" hidden data-ballot={id} data-words={JSON.stringify(told)}>
        <div className="stack">
          <div id="dicho" className="vh" aria-hidden="true">
            <p>{t('ballots.vote.ask')}</p>
            {choices.map((choice) => (
              <p key={choice}>
                {t(`ballots.choice.${choice}`)}: {t(`ballots.choice.${choice}.meaning`)}
              </p>
            ))}
          </div>
          <RadioGroup
            name="choice"
            large
            label={t('ballots.vote.ask')}
            options={choices.map((choice, i) => ({
              value: String(i + 1),
              label: t(`ballots.choice.${choice}`),
              meaning: t(`ballots.choice.${choice}.meaning`),
              drawing: <StepDrawing name={drawings[choice]} size={3} />,
            }))}
          />
          <p id="falta" className="err" role="alert" tabIndex={-1} hidden>
            {t('failures.ballots.choose')}
          </p>
          <button type="button" id="sigue" className="btn pri full">
            {t('ballots.vote.next')}
          </button>
          <div>
            <button type="button" id="atras" className="btn">
              {t('ballots.vote.back')}
            </button>
          </div>
        </div>
      </div>
      <div id="repaso" hidden>
        <div className="stack">
          <ul id="lista" className="lks" />
          <p id="desde" data-said="" />
          <button type="button" id="guarda" className="btn pri full">
            {t('ballots.offline.keep')}
          </button>
          <Button kind="quiet" href={`/votaciones/${id}`}>
            {t('ballots.vote.stop')}
          </Button>
        </div>
      </div>
    </>
  );
}
