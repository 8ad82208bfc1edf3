import { randomUUID } from 'node:crypto';
import { FormProblem } from '~/app/_form/form-problem';
import { formState } from '~/app/_form/submit';
import { Button } from '~/app/_ui/button';
import { Disclosure } from '~/app/_ui/disclosure';
import { RadioGroup } from '~/app/_ui/radio-group';
import { TextField } from '~/app/_ui/text-field';
import { sexes } from '~/server/associations/schema';
import { words } from '~/server/caller';
import { add, enroll } from './actions';

/** How a base grows one by one: somebody new, or somebody who has a card already. */
export async function Enrolling({ id }: { id: string }) {
  const { t } = await words();
  const [fresh, known] = [await formState('enroll'), await formState('add')];
  return (
    <>
      <Disclosure summary={t('associations.enroll.summary')} open={fresh.failed}>
        <FormProblem form={fresh} />
        <form className="form" action={enroll}>
          <input type="hidden" name="id" value={id} />
          <input type="hidden" name="key" value={fresh.value('key') ?? randomUUID()} />
          <TextField
            name="name"
            required
            label={t('associations.enroll.name')}
            hint={t('associations.enroll.name.hint')}
            value={fresh.value('name')}
            error={fresh.error('name')}
          />
          <RadioGroup
            name="sex"
            two
            label={t('associations.enroll.sex')}
            optional={t('associations.optional')}
            hint={t('associations.enroll.sex.hint')}
            value={fresh.value('sex')}
            error={fresh.error('sex')}
            options={sexes.map((sex) => ({ value: sex, label: t(`associations.sex.${sex}`) }))}
          />
          <Button>{t('associations.enroll.save')}</Button>
        </form>
      </Disclosure>
      <Disclosure summary={t('associations.add.summary')} open={known.failed}>
        <FormProblem form={known} />
        <form className="form" action={add}>
          <input type="hidden" name="id" value={id} />
          <input type="hidden" name="key" value={known.value('key') ?? randomUUID()} />
          <TextField
            name="number"
            id="f-add-number"
            required
            label={t('associations.add.number')}
            hint={t('associations.add.number.hint')}
            inputMode="numeric"
            value={known.value('number')}
            error={known.error('number')}
          />
          <Button>{t('associations.add.save')}</Button>
        </form>
      </Disclosure>
    </>
  );
}
