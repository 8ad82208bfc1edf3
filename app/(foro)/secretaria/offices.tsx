import { randomUUID } from 'node:crypto';
import { FormProblem } from '~/app/_form/form-problem';
import { formState } from '~/app/_form/submit';
import { Button } from '~/app/_ui/button';
import { Disclosure } from '~/app/_ui/disclosure';
import { RadioGroup } from '~/app/_ui/radio-group';
import { TextField } from '~/app/_ui/text-field';
import { words } from '~/server/caller';
import { createOffice } from './actions';

/** The State's offices that may be asked and have liaisons. */
export async function Offices({ offices }: { offices: { id: string; name: string }[] }) {
  const { t } = await words();
  const form = await formState('office');
  return (
    <Disclosure summary={t('people.desk.offices', { n: offices.length })} open={form.failed}>
      <ul>
        {offices.map((office) => (
          <li key={office.id}>{office.name}</li>
        ))}
      </ul>
      <FormProblem form={form} ids={{ name: 'f-office' }} />
      <form className="form" action={createOffice}>
        <input type="hidden" name="key" value={form.value('key') ?? randomUUID()} />
        <TextField
          name="name"
          id="f-office"
          required
          label={t('people.desk.offices.name')}
          autoComplete="off"
          value={form.value('name')}
          error={form.error('name')}
        />
        <RadioGroup
          name="country"
          required
          two
          label={t('people.desk.offices.country')}
          value={form.value('country')}
          error={form.error('country')}
          options={(['PE', 'BO'] as const).map((value) => ({
            value,
            label: t(`people.desk.offices.${value}`),
          }))}
        />
        <Button kind="secondary">{t('people.desk.offices.go')}</Button>
      </form>
    </Disclosure>
  );
}
