import { found } from '~/app/_form/found';
import { ChangeLegend } from '~/app/_frame/change-legend';
import { Page } from '~/app/_frame/page';
import { PartPager } from '~/app/_frame/part-pager';
import { Button } from '~/app/_ui/button';
import { EmptyState } from '~/app/_ui/empty-state';
import { PageTitle } from '~/app/_ui/page-title';
import { caller, words } from '~/server/caller';
import { CompareForm } from '../compare-form';
import { ComparedArticle } from './article';

type Asked = { de?: string; a?: string; articulo?: string; parte?: string };

/** Two versions of the document held against each other, article by article; or one article of both. */
export default async function Compare({ searchParams }: { searchParams: Promise<Asked> }) {
  const { de: from, a: to, articulo: article, parte } = await searchParams;
  const { t } = await words();
  const forum = await caller();
  const both = await found(() => forum.document.comparison({ from, to, article, page: parte }));
  const [before, after] = [both.before.number, both.after.number];
  const { counts } = both;
  const changes = counts.new + counts.retired + counts.changed + counts.moved + counts.renumbered;
  const here = `/documento/comparar?de=${before}&a=${after}`;
  const asked = both.one ? `${here}&articulo=${article}` : here;
  return (
    <Page at="document">
      <PageTitle
        title={t('document.compare')}
        kicker={<a href={`/documento/v/${after}`}>{t('document.version', { n: after })}</a>}
        lead={t('document.compare.between', { from: before, to: after })}
      />
      {both.one ? null : changes === 0 ? (
        <EmptyState title={t('document.compare.nothing')} line={t('document.compare.nothing.line')} />
      ) : (
        <>
          <p>{t('document.compare.counts', counts)}</p>
          <p className="hint">{t('document.compare.identity')}</p>
        </>
      )}
      {both.blocks.some((block) => 'fate' in block && block.fate.difference) ? <ChangeLegend /> : null}
      {both.blocks.map((block) =>
        'fate' in block ? (
          <ComparedArticle
            key={block.fate.id}
            fate={block.fate}
            before={before}
            after={after}
            whole={`${here}&articulo=${block.fate.id}`}
          />
        ) : (
          <p className="hint" key={block.run.first}>
            {t(`document.compare.run.${block.run.kind}`, {
              ...block.run,
              n: block.run.last - block.run.first + 1,
              until: block.run.was + block.run.last - block.run.first,
            })}
          </p>
        ),
      )}
      <PartPager part={both.page} parts={both.pages} href={(n) => `${asked}&parte=${n}`} />
      {both.one ? (
        <Button kind="secondary" href={here}>
          {t('document.compare.all')}
        </Button>
      ) : null}
      <CompareForm before={before} after={after} />
    </Page>
  );
}
