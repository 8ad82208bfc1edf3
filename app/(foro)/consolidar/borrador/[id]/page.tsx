import { randomUUID } from 'node:crypto';
import { FormProblem } from '~/app/_form/form-problem';
import { found } from '~/app/_form/found';
import { areaOptions } from '~/app/_form/labels';
import { formState } from '~/app/_form/submit';
import { Page } from '~/app/_frame/page';
import { Breadcrumb } from '~/app/_ui/breadcrumb';
import { Button } from '~/app/_ui/button';
import { Card } from '~/app/_ui/card';
import { Notice } from '~/app/_ui/notice';
import { PageTitle } from '~/app/_ui/page-title';
import { Paragraphs } from '~/app/_ui/paragraphs';
import { Select } from '~/app/_ui/select';
import { TextField } from '~/app/_ui/text-field';
import { caller, words } from '~/server/caller';
import { takeUp } from '../../actions';
import { TakenFields } from './taken-fields';

/** A draft on the desk: its words, and the form that makes an article of them. */
export default async function TakeUp({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const { t, locale } = await words();
  const forum = await caller();
  const draft = await found(() => forum.document.draftToTake({ id }));
  const form = await formState('takeUp');
  return (
    <Page at="document">
      <Breadcrumb
        label={t('document.crumbs')}
        items={[{ text: t('document.desk'), href: '/consolidar' }, { text: draft.title }]}
      />
      <PageTitle kicker={draft.space} title={draft.title} lead={t('document.take.lead')} />
      {draft.articles > 0 ? (
        <Notice tone="warning" word={t('document.desk.draft.taken', { n: draft.articles })} />
      ) : null}
      {draft.text.trim() === '' ? (
        <Notice tone="warning" word={t('failures.document.draft_empty')} />
      ) : (
        <>
          <Card title={t('document.take.words')}>
            <Paragraphs text={draft.text} large />
          </Card>
          <Button kind="quiet" href={`/consolidar/borrador/${id}/sumar`} icon="plus">
            {t('document.add')}
          </Button>
          <FormProblem form={form} />
          <form className="form" action={takeUp}>
            <input type="hidden" name="key" value={form.value('key') ?? randomUUID()} />
            <input type="hidden" name="draftId" value={draft.id} />
            <input type="hidden" name="seq" value={draft.seq} />
            <input type="hidden" name="concerns" value="some" />
            <TextField
              name="title"
              required
              label={t('document.take.title')}
              hint={t('document.take.title.hint')}
              value={form.value('title') ?? draft.title}
              error={form.error('title')}
            />
            <Select
              name="area"
              required
              label={t('document.take.area')}
              empty={t('document.take.area.choose')}
              value={form.value('area') ?? (draft.areas.length === 1 ? draft.areas[0] : undefined)}
              error={form.error('area')}
              options={areaOptions(locale)}
            />
            <TakenFields draft={draft} name="takeUp" />
            <Button>{t('document.take.button')}</Button>
          </form>
        </>
      )}
    </Page>
  );
}
