import type { ReactNode } from 'react';
import { areaTitle, articleTitle } from '~/app/_form/labels';
import { Disclosure } from '~/app/_ui/disclosure';
import { AreaDrawing } from '~/app/_ui/drawings/area-drawing';
import { LinkList } from '~/app/_ui/link-list';
import { words } from '~/server/caller';

type Line = { id: string; number: number; title: string; summary: string };

// A short document is read at a glance; of a long one the chapters are, and each opens.
const openAtMost = 12;

/** Chapters with their articles, each article a link; `aside` is a short fact at its end. */
export async function Chapters<L extends Line>(props: {
  chapters: readonly { area: string; articles: readonly L[] }[];
  href: (article: L) => string;
  aside: (article: L) => ReactNode;
}) {
  const { t, locale } = await words();
  const total = props.chapters.reduce((sum, chapter) => sum + chapter.articles.length, 0);
  return props.chapters.map(({ area, articles }) => (
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
        <LinkList
          label={areaTitle(locale, area)}
          items={articles.map((article) => ({
            href: props.href(article),
            title: articleTitle(t, article),
            line: article.summary || undefined,
            aside: props.aside(article),
          }))}
        />
      </Disclosure>
    </section>
  ));
}
