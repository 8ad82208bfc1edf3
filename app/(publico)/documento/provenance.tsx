import { listInWords } from '~/app/_form/format';
import { areaTitle, placeTitle } from '~/app/_form/labels';
import { Disclosure } from '~/app/_ui/disclosure';
import { LinkList } from '~/app/_ui/link-list';
import { words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';

type Article = Pick<ForumOutputs['document']['article'], 'provenance' | 'articleId'> & {
  sources: { draftId: string; title: string; space: string }[];
};

const shown = 5;

/** What stands behind an article: how many concerns, from where, each with its link, and its drafts. */
export async function Provenance({ article: { articleId, provenance, sources } }: { article: Article }) {
  const { t, locale } = await words();
  const { total, areas, departments, groups, bases, concerns } = provenance;
  const counted = (items: { slug: string; n: number }[], name: (slug: string) => string) =>
    listInWords(
      locale,
      items.map(({ slug, n }) => t('document.behind.part', { name: name(slug), n })),
    );
  const rows = concerns.map((concern) => ({
    href: `/planteamientos/${concern.id}`,
    title: t('concerns.number', { n: concern.number }),
    line: t('document.behind.line', {
      areas: concern.areas.map((slug) => areaTitle(locale, slug)).join(', '),
      where: placeTitle(concern.department),
    }),
  }));
  return (
    <section className="stack" id="planteamientos">
      <h2>{t('document.behind', { n: total })}</h2>
      {total === 0 ? <p>{t('document.behind.none')}</p> : null}
      {concerns.length > 0 ? (
        <>
          <p>
            {t('document.behind.facts', {
              areas: counted(areas, (slug) => areaTitle(locale, slug)),
              departments: counted(departments, placeTitle),
              bases,
            })}{' '}
            {t('document.behind.groups', {
              groups: counted(groups, (slug) =>
                t(`document.coverage.group.${slug as (typeof groups)[number]['slug']}`),
              ),
            })}
          </p>
          <LinkList items={rows.slice(0, shown)} />
          {rows.length > shown ? (
            <Disclosure summary={t('document.behind.more', { n: rows.length - shown })}>
              <LinkList items={rows.slice(shown)} />
            </Disclosure>
          ) : null}
        </>
      ) : null}
      {sources.map((source) => (
        <p key={source.draftId}>
          {t('document.source', { space: source.space })}{' '}
          <a href={`/borradores/${source.draftId}`}>{source.title}</a>
        </p>
      ))}
      <p>
        <a href={`/articulo/${articleId}/origen`}>{t('document.origin.link')}</a>
      </p>
    </section>
  );
}
