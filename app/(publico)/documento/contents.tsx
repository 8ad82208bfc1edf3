import { number as inWords, longDate } from '~/app/_form/format';
import { FigureNumber, Figures } from '~/app/_ui/figure-number';
import { Notice } from '~/app/_ui/notice';
import { PageTitle } from '~/app/_ui/page-title';
import { Seal } from '~/app/_ui/seal';
import { areas } from '~/db/reference/areas';
import { words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';
import { Chapters, type Opened } from './chapters';
import { SearchForm } from './search-form';

type Version = ForumOutputs['document']['version'];

/** A frozen version: its seal, its chapters with their articles, and the areas that have none. */
export async function Contents({ version, opened }: { version: Version; opened: Opened }) {
  const { t, locale } = await words();
  const at = `/documento/v/${version.number}`;
  const empty = areas.filter(({ slug }) => !version.chapters.some((chapter) => chapter.area === slug));
  return (
    <>
      <PageTitle
        kicker={t('document.version.of', {
          n: version.number,
          day: longDate(locale, new Date(version.frozenAt)),
        })}
        title={version.title}
        lead={t('document.lead')}
      />
      {version.inForce ? null : (
        <Notice tone="warning" word={t('document.version.old')}>
          <a href="/documento">{t('document.version.latest', { n: version.latest })}</a>
        </Notice>
      )}
      <Figures>
        <FigureNumber
          value={inWords(locale, version.articles)}
          label={t('document.figure.articles', { n: version.articles })}
        />
        <FigureNumber
          value={inWords(locale, version.concerns)}
          label={t('document.figure.concerns', { n: version.concerns })}
        />
      </Figures>
      <a href={`/documento/cobertura?v=${version.number}`}>{t('document.coverage.link')}</a>
      <SearchForm version={version.number} />
      <Chapters
        chapters={version.chapters}
        href={(article) => `${at}/art/${article.number}`}
        aside={(article) => t('document.article.behind', { n: article.concerns })}
        at={version.inForce ? '/documento' : at}
        opened={opened}
      />
      <p>
        <a href={`${at}/enmiendas`}>{t('amendments.list.lead.link')}</a>
      </p>
      {empty.length > 0 ? (
        <section>
          <h2>{t('document.empty_areas')}</h2>
          <ul className="prose">
            {empty.map(({ slug, title }) => (
              <li key={slug}>{t('document.empty_area', { area: title[locale] })}</li>
            ))}
          </ul>
        </section>
      ) : null}
      <Seal label={t('document.seal')} hash={version.sha256} hint={t('document.seal.hint')} />
    </>
  );
}
