import { FormProblem } from '~/app/_form/form-problem';
import { formState } from '~/app/_form/submit';
import { Button } from '~/app/_ui/button';
import { CheckboxGroup } from '~/app/_ui/checkbox-group';
import { Disclosure } from '~/app/_ui/disclosure';
import { RadioGroup } from '~/app/_ui/radio-group';
import { words } from '~/server/caller';
import { sexes } from '~/server/people/schema';
import { declareSex } from './actions';

/** Self-declared, with its purpose and her consent; taken back with one press. */
export async function Sex({ sex }: { sex: (typeof sexes)[number] | null }) {
  const { t } = await words();
  const form = await formState('sex');
  return (
    <Disclosure summary={t('people.sex.title')} open={form.failed}>
      <FormProblem form={form} />
      <p>{t('people.sex.purpose')}</p>
      <form className="form" action={declareSex}>
        <RadioGroup
          name="sex"
          required
          label={t('people.sex.label')}
          value={form.value('sex') ?? sex ?? undefined}
          error={form.error('sex')}
          options={sexes.map((value) => ({ value, label: t(`people.sex.${value}`) }))}
        />
        <CheckboxGroup
          name="consent"
          label={t('people.sex.consent.label')}
          value={form.values('consent')}
          error={form.error('consent')}
          options={[{ value: 'on', label: t('people.sex.consent') }]}
        />
        <Button kind="secondary">{t('people.keep')}</Button>
      </form>
      {sex ? (
        <form action={declareSex}>
          <Button kind="danger">{t('people.sex.remove')}</Button>
        </form>
      ) : null}
    </Disclosure>
  );
}
