import { longDate } from '~/app/_form/format';
import { found } from '~/app/_form/found';
import { Page } from '~/app/_frame/page';
import { Breadcrumb } from '~/app/_ui/breadcrumb';
import { Button } from '~/app/_ui/button';
import { Card } from '~/app/_ui/card';
import { EmptyState } from '~/app/_ui/empty-state';
import { Notice } from '~/app/_ui/notice';
import { PageTitle } from '~/app/_ui/page-title';
import { Pager } from '~/app/_ui/pager';
import { StatePill } from '~/app/_ui/state-pill';
import { caller, words } from '~/server/caller';
import { actInWords, whyNotInWords } from './act-line';

type Props = { searchParams: Promise<{ pagina?: string; hecho?: string }> };

/** What the committee has done, the newest first: each can be undone, or says why not. */
export default async function Acts({ searchParams }: Props) {
  const asked = await searchParams;
  const { t, locale } = await words();
  const forum = await caller();
  const acts = await found(() => forum.document.acts({ page: asked.pagina }));
  return (
    <Page at="document">
      <Breadcrumb
        label={t('document.crumbs')}
        items={[{ text: t('document.desk'), href: '/consolidar' }, { text: t('document.acts') }]}
      />
      <PageTitle title={t('document.acts')} lead={t('document.acts.lead')} />
      {asked.hecho === 'deshecho' ? <Notice tone="success" live word={t('document.acts.undone')} /> : null}
      {acts.total === 0 ? <EmptyState title={t('document.acts.none')} /> : null}
      {acts.items.map((act) => (
        <Card key={act.id} id={`acto-${act.number}`}>
          <p className="hint">
            {t('document.acts.line', {
              n: act.number,
              day: longDate(locale, new Date(`${act.day}T12:00:00Z`)),
              who: act.who ?? t('document.committee'),
            })}
          </p>
          <p>
            <b>{actInWords(t, locale, act)}</b>
          </p>
          {act.undoneBy ? (
            <StatePill state="closed">{t('document.acts.undone_by', { act: act.undoneBy })}</StatePill>
          ) : act.whyNot ? (
            <p className="hint">{t('document.acts.cannot', { why: whyNotInWords(t, act.whyNot) })}</p>
          ) : (
            <Button kind="quiet" href={`/consolidar/actos/${act.id}`}>
              {t(act.kind === 'undo' ? 'document.acts.redo' : 'document.acts.undo', { act: act.number })}
            </Button>
          )}
        </Card>
      ))}
      <Pager
        label={t('document.acts')}
        page={acts.page}
        pages={acts.pages}
        href={(page) => `/consolidar/actos?pagina=${page}`}
        previous={t('concerns.pager.previous')}
        next={t('concerns.pager.next')}
        position={t('concerns.pager.position', { page: acts.page, pages: acts.pages })}
      />
    </Page>
  );
}
