import { redirect } from 'next/navigation';
import { found } from '~/app/_form/found';
import { ChangeLegend } from '~/app/_frame/change-legend';
import { changeWords } from '~/app/_frame/change-words';
import { Page } from '~/app/_frame/page';
import { PartPager } from '~/app/_frame/part-pager';
import { Button } from '~/app/_ui/button';
import { Changed } from '~/app/_ui/changed';
import { EmptyState } from '~/app/_ui/empty-state';
import { PageTitle } from '~/app/_ui/page-title';
import { caller, words } from '~/server/caller';
import type { Look } from '~/server/drafts/rules/comparison';

type Asked = { de?: string; a?: string; parte?: string };
type Props = { params: Promise<{ id: string }>; searchParams: Promise<Asked> };

/** Two states of a draft side by side in one text: what went and what came, word by word. */
export default async function Compare({ params, searchParams }: Props) {
  const { id } = await params;
  const { de: from, a: to, parte } = await searchParams;
  if (!from || !to) redirect(`/borradores/${id}/versiones`);
  const { t } = await words();
  const both = await found(async () =>
    (await caller()).drafts.comparison({ id, from, to, page: parte } as unknown as {
      id: string;
      from: string;
      to: string;
    }),
  );
  const spoken = await changeWords();
  const name = (one: { name: string | null }) => one.name ?? t('drafts.versions.now');
  const look = ({ was, now }: Look) =>
    was === now
      ? t('drafts.compare.look')
      : t('drafts.compare.block', { was: t(`drafts.block.${was}`), now: t(`drafts.block.${now}`) });
  return (
    <Page>
      <PageTitle
        title={t('drafts.compare')}
        kicker={<a href={`/borradores/${id}`}>{both.title}</a>}
        lead={t('drafts.compare.between', { from: name(both.from), to: name(both.to) })}
      />
      {both.same ? (
        <EmptyState title={t('drafts.compare.same')} line={t('drafts.compare.same.line')} />
      ) : (
        <>
          <ChangeLegend />
          <div className="prose text written">
            {both.rows.map((row, i) =>
              row.kind === 'fold' ? (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name, and none ever moves.
                <p className="hint" key={i}>
                  {t('drafts.compare.fold', { n: row.lines })}
                </p>
              ) : (
                // biome-ignore lint/suspicious/noArrayIndexKey: the same.
                <p key={i}>
                  <Changed pieces={row.pieces} words={spoken} />
                  {row.look ? (
                    <>
                      <br />
                      <small className="hint">{look(row.look)}</small>
                    </>
                  ) : null}
                </p>
              ),
            )}
          </div>
          <PartPager
            part={both.page}
            parts={both.pages}
            href={(n) => `/borradores/${id}/comparar?de=${from}&a=${to}&parte=${n}`}
          />
        </>
      )}
      <Button kind="quiet" href={`/borradores/${id}/versiones`}>
        {t('drafts.compare.back')}
      </Button>
    </Page>
  );
}
