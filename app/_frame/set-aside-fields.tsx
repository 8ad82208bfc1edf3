import type { formState } from '~/app/_form/submit';
import { RadioGroup } from '~/app/_ui/radio-group';
import { TextArea } from '~/app/_ui/text-area';
import { words } from '~/server/caller';
import { reasonCode } from '~/server/concerns/schema';

/** Why something is not taken up: one of the list, and in words for who raised it. */
export async function SetAsideFields({ form }: { form: Awaited<ReturnType<typeof formState>> }) {
  const { t } = await words();
  return (
    <>
      <p className="hint">{t('concerns.aside.hint')}</p>
      <RadioGroup
        name="reasonCode"
        required
        label={t('concerns.aside.code')}
        value={form.value('reasonCode')}
        error={form.error('reasonCode')}
        options={reasonCode.options.map((code) => ({
          value: code,
          label: t(`concerns.reason.${code}`),
          meaning: t(`concerns.reason.${code}.meaning`),
        }))}
      />
      <TextArea
        name="reason"
        required
        rows={3}
        label={t('concerns.aside.reason')}
        hint={t('concerns.aside.reason.hint')}
        value={form.value('reason')}
        error={form.error('reason')}
      />
    </>
  );
}
