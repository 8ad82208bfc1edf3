import { FormProblem } from '~/app/_form/form-problem';
import { found } from '~/app/_form/found';
import { areaTitle, articleTitle } from '~/app/_form/labels';
import { formState } from '~/app/_form/submit';
import { Page } from '~/app/_frame/page';
import { Breadcrumb } from '~/app/_ui/breadcrumb';
import { Button } from '~/app/_ui/button';
import { Notice } from '~/app/_ui/notice';
import { PageTitle } from '~/app/_ui/page-title';
import { RadioGroup } from '~/app/_ui/radio-group';
import { Select } from '~/app/_ui/select';
import { caller, words } from '~/server/caller';
import { wordings } from '~/server/document/rules/consolidation';
import { Gone } from '../gone';
import { MergeForm } from './merge-form';

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ con?: string; orden?: string }> };

/** Joins another article into this one: first with which and in what order, then what comes of it. */
export default async function Merge({ params, searchParams }: Props) {
  const { id } = await params;
  const { con, orden } = await searchParams;
  const { t, locale } = await words();
  const forum = await caller();
  const gone = await found(() => forum.document.find({ id }));
  if (gone.into) return <Gone into={gone.into} />;
  const wording = wordings.find((one) => one === orden) ?? 'first';
  const [preview, { chapters }] = await Promise.all([
    found(() => forum.document.mergePreview({ id, other: con })),
    found(() => forum.document.working()),
  ]);
  const form = await formState('merge');
  const { article, other, joined, into } = preview;
  return (
    <Page at="document">
      <Breadcrumb
        label={t('document.crumbs')}
        items={[
          { text: t('document.desk'), href: '/consolidar' },
          { text: article.title, href: `/consolidar/articulo/${id}` },
          { text: t('document.merge') },
        ]}
      />
      <PageTitle kicker={article.title} title={t('document.merge')} lead={t('document.merge.lead')} />
      <FormProblem form={form} />
      {into && !form.failed ? (
        <Notice tone="warning" word={t('failures.document.merged', { title: into.title })} />
      ) : null}
      <form className="form" method="get" action={`/consolidar/articulo/${id}/juntar`}>
        <Select
          id="f-other"
          name="con"
          required
          label={t('document.merge.other')}
          empty={t('document.link.choose')}
          value={other?.id}
          error={form.error('other')}
          groups={chapters
            .map((chapter) => ({
              label: areaTitle(locale, chapter.area),
              options: chapter.articles
                .filter((one) => one.id !== id)
                .map((one) => ({ value: one.id, label: articleTitle(t, one) })),
            }))
            .filter(({ options }) => options.length > 0)}
        />
        <RadioGroup
          id="f-wording"
          name="orden"
          label={t('document.merge.wording')}
          value={wording}
          error={form.error('wording')}
          options={wordings.map((value) => ({
            value,
            label: t(`document.merge.wording.${value}`),
            meaning: t(`document.merge.wording.${value}.hint`),
          }))}
        />
        <Button kind={other ? 'secondary' : 'primary'}>{t('document.merge.look')}</Button>
      </form>
      {other && joined ? <MergeForm {...{ article, other, joined, wording }} /> : null}
    </Page>
  );
}
