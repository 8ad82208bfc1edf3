import { FormProblem } from '~/app/_form/form-problem';
import { dayInWords } from '~/app/_form/format';
import { found } from '~/app/_form/found';
import { formState } from '~/app/_form/submit';
import { Page } from '~/app/_frame/page';
import { Button } from '~/app/_ui/button';
import { StepDrawing } from '~/app/_ui/drawings/step-drawing';
import { EmptyState } from '~/app/_ui/empty-state';
import { LinkList } from '~/app/_ui/link-list';
import { Notice } from '~/app/_ui/notice';
import { PageTitle } from '~/app/_ui/page-title';
import { Pager } from '~/app/_ui/pager';
import { StatePill } from '~/app/_ui/state-pill';
import { caller, words } from '~/server/caller';
import { seen } from './actions';

type Props = { searchParams: Promise<{ pagina?: string; hecho?: string }> };

const drawingOf = (kind: string) =>
  kind.startsWith('booth.') ? 'people' : /^(ballot|room)\./.test(kind) ? 'ballot' : 'concern';

/** What she is told, newest first. Seen is what she says she has seen: opening a page changes nothing. */
export default async function Notices({ searchParams }: Props) {
  const { pagina, hecho } = await searchParams;
  const { t, locale } = await words();
  const page = pagina as unknown as number;
  const told = await found(async () => (await caller()).notices.mine({ page }));
  const form = await formState('seen');
  const fresh = told.items.some((item) => item.fresh);
  return (
    <Page at="mine">
      {hecho === 'vistos' && !fresh && !form.failed ? (
        <Notice tone="success" live word={t('notices.seen.done')} />
      ) : null}
      <PageTitle
        title={t('notices.title')}
        kicker={<a href="/mi-espacio">{t('people.mine.title')}</a>}
        lead={t('notices.lead')}
      />
      {told.items.length === 0 ? (
        <EmptyState title={t('notices.none')} line={t('notices.none.line')} />
      ) : (
        <LinkList
          label={t('notices.list')}
          items={told.items.map((item) => ({
            key: item.key,
            href: item.href,
            title: t(`notices.kind.${item.kind}`),
            line: dayInWords(locale, item.day),
            aside: item.fresh ? <StatePill state="moving">{t('notices.fresh')}</StatePill> : null,
            drawing: <StepDrawing name={drawingOf(item.kind)} size={3} />,
          }))}
        />
      )}
      {fresh && told.upTo ? (
        <form action={seen}>
          <FormProblem form={form} />
          <input type="hidden" name="upTo" value={told.upTo} />
          <Button kind="secondary">{t('notices.seen')}</Button>
        </form>
      ) : null}
      <Pager
        label={t('notices.pager')}
        page={told.page}
        pages={told.pages}
        href={(n) => `/avisos?pagina=${n}`}
        previous={t('notices.pager.previous')}
        next={t('notices.pager.next')}
        position={t('notices.pager.position', { page: told.page, pages: told.pages })}
      />
    </Page>
  );
}
