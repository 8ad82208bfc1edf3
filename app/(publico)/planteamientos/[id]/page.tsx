import { shortDate } from '~/app/_form/format';
import { found } from '~/app/_form/found';
import { areaTitle, barrierTitle, whereInWords } from '~/app/_form/labels';
import { Appeal } from '~/app/_frame/appeal';
import { pillOf } from '~/app/_frame/concern-line';
import { Page } from '~/app/_frame/page';
import { ThreadOfConcern } from '~/app/_frame/thread-of';
import { DefinitionList } from '~/app/_ui/definition-list';
import { Disclosure } from '~/app/_ui/disclosure';
import { AreaDrawing } from '~/app/_ui/drawings/area-drawing';
import { Notice } from '~/app/_ui/notice';
import { PageTitle } from '~/app/_ui/page-title';
import { StatePill } from '~/app/_ui/state-pill';
import type { Locale, MessageKey } from '~/messages/catalogue';
import { caller, words } from '~/server/caller';
import { AnswerAgain, AskAgain } from './appeal-forms';
import { ConcernActs } from './concern-acts';
import { Walking } from './walking';

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ nuevo?: string }> };

const dayOf = (locale: Locale, day: string) => shortDate(locale, new Date(`${day}T12:00:00Z`));

export default async function Concern({ params, searchParams }: Props) {
  const { id } = await params;
  const isNew = (await searchParams).nuevo !== undefined;
  const { t, locale } = await words();
  const concern = await found(async () => (await caller()).concerns.detail({ id }));
  const last = concern.appeals.at(-1);
  return (
    <Page at="concerns">
      {isNew && concern.mine ? (
        <Notice tone="success" live word={t('concerns.raise.done', { n: concern.number })} />
      ) : null}
      <PageTitle
        title={t('concerns.number', { n: concern.number })}
        drawing={<AreaDrawing slug={concern.areas[0] ?? ''} size={4.5} />}
        lead={<StatePill state={pillOf[concern.state]}>{t(`concerns.state.${concern.state}`)}</StatePill>}
      />
      {concern.audience === 'space' ? <Notice word={t('concerns.kept')} /> : null}
      <blockquote className="prose text">
        {concern.words.split('\n').map((line, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of a fixed text have no other name.
          <p key={i}>{line}</p>
        ))}
      </blockquote>
      {concern.reason ? (
        <Notice tone="warning" word={t('concerns.reason')}>
          <p>
            {concern.reasonCode ? `${t(`concerns.reason.${concern.reasonCode}` as MessageKey)}. ` : null}
            {concern.reason}
          </p>
        </Notice>
      ) : null}
      {last ? <Appeal asked={last} /> : null}
      <AnswerAgain concern={concern} />
      <AskAgain concern={concern} />
      <Walking concern={concern} />
      <ThreadOfConcern id={id} />
      <h2>{t('concerns.about')}</h2>
      <DefinitionList
        items={[
          {
            term: t('concerns.areas'),
            value: concern.areas.map((slug) => areaTitle(locale, slug)).join(' · '),
          },
          { term: t('concerns.where'), value: whereInWords(concern.department, concern.province) },
          { term: t('concerns.barrier'), value: barrierTitle(locale, concern.barrier) },
          { term: t('concerns.who'), value: concern.association ?? t('concerns.from.none') },
          { term: t('concerns.when'), value: dayOf(locale, concern.day) },
        ]}
      />
      {concern.decisions.length > 1 ? (
        <Disclosure summary={t('concerns.history')}>
          <ol>
            {concern.decisions.map((decision) => (
              <li key={`${decision.day} ${decision.state}`}>
                {t('concerns.history.line', {
                  day: dayOf(locale, decision.day),
                  state: t(`concerns.state.${decision.state}`),
                })}
                {decision.reason ? <p>{decision.reason}</p> : null}
              </li>
            ))}
          </ol>
        </Disclosure>
      ) : null}
      <ConcernActs concern={concern} />
    </Page>
  );
}
