import { dayInWords } from '~/app/_form/format';
import { AppealPill } from '~/app/_frame/appeal';
import { opening } from '~/app/_frame/concern-line';
import { Page } from '~/app/_frame/page';
import { EmptyState } from '~/app/_ui/empty-state';
import { LinkList } from '~/app/_ui/link-list';
import { PageTitle } from '~/app/_ui/page-title';
import { Pager } from '~/app/_ui/pager';
import { caller, words } from '~/server/caller';
import { answerWithin, appealWithin } from '~/server/concerns/rules/appeals';

export default async function Appeals({ searchParams }: { searchParams: Promise<{ page?: string }> }) {
  const { t, locale } = await words();
  const list = await (await caller()).concerns.appeals({ page: Number((await searchParams).page) || 1 });
  const row = (asked: (typeof list.items)[number]) => ({
    href: `/planteamientos/${asked.concern.id}#pedido-${asked.id}`,
    title: t('concerns.appeals.row', { n: asked.concern.number, words: opening(asked.concern.words, 80) }),
    line: (
      <>
        {opening(asked.words)}
        <br />
        {t(asked.decided ? 'concerns.appeals.decided' : 'concerns.appeals.due', {
          day: dayInWords(locale, asked.decided ?? asked.standing.by),
        })}
      </>
    ),
    aside: <AppealPill asked={asked} />,
  });
  const waiting = list.items.filter(({ decided }) => !decided);
  const decided = list.items.filter((asked) => asked.decided);
  return (
    <Page at="concerns">
      <PageTitle
        title={t('concerns.appeals')}
        lead={t('concerns.appeals.lead', { ask: appealWithin, answer: answerWithin })}
      />
      <h2>{t('concerns.appeals.waiting', { n: list.waiting })}</h2>
      {waiting.length > 0 ? <LinkList items={waiting.map(row)} /> : null}
      {waiting.length === 0 && list.page === 1 ? <EmptyState title={t('concerns.appeals.none')} /> : null}
      {decided.length > 0 ? (
        <>
          <h2>{t('concerns.appeals.past')}</h2>
          <LinkList items={decided.map(row)} />
        </>
      ) : null}
      <Pager
        label={t('concerns.appeals')}
        page={list.page}
        pages={list.pages}
        href={(page) => `/planteamientos/apelaciones?page=${page}`}
        previous={t('concerns.pager.previous')}
        next={t('concerns.pager.next')}
        position={t('concerns.pager.position', { page: list.page, pages: list.pages })}
      />
    </Page>
  );
}
