import { found } from '~/app/_form/found';
import { areaTitle, articleTitle } from '~/app/_form/labels';
import { Page } from '~/app/_frame/page';
import { PartPager } from '~/app/_frame/part-pager';
import { EmptyState } from '~/app/_ui/empty-state';
import { LinkList } from '~/app/_ui/link-list';
import { PageTitle } from '~/app/_ui/page-title';
import { caller, words } from '~/server/caller';
import { SearchForm } from '../search-form';

type Asked = { v?: string; q?: string; parte?: string };

function Passage({ stretches }: { stretches: readonly { text: string; hit: boolean }[] }) {
  return stretches.map(({ text, hit }, i) => {
    if (!hit) return text;
    // biome-ignore lint/suspicious/noArrayIndexKey: stretches have no other name, and none ever moves.
    return <mark key={i}>{text}</mark>;
  });
}

/** The articles of one version that say what is looked for. */
export default async function Search({ searchParams }: { searchParams: Promise<Asked> }) {
  const { v, q, parte } = await searchParams;
  const { t, locale } = await words();
  const forum = await caller();
  const list = await found(() => forum.document.search({ number: v, q, page: parte }));
  const { number } = list.version;
  const href = (page: number) =>
    `/documento/buscar?${new URLSearchParams({ v: String(number), q: q ?? '', parte: String(page) })}`;
  return (
    <Page at="document">
      <PageTitle
        title={t('document.search.title')}
        kicker={<a href={`/documento/v/${number}`}>{t('document.version', { n: number })}</a>}
      />
      <SearchForm version={number} q={q} />
      {list.items.length > 0 ? (
        <>
          <h2>{t('document.search.count', { n: list.total })}</h2>
          <LinkList
            items={list.items.map((item) => ({
              href: `/documento/v/${number}/art/${item.number}`,
              title: articleTitle(t, item),
              line: <Passage stretches={item.found} />,
              aside: areaTitle(locale, item.area),
            }))}
          />
          <PartPager part={list.page} parts={list.pages} href={href} />
        </>
      ) : q ? (
        <EmptyState title={t('document.search.none')} line={t('document.search.none.line')} />
      ) : null}
    </Page>
  );
}
