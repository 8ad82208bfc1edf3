import { randomUUID } from 'node:crypto';
import { FormProblem } from '~/app/_form/form-problem';
import { found } from '~/app/_form/found';
import { areaOptions } from '~/app/_form/labels';
import { formState } from '~/app/_form/submit';
import { opening } from '~/app/_frame/concern-line';
import { Page } from '~/app/_frame/page';
import { Breadcrumb } from '~/app/_ui/breadcrumb';
import { Button } from '~/app/_ui/button';
import { Card } from '~/app/_ui/card';
import { CheckboxGroup } from '~/app/_ui/checkbox-group';
import { Notice } from '~/app/_ui/notice';
import { PageTitle } from '~/app/_ui/page-title';
import { Paragraphs } from '~/app/_ui/paragraphs';
import { RadioGroup } from '~/app/_ui/radio-group';
import { Select } from '~/app/_ui/select';
import { TextArea } from '~/app/_ui/text-area';
import { TextField } from '~/app/_ui/text-field';
import { caller, words } from '~/server/caller';
import { takeUp } from '../../actions';

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
            <RadioGroup
              name="wording"
              label={t('document.take.wording')}
              value={form.value('wording') ?? 'all'}
              error={form.error('wording')}
              options={(['all', 'passage'] as const).map((value) => ({
                value,
                label: t(`document.take.wording.${value}`),
                meaning: t(`document.take.wording.${value}.hint`),
              }))}
            />
            <TextArea
              name="passage"
              optional={t('document.optional')}
              label={t('document.take.passage')}
              hint={t('document.take.passage.hint')}
              value={form.value('passage')}
              error={form.error('passage')}
            />
            {draft.concerns.length > 0 ? (
              <CheckboxGroup
                name="concernIds"
                label={t('document.take.concerns')}
                hint={t('document.take.concerns.hint')}
                value={form.failed ? form.values('concernIds') : draft.concerns.map((concern) => concern.id)}
                error={form.error('concernIds')}
                options={draft.concerns.map((concern) => ({
                  value: concern.id,
                  label: t('concerns.number', { n: concern.number }),
                  meaning: opening(concern.words),
                }))}
              />
            ) : (
              <p>{t('document.take.concerns.none')}</p>
            )}
            <Button>{t('document.take.button')}</Button>
          </form>
        </>
      )}
    </Page>
  );
}
