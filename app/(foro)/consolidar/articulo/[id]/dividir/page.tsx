import { FormProblem } from '~/app/_form/form-problem';
import { found } from '~/app/_form/found';
import { formState } from '~/app/_form/submit';
import { opening } from '~/app/_frame/concern-line';
import { Page } from '~/app/_frame/page';
import { Breadcrumb } from '~/app/_ui/breadcrumb';
import { EmptyState } from '~/app/_ui/empty-state';
import { LinkList } from '~/app/_ui/link-list';
import { PageTitle } from '~/app/_ui/page-title';
import { caller, words } from '~/server/caller';
import { cuts } from '~/server/document/rules/consolidation';
import { Gone } from '../gone';
import { SplitForm } from './split-form';

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ linea?: string }> };

/** Divides an article: first before which line, then what comes of it and where each concern goes. */
export default async function Split({ params, searchParams }: Props) {
  const { id } = await params;
  const { linea } = await searchParams;
  const { t } = await words();
  const forum = await caller();
  const gone = await found(() => forum.document.find({ id }));
  if (gone.into) return <Gone into={gone.into} />;
  const article = await found(() => forum.document.workingArticle({ id }));
  const form = await formState('split');
  const places = cuts(article.references.lines.join('\n'));
  const chosen = places.find(({ line }) => String(line) === linea);
  return (
    <Page at="document">
      <Breadcrumb
        label={t('document.crumbs')}
        items={[
          { text: t('document.desk'), href: '/consolidar' },
          { text: article.title, href: `/consolidar/articulo/${id}` },
          { text: t('document.split') },
        ]}
      />
      <PageTitle kicker={article.title} title={t('document.split')} lead={t('document.split.lead')} />
      <FormProblem form={form} />
      {chosen ? (
        <SplitForm article={article} line={chosen.line} />
      ) : (
        <>
          <h2>{t('document.split.where')}</h2>
          {places.length === 0 ? <EmptyState title={t('document.split.none')} /> : null}
          <LinkList
            items={places.map(({ line, words: said }) => ({
              href: `/consolidar/articulo/${id}/dividir?linea=${line}`,
              title: t('document.split.line', { n: line + 1 }),
              line: opening(said, 90),
            }))}
          />
        </>
      )}
    </Page>
  );
}
