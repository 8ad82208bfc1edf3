import { randomUUID } from 'node:crypto';
import { redirect } from 'next/navigation';
import { FormProblem } from '~/app/_form/form-problem';
import { doorTo, found } from '~/app/_form/found';
import { areaOptions, areaTitle, articleTitle } from '~/app/_form/labels';
import { formState } from '~/app/_form/submit';
import { Page } from '~/app/_frame/page';
import { Breadcrumb } from '~/app/_ui/breadcrumb';
import { Button } from '~/app/_ui/button';
import { EmptyState } from '~/app/_ui/empty-state';
import { PageTitle } from '~/app/_ui/page-title';
import { Select } from '~/app/_ui/select';
import { TextArea } from '~/app/_ui/text-area';
import { TextField } from '~/app/_ui/text-field';
import { textAtMost } from '~/server/amendments/schema';
import { caller, requestContext, words } from '~/server/caller';
import { propose } from '../../../../enmiendas/actions';
import { NameFields } from '../../../../enmiendas/name-fields';

type Props = {
  params: Promise<{ number: string }>;
  searchParams: Promise<{ area?: string; tras?: string }>;
};

/** A new article that a base or a table asks for, with its place. */
export default async function AmendWithNew({ params, searchParams }: Props) {
  const { actor } = await requestContext();
  if (!actor.personId) redirect(await doorTo());
  const { number } = await params;
  const asked = await searchParams;
  const { t, locale } = await words();
  const forum = await caller();
  const version = await found(() => forum.document.version({ number }));
  const names = await forum.amendments.names();
  const form = await formState('propose');
  return (
    <Page at="document">
      <Breadcrumb
        label={t('document.crumbs')}
        items={[
          { text: t('document.version', { n: number }), href: `/documento/v/${number}` },
          { text: t('amendments.list'), href: `/documento/v/${number}/enmiendas` },
          { text: t('amendments.add') },
        ]}
      />
      <PageTitle title={t('amendments.add')} lead={t('amendments.add.lead')} />
      {!version.inForce ? (
        <EmptyState title={t('amendments.old')}>
          <Button kind="secondary" href="/documento">
            {t('amendments.old.now')}
          </Button>
        </EmptyState>
      ) : names.length === 0 ? (
        <EmptyState title={t('amendments.who')} line={t('amendments.who.line')} />
      ) : (
        <>
          <FormProblem form={form} />
          <form className="form" action={propose} data-autosave={`amend-new-${version.number}`}>
            <input type="hidden" name="key" value={randomUUID()} />
            <input type="hidden" name="kind" value="add" />
            <TextField
              name="title"
              required
              label={t('amendments.add.title')}
              value={form.value('title')}
              error={form.error('title')}
            />
            <TextArea
              name="text"
              required
              rows={10}
              label={t('amendments.add.text')}
              limit={{ max: textAtMost, words: t('amendments.limit', { max: textAtMost }) }}
              value={form.value('text')}
              error={form.error('text')}
            />
            <Select
              name="area"
              required
              label={t('amendments.add.area')}
              empty={t('amendments.add.area.choose')}
              value={form.value('area') ?? asked.area}
              options={areaOptions(locale)}
              error={form.error('area')}
            />
            <Select
              name="after"
              label={t('amendments.add.after')}
              empty={t('amendments.add.after.first')}
              value={form.value('after') ?? asked.tras}
              groups={version.chapters.map((chapter) => ({
                label: areaTitle(locale, chapter.area),
                options: chapter.articles.map((article) => ({
                  value: article.articleId,
                  label: articleTitle(t, article),
                })),
              }))}
              error={form.error('after')}
            />
            <NameFields form={form} names={names} />
            <Button full>{t('amendments.send')}</Button>
          </form>
        </>
      )}
    </Page>
  );
}
