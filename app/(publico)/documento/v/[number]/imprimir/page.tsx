import { longDate } from '~/app/_form/format';
import { found } from '~/app/_form/found';
import { areaTitle } from '~/app/_form/labels';
import { Page } from '~/app/_frame/page';
import { PageTitle } from '~/app/_ui/page-title';
import { Paragraphs } from '~/app/_ui/paragraphs';
import { areas } from '~/db/reference/areas';
import { caller, words } from '~/server/caller';
import { PrintedArticle } from './printed-article';

/** The whole text of a version, for A4 in black and white. */
export default async function Printed({ params }: { params: Promise<{ number: string }> }) {
  const { number } = await params;
  const { t, locale } = await words();
  const forum = await caller();
  const version = await found(() => forum.document.printable({ number }));
  const of = (area: string) => version.articles.filter((article) => article.area === area);
  const inOrder = [...new Set(version.articles.map((article) => article.area))];
  const empty = areas.filter(({ slug }) => !inOrder.includes(slug));
  return (
    <Page at="document">
      <PageTitle
        kicker={t('document.version.of', {
          n: version.number,
          day: longDate(locale, new Date(version.frozenAt)),
        })}
        title={version.title}
        lead={<span className="noprint">{t('document.print.hint')}</span>}
      />
      {inOrder.map((area) => (
        <section className="stack" key={area}>
          <h2>{areaTitle(locale, area)}</h2>
          {of(area).map((article) => (
            <PrintedArticle key={article.id} article={article} />
          ))}
        </section>
      ))}
      {empty.map(({ slug, title }) => (
        <section key={slug}>
          <h2>{title[locale]}</h2>
          <Paragraphs text={t('document.no_articles')} />
        </section>
      ))}
      <section>
        <h2>{t('document.seal')}</h2>
        <p>{t('document.seal.hint')}</p>
        <code>{version.sha256}</code>
      </section>
    </Page>
  );
}
