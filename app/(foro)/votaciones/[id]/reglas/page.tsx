import { number } from '~/app/_form/format';
import { found } from '~/app/_form/found';
import { Page } from '~/app/_frame/page';
import { Button } from '~/app/_ui/button';
import { Card } from '~/app/_ui/card';
import { Disclosure } from '~/app/_ui/disclosure';
import { PageTitle } from '~/app/_ui/page-title';
import { charters, templates } from '~/server/ballots/rules/charter';
import { wouldSay } from '~/server/ballots/rules/simulation';
import { caller, words } from '~/server/caller';
import { questionInWords } from '../../_parts/words';

/** What each rule to pick would have said of this result, from nothing but what is published. */
export default async function Rules({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const { t, locale } = await words();
  const result = await found(async () => (await caller()).ballots.result({ id }));
  const { rule, round, questions, turnout } = result;
  const told = templates.map((template) => ({
    template,
    said: questions.map((question) => ({
      question,
      outcome: wouldSay(charters[template], { rule, round, entitled: turnout.entitled, question }),
    })),
  }));
  const word = (outcome: (typeof told)[number]['said'][number]['outcome']) =>
    outcome ? t(`ballots.verdict.${outcome}`) : t('ballots.rules.unknown');
  return (
    <Page at="ballots">
      <PageTitle kicker={t('ballots.rules.title')} title={result.title} lead={t('ballots.rules.lead')} />
      {told.map(({ template, said }) => {
        const outcomes = [...new Set(said.map(({ outcome }) => outcome))];
        const other = said.filter(({ question, outcome }) => outcome && outcome !== question.verdict);
        return (
          <Card key={template} title={t(`ballots.template.${template}`)} level={2}>
            <p>{t(`ballots.template.${template}.meaning`)}</p>
            <ul className="prose">
              {outcomes.map((outcome) => (
                <li key={outcome ?? 'unknown'}>
                  {word(outcome)}:{' '}
                  <b>{number(locale, said.filter((one) => one.outcome === outcome).length)}</b>
                </li>
              ))}
            </ul>
            {said.some(({ outcome }) => outcome === null) ? (
              <p className="hint">{t('ballots.rules.unknown.line')}</p>
            ) : null}
            {other.length > 0 ? (
              <Disclosure summary={t('ballots.rules.other', { n: other.length })}>
                <ul className="prose">
                  {other.map(({ question, outcome }) => (
                    <li key={question.position}>
                      {questionInWords(t, question)}: {t(`ballots.verdict.${question.verdict}`)} →{' '}
                      {word(outcome)}
                    </li>
                  ))}
                </ul>
              </Disclosure>
            ) : null}
          </Card>
        );
      })}
      <Button kind="quiet" href={`/votaciones/${id}/resultado`}>
        {t('ballots.rules.back')}
      </Button>
    </Page>
  );
}
