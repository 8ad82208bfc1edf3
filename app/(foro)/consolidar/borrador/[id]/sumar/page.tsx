import { randomUUID } from 'node:crypto';
import { FormProblem } from '~/app/_form/form-problem';
import { found } from '~/app/_form/found';
import { areaTitle, articleTitle } from '~/app/_form/labels';
import { formState } from '~/app/_form/submit';
import { Page } from '~/app/_frame/page';
import { Breadcrumb } from '~/app/_ui/breadcrumb';
import { Button } from '~/app/_ui/button';
import { Disclosure } from '~/app/_ui/disclosure';
import { PageTitle } from '~/app/_ui/page-title';
import { Paragraphs } from '~/app/_ui/paragraphs';
import { Select } from '~/app/_ui/select';
import { caller, words } from '~/server/caller';
import { addDraft } from '../../../actions';
import { TakenFields } from '../taken-fields';

/** Words of a draft that come behind those of an article that stands already. */
export default async function AddDraft({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const { t, locale } = await words();
  const forum = await caller();
  const [draft, making] = await Promise.all([
    found(() => forum.document.draftToTake({ id })),
    found(() => forum.document.working()),
  ]);
  const form = await formState('addDraft');
  return (
    <Page at="document">
      <Breadcrumb
        label={t('document.crumbs')}
        items={[
          { text: t('document.desk'), href: '/consolidar' },
          { text: draft.title, href: `/consolidar/borrador/${id}` },
          { text: t('document.add') },
        ]}
      />
      <PageTitle kicker={draft.title} title={t('document.add')} lead={t('document.add.lead')} />
      <Disclosure summary={t('document.take.words')}>
        <Paragraphs text={draft.text} />
      </Disclosure>
      <FormProblem form={form} />
      <form className="form" action={addDraft}>
        <input type="hidden" name="key" value={randomUUID()} />
        <input type="hidden" name="draftId" value={draft.id} />
        <input type="hidden" name="seq" value={draft.seq} />
        <input type="hidden" name="concerns" value="some" />
        <Select
          id="f-id"
          name="target"
          required
          label={t('document.add.article')}
          empty={t('document.link.choose')}
          value={form.value('target')}
          error={form.error('id')}
          groups={making.chapters
            .filter((chapter) => chapter.articles.length > 0)
            .map((chapter) => ({
              label: areaTitle(locale, chapter.area),
              options: chapter.articles.map((one) => ({
                value: `${one.id} ${one.revision}`,
                label: articleTitle(t, one),
              })),
            }))}
        />
        <TakenFields draft={draft} name="addDraft" />
        <Button>{t('document.add.button')}</Button>
      </form>
    </Page>
  );
}
