import { randomUUID } from 'node:crypto';
import { FormProblem } from '~/app/_form/form-problem';
import { formState } from '~/app/_form/submit';
import { Button } from '~/app/_ui/button';
import { Disclosure } from '~/app/_ui/disclosure';
import { RadioGroup } from '~/app/_ui/radio-group';
import { TextField } from '~/app/_ui/text-field';
import { words } from '~/server/caller';
import { createOffice } from './actions';

/** Names an office of the State, so that it can be asked and have liaisons. */
export async function OfficeForm() {
  const { t } = await words();
  const form = await formState('office');
  return (
    <Disclosure summary={t('responses.office')} open={form.failed}>
      <FormProblem form={form} />
      <form className="form" action={createOffice}>
        <input type="hidden" name="key" value={randomUUID()} />
        <TextField
          name="name"
          required
          label={t('responses.office.name')}
          hint={t('responses.office.name.hint')}
          value={form.value('name')}
          error={form.error('name')}
        />
        <RadioGroup
          name="country"
          required
          two
          label={t('responses.office.country')}
          value={form.value('country') ?? 'PE'}
          error={form.error('country')}
          options={(['PE', 'BO'] as const).map((value) => ({
            value,
            label: t(`responses.country.${value}`),
          }))}
        />
        <Button kind="secondary">{t('responses.office.button')}</Button>
      </form>
    </Disclosure>
  );
}
