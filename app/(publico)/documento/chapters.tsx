import type { ReactNode } from 'react';
import { areaTitle, articleTitle } from '~/app/_form/labels';
import { PartPager } from '~/app/_frame/part-pager';
import { Disclosure } from '~/app/_ui/disclosure';
import { AreaDrawing } from '~/app/_ui/drawings/area-drawing';
import { LinkList } from '~/app/_ui/link-list';
import { words } from '~/server/caller';
import { isArea, openAtMost, partOf, together } from './parts';

type Line = { id: string; number: number; title: string; summary: string };
type Chapter<L> = { area: string; articles: readonly L[] };
/** Which chapter of a very long document is shown, and which part of it, as the address says. */
export type Opened = { capitulo?: string | string[]; parte?: string | string[] };

type Props<L> = {
  chapters: readonly Chapter<L>[];
  href: (article: L) => string;
  /** A short fact at the end of each article. */
  aside: (article: L) => ReactNode;
  /** The page's own address, without a question. */
  at: string;
  opened: Opened;
};

async function Articles<L extends Line>({
  area,
  articles,
  href,
  aside,
}: Chapter<L> & Pick<Props<L>, 'href' | 'aside'>) {
  const { t, locale } = await words();
  return (
    <LinkList
      label={areaTitle(locale, area)}
      items={articles.map((article) => ({
        href: href(article),
        title: articleTitle(t, article),
        line: article.summary || undefined,
        aside: aside(article),
      }))}
    />
  );
}

/** Chapters of a document that is too long for one page on a phone: each a link, the one that was asked for below. */
async function LongChapters<L extends Line>({ chapters, at, opened, ...rest }: Props<L>) {
  const { t, locale } = await words();
  const address = (area: string, part = 1) =>
    `${at}?capitulo=${area}${part > 1 ? `&parte=${part}` : ''}#${area}`;
  const shown = chapters.find(({ area }) => isArea(opened.capitulo) && area === opened.capitulo);
  const { items, part, parts } = partOf(shown?.articles ?? [], opened.parte);
  return (
    <>
      <LinkList
        items={chapters.map(({ area, articles }) => ({
          href: address(area),
          title: areaTitle(locale, area),
          line: t('document.chapter.articles', { n: articles.length }),
          drawing: <AreaDrawing slug={area} size={2.5} />,
        }))}
      />
      {shown ? (
        <section id={shown.area} className="stack">
          <h2>{areaTitle(locale, shown.area)}</h2>
          <Articles area={shown.area} articles={items} {...rest} />
          <PartPager part={part} parts={parts} href={(n) => address(shown.area, n)} />
        </section>
      ) : null}
    </>
  );
}

/** Chapters with their articles, each article a link. A short document is open, a longer one opens by chapters. */
export async function Chapters<L extends Line>(props: Props<L>) {
  const { t, locale } = await words();
  const { chapters, href, aside } = props;
  const total = chapters.reduce((sum, chapter) => sum + chapter.articles.length, 0);
  if (total > together) return <LongChapters {...props} />;
  return (
    <div>
      {chapters.map(({ area, articles }) => (
        <section key={area} id={area}>
          <Disclosure
            open={total <= openAtMost}
            summary={
              <>
                <AreaDrawing slug={area} size={2.5} />
                <span>
                  <b>{areaTitle(locale, area)}</b>{' '}
                  <span className="hint">{t('document.chapter.articles', { n: articles.length })}</span>
                </span>
              </>
            }
          >
            <Articles area={area} articles={articles} href={href} aside={aside} />
          </Disclosure>
        </section>
      ))}
    </div>
  );
}
