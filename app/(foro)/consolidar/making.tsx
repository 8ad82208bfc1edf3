import type { ReactNode } from 'react';
import { areaTitle } from '~/app/_form/labels';
import { EmptyState } from '~/app/_ui/empty-state';
import { StatePill } from '~/app/_ui/state-pill';
import type { Translator } from '~/messages/catalogue';
import { words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';
import { Chapters, type Opened } from '../../(publico)/documento/chapters';

type Working = ForumOutputs['document']['working'];
type Line = Working['chapters'][number]['articles'][number];

function Lacks({ article, t }: { article: Line; t: Translator }) {
  const { addressee, gender } = article.lacks;
  return addressee || gender ? (
    <StatePill state="moving">
      {t(
        addressee && gender
          ? 'document.lacks.both'
          : addressee
            ? 'document.lacks.addressee'
            : 'document.lacks.gender',
      )}
    </StatePill>
  ) : (
    t('document.article.behind', { n: article.concerns })
  );
}

/** The document in the making: chapters with their articles, and the areas that have none yet. */
export async function Making({
  making,
  opened,
  children,
}: {
  making: Working;
  opened: Opened;
  children?: ReactNode;
}) {
  const { t, locale } = await words();
  const { edit } = making.abilities;
  const { inForce } = making;
  const full = making.chapters.filter((chapter) => chapter.articles.length > 0);
  const empty = making.chapters.filter((chapter) => chapter.articles.length === 0);
  return (
    <section className="stack">
      <h2>{t('document.making.title', { n: making.total })}</h2>
      {making.total === 0 ? (
        <EmptyState title={t('document.making.empty')} line={t('document.making.empty.line')} />
      ) : null}
      {children}
      {inForce ? (
        <p>
          <a href={`/documento/v/${inForce.number}/enmiendas`}>
            {t('amendments.list.of', { n: inForce.number })}
          </a>
        </p>
      ) : null}
      <Chapters
        chapters={full}
        href={({ id }) => (edit ? `/consolidar/articulo/${id}` : `/articulo/${id}?obra`)}
        aside={(article) => <Lacks article={article} t={t} />}
        at="/consolidar"
        opened={opened}
      />
      {empty.length > 0 ? (
        <p className="hint">
          {t('document.making.empty_areas', {
            areas: empty.map((chapter) => areaTitle(locale, chapter.area)).join(', '),
          })}
        </p>
      ) : null}
    </section>
  );
}
