import { areaTitle, authorityName, itemGist, itemTitle } from '~/app/_form/labels';
import { DefinitionList } from '~/app/_ui/definition-list';
import { LinkList } from '~/app/_ui/link-list';
import { Notice } from '~/app/_ui/notice';
import { Pair } from '~/app/_ui/pair';
import { Paragraphs } from '~/app/_ui/paragraphs';
import { words } from '~/server/caller';

type Facts = {
  areas: string[];
  law: string;
  reality: string;
  addressees: string[];
  library: string[];
  genderCheck: string;
  genderWaived: boolean;
  territory: boolean;
};

/** «Lo que dice la ley / lo que pasa aquí». */
export async function LawAndReality({ law, reality }: Pick<Facts, 'law' | 'reality'>) {
  const { t } = await words();
  return (
    <section>
      <h2 className="vh">{t('document.pair')}</h2>
      <Pair
        left={{
          title: t('document.law'),
          children: <Paragraphs text={law || t('document.law.none')} />,
        }}
        right={{
          title: t('document.reality'),
          children: <Paragraphs text={reality || t('document.reality.none')} />,
        }}
      />
    </section>
  );
}

/** What belongs to an article beside its text: law and reality, to whom it goes, the gender check, its laws. */
export async function ArticleFacts({ article }: { article: Facts }) {
  const { t, locale } = await words();
  return (
    <>
      {article.law || article.reality ? <LawAndReality law={article.law} reality={article.reality} /> : null}
      <DefinitionList
        items={[
          {
            term: t('document.addressees'),
            value: article.addressees.map(authorityName).join(' · ') || t('document.addressees.none'),
          },
          {
            term: t('document.areas'),
            value: article.areas.map((slug) => areaTitle(locale, slug)).join(' · '),
          },
        ]}
      />
      <section className="stack">
        <h2>{t('document.gender')}</h2>
        {article.genderWaived ? <p>{t('document.gender.waived')}</p> : null}
        <Paragraphs text={article.genderCheck || t('document.gender.none')} />
      </section>
      {article.territory ? (
        <Notice word={t('document.territory')}>
          <p>{t('document.territory.line')}</p>
          <a href="/biblioteca/ley-29785">{itemTitle('ley-29785')}</a>
        </Notice>
      ) : null}
      {article.library.length > 0 ? (
        <section className="stack">
          <h2>{t('document.library')}</h2>
          <LinkList
            items={article.library.map((slug) => ({
              href: `/biblioteca/${slug}`,
              title: itemTitle(slug),
              line: itemGist(locale, slug),
            }))}
          />
        </section>
      ) : null}
    </>
  );
}
