import { dateAndHour } from '~/app/_form/format';
import { DefinitionList } from '~/app/_ui/definition-list';
import { Disclosure } from '~/app/_ui/disclosure';
import { Seal } from '~/app/_ui/seal';
import { isCharter, type Template } from '~/server/ballots/rules/charter';
import type { Plan } from '~/server/ballots/rules/plan';
import { words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';
import { groupInWords } from './told';
import { questionInWords, ruleInWords } from './words';

type Detail = ForumOutputs['ballots']['detail'];
type Questions = ForumOutputs['ballots']['questions'];

/** What is voted, by which rule, until when: the same for everybody, before, during and after. */
export async function About({ ballot, questions }: { ballot: Detail; questions: Questions }) {
  const { t, locale } = await words();
  const text = `/documento/v/${ballot.version.number}`;
  const { title, number } = ballot.version;
  const moment = (when: string | null) => (when ? dateAndHour(locale, new Date(when)) : undefined);
  return (
    <>
      <h2>{t('ballots.about')}</h2>
      <DefinitionList
        items={[
          {
            term: t('ballots.about.text'),
            value: <a href={text}>{t('ballots.about.text.line', { title, number })}</a>,
          },
          {
            term: t('ballots.about.questions'),
            value: t('ballots.about.questions.n', { n: questions.length }),
          },
          {
            term: t('ballots.about.roll'),
            value:
              ballot.roll === null
                ? t('ballots.about.roll.later')
                : t('ballots.about.roll.n', { n: ballot.roll }),
          },
          { term: t('ballots.about.opened'), value: moment(ballot.openedAt) },
          { term: t('ballots.about.closes'), value: moment(ballot.closesAt) },
          { term: t('ballots.about.closed'), value: moment(ballot.closedAt) },
          {
            term: t('ballots.about.urgent'),
            value: ballot.urgent
              ? t(ballot.urgencyConfirmed ? 'ballots.about.urgent.yes' : 'ballots.about.urgent.waiting')
              : undefined,
          },
        ]}
      />
      <h2>{t('ballots.rule')}</h2>
      {ballot.follows ? (
        <p>
          <a href={`/votaciones/${ballot.follows}/resultado`}>
            {t(ballot.round === 'second_call' ? 'ballots.round.second_call' : 'ballots.round.second_vote')}
          </a>
        </p>
      ) : null}
      {isCharter(ballot.rule) ? (
        <p>
          <b>{t(`ballots.template.${ballot.rule.template as Template}`)}</b>
        </p>
      ) : null}
      <ul className="prose">
        {ruleInWords(t, ballot.rule, ballot.roll, ballot.round).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <PlanInWords manifest={ballot.manifest} />
      <Disclosure summary={t('ballots.questions.title')}>
        <ol className="prose">
          {questions.map((question) => (
            <li key={question.position}>
              <a
                href={
                  question.rival
                    ? `/enmiendas/${question.rival.id}`
                    : question.article
                      ? `${text}/art/${question.article.number}`
                      : text
                }
              >
                {questionInWords(t, question)}
              </a>
            </li>
          ))}
        </ol>
      </Disclosure>
      {ballot.manifest && ballot.manifestSha256 ? (
        <>
          <Seal label={t('ballots.seal')} hash={ballot.manifestSha256} hint={t('ballots.seal.hint')} />
          <Disclosure summary={t('ballots.seal.manifest')}>
            <p className="break-all">
              <code>{ballot.manifest}</code>
            </p>
          </Disclosure>
        </>
      ) : null}
    </>
  );
}

/** The groups that the rule counts, as they were fixed at the opening, and how many of the roll are in each. */
async function PlanInWords({ manifest }: { manifest: string | null }) {
  const { plan } = JSON.parse(manifest ?? '{}') as { plan?: Plan | null };
  if (!plan || plan.dimensions.length === 0) return null;
  const { t } = await words();
  return (
    <Disclosure summary={t('ballots.plan')}>
      <p>{t('ballots.plan.line')}</p>
      <ul className="prose">
        {plan.dimensions.flatMap(({ dimension, groups }) =>
          groups.map(({ label, roll }) => (
            <li key={`${dimension} ${label}`}>
              {groupInWords(t, label)}: {t('ballots.about.roll.n', { n: roll })}
            </li>
          )),
        )}
      </ul>
    </Disclosure>
  );
}

/** What a voter is told about who could know her choice, in full (docs/decisions/020). */
export async function Secrecy() {
  const { t } = await words();
  return (
    <Disclosure summary={t('ballots.secret')}>
      <ul className="prose">
        {([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 'sealed'] as const).map((n) => (
          <li key={n}>{t(`ballots.secret.${n}`)}</li>
        ))}
      </ul>
    </Disclosure>
  );
}
