import { found } from '~/app/_form/found';
import { areaTitle } from '~/app/_form/labels';
import { Page } from '~/app/_frame/page';
import { Breadcrumb } from '~/app/_ui/breadcrumb';
import { Button } from '~/app/_ui/button';
import { AreaDrawing } from '~/app/_ui/drawings/area-drawing';
import { LinkList } from '~/app/_ui/link-list';
import { Notice } from '~/app/_ui/notice';
import { PageTitle } from '~/app/_ui/page-title';
import { WhyItWentBack } from '~/app/(foro)/votaciones/_parts/reasons';
import { caller, words } from '~/server/caller';
import { FieldsForm } from './fields-form';
import { Gone } from './gone';
import { LateWords } from './late-words';
import { LinksForm } from './links-form';
import { PlaceForm } from './place-form';
import { RetireForm } from './retire-form';
import { TextForm } from './text-form';

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ hecho?: string; acto?: string }> };
const deeds = [
  ...(['recogido', 'datos', 'texto', 'juntado', 'lugar', 'unido', 'suelto'] as const),
  ...(['sumado', 'unidos', 'dividido'] as const),
];

/** One article on the desk: text, facts, concerns, place. */
export default async function ArticleDesk({ params, searchParams }: Props) {
  const { id } = await params;
  const { hecho, acto } = await searchParams;
  const { t, locale } = await words();
  const forum = await caller();
  const { into } = await found(() => forum.document.find({ id }));
  if (into) return <Gone into={into} />;
  const article = await found(() => forum.document.workingArticle({ id }));
  const done = deeds.find((deed) => deed === hecho);
  return (
    <Page at="document">
      <Breadcrumb
        label={t('document.crumbs')}
        items={[
          { text: t('document.desk'), href: '/consolidar' },
          { text: t('document.article.short', { number: article.number }) },
        ]}
      />
      {done ? <Notice tone="success" live word={t(`document.done.${done}`)} /> : null}
      {done && acto ? (
        <Button kind="quiet" href={`/consolidar/actos/${acto}`} icon="arrowLeft">
          {t('document.acts.undo_this')}
        </Button>
      ) : null}
      <PageTitle
        kicker={t('document.desk.kicker', {
          number: article.number,
          area: areaTitle(locale, article.area),
        })}
        title={article.title}
        drawing={<AreaDrawing slug={article.area} size={3} />}
      />
      {article.lacks.length > 0 ? (
        <Notice tone="warning" word={t('document.desk.lacks')}>
          <ul>
            {article.lacks.map((lack) => (
              <li key={lack}>{t(`document.lack.${lack}`)}</li>
            ))}
          </ul>
        </Notice>
      ) : null}
      <LateWords late={article.late} />
      <WhyItWentBack articleId={id} open />
      <TextForm article={article} />
      <FieldsForm article={article} />
      <LinksForm article={article} />
      {article.sources.length > 0 ? (
        <section className="stack">
          <h2>{t('document.sources')}</h2>
          <LinkList
            items={article.sources.map((source) => ({
              href: `/borradores/${source.draftId}`,
              title: source.title,
              line: source.space,
            }))}
          />
        </section>
      ) : null}
      <PlaceForm article={article} />
      <section className="stack" id="juntar">
        <h2>{t('document.parts')}</h2>
        <p>{t('document.parts.line')}</p>
        <div className="row">
          <Button kind="secondary" href={`/consolidar/articulo/${id}/juntar`}>
            {t('document.merge')}
          </Button>
          <Button kind="secondary" href={`/consolidar/articulo/${id}/dividir`}>
            {t('document.split')}
          </Button>
        </div>
      </section>
      <RetireForm article={article} />
      {article.frozen ? (
        <Button
          kind="quiet"
          href={`/documento/v/${article.frozen.version}/art/${article.frozen.number}`}
          after="arrowRight"
        >
          {t('document.making.frozen', { n: article.frozen.version })}
        </Button>
      ) : null}
    </Page>
  );
}
