import { found } from '~/app/_form/found';
import { Page } from '~/app/_frame/page';
import { PartPager } from '~/app/_frame/part-pager';
import { EmptyState } from '~/app/_ui/empty-state';
import { Notice } from '~/app/_ui/notice';
import { PageTitle } from '~/app/_ui/page-title';
import { caller, words } from '~/server/caller';
import { Said } from './said';

type Props = { searchParams: Promise<{ parte?: string; hecho?: string }> };

/** What was reported and waits for a secretary. */
export default async function Reported({ searchParams }: Props) {
  const { parte, hecho } = await searchParams;
  const { t } = await words();
  const forum = await caller();
  const desk = await found(() => forum.comments.desk({ page: parte }));
  return (
    <Page at="mine">
      {hecho === 'visto' ? <Notice tone="success" live word={t('comments.done.visto')} /> : null}
      <PageTitle title={t('comments.desk')} lead={t('comments.desk.lead')} />
      {desk.items.length === 0 ? <EmptyState title={t('comments.desk.none')} /> : null}
      {desk.items.map((one) => (
        <section className="stack" key={one.id}>
          <Said one={one} />
          <ul>
            {one.reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        </section>
      ))}
      <PartPager part={desk.page} parts={desk.pages} href={(n) => `/comentarios?parte=${n}`} />
    </Page>
  );
}
