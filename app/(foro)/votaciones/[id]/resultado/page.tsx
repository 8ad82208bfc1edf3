import { found } from '~/app/_form/found';
import { Page } from '~/app/_frame/page';
import { Button } from '~/app/_ui/button';
import { StepDrawing } from '~/app/_ui/drawings/step-drawing';
import { Notice } from '~/app/_ui/notice';
import { PageTitle } from '~/app/_ui/page-title';
import { Seal } from '~/app/_ui/seal';
import { asksChamber } from '~/server/ballots/rules/charter';
import { caller, words } from '~/server/caller';
import { Again } from '../../_parts/again';
import { Roll, Turnout } from '../../_parts/turnout';
import { Verdict } from '../../_parts/verdicts';
import { ruleInWords } from '../../_parts/words';

export default async function Result({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const { t } = await words();
  const call = await caller();
  // Before the close there is nothing here, for nobody.
  const result = await found(() => call.ballots.result({ id }));
  const { abilities } = await call.ballots.detail({ id });
  const text = `/documento/v/${result.version.number}`;
  const whole = result.questions.find(({ article }) => article === null);
  const articles = result.questions.filter(({ article }) => article !== null);
  const approved = articles.filter(({ verdict }) => verdict === 'aprobado').length;
  return (
    <Page at="ballots">
      <PageTitle
        kicker={t('ballots.result.of')}
        title={result.title}
        drawing={<StepDrawing name="ballot" size={4.5} />}
        lead={
          <a href={text}>
            {t('ballots.about.text.line', { title: result.version.title, number: result.version.number })}
          </a>
        }
      />
      {result.annulled ? (
        <Notice tone="warning" word={t('ballots.annulled')}>
          {t('ballots.annulled.line', { reason: result.annulled })}
        </Notice>
      ) : null}
      {whole ? (
        <>
          <h2>{t('ballots.result.whole')}</h2>
          <Verdict result={result} counted={whole} text={text} explained />
        </>
      ) : null}
      {result.annulled ? null : <Turnout result={result} />}
      {articles.length > 0 ? (
        <>
          <h2>{t('ballots.result.articles')}</h2>
          <p>{t('ballots.result.articles.sum', { approved, total: articles.length })}</p>
          {articles.map((counted) => (
            <Verdict key={counted.position} result={result} counted={counted} text={text} />
          ))}
        </>
      ) : null}
      <Again result={result} may={abilities.again} />
      <h2>{t('ballots.rule')}</h2>
      <ul className="prose">
        {ruleInWords(t, result.rule, result.turnout.entitled, result.round).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {abilities.readRoll ? <Roll entries={await call.ballots.roll({ id })} /> : null}
      <Seal label={t('ballots.seal')} hash={result.manifestSha256!} hint={t('ballots.seal.hint')} />
      <div className="row">
        {result.annulled ? null : (
          <>
            <Button kind="secondary" href={`/votaciones/${id}/acta`} icon="printer">
              {t('ballots.result.acta')}
            </Button>
            {result.method === 'secret' ? (
              <Button kind="quiet" href={`/votaciones/${id}/comprobantes`}>
                {t('ballots.result.trackers')}
              </Button>
            ) : (
              <Button kind="quiet" href={`/votaciones/${id}/sala`}>
                {t('ballots.room.see')}
              </Button>
            )}
            {asksChamber(result.rule) ? (
              <Button kind="quiet" href={`/votaciones/${id}/camara`}>
                {t('ballots.chamber.read')}
              </Button>
            ) : null}
            <Button kind="quiet" href={`/votaciones/${id}/razones`}>
              {t('ballots.reasons.read')}
            </Button>
            <Button kind="quiet" href={`/votaciones/${id}/reglas`}>
              {t('ballots.rules.see')}
            </Button>
            {result.method === 'secret' ? (
              <Button kind="quiet" href={`/api/open/ballots/${id}/archive.json`}>
                {t('ballots.result.archive')}
              </Button>
            ) : null}
          </>
        )}
        <Button kind="quiet" href={`/votaciones/${id}`}>
          {t('ballots.result.back')}
        </Button>
      </div>
    </Page>
  );
}
