import { formState } from '~/app/_form/submit';
import { opening } from '~/app/_frame/concern-line';
import { CheckboxGroup } from '~/app/_ui/checkbox-group';
import { RadioGroup } from '~/app/_ui/radio-group';
import { TextArea } from '~/app/_ui/text-area';
import { words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';

type Draft = ForumOutputs['document']['draftToTake'];

/** What is taken of a draft: its words or a passage of them, and which of its concerns. */
export async function TakenFields({ draft, name }: { draft: Draft; name: 'takeUp' | 'addDraft' }) {
  const { t } = await words();
  const form = await formState(name);
  return (
    <>
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
    </>
  );
}
