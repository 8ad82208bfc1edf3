import { randomUUID } from 'node:crypto';
import { FormProblem } from '~/app/_form/form-problem';
import { formState } from '~/app/_form/submit';
import { Button } from '~/app/_ui/button';
import { Disclosure } from '~/app/_ui/disclosure';
import { TextField } from '~/app/_ui/text-field';
import { words } from '~/server/caller';
import { enroll } from './actions';

/** Who comes from no base: liaisons, who runs the machine, the secretary of a base to come. */
export async function Enroll() {
  const { t } = await words();
  const form = await formState('enroll');
  return (
    <Disclosure summary={t('people.desk.enroll')} open={form.failed}>
      <p>{t('people.desk.enroll.lead')}</p>
      <FormProblem form={form} />
      <form className="form" action={enroll}>
        <input type="hidden" name="key" value={form.value('key') ?? randomUUID()} />
        <TextField
          name="name"
          required
          label={t('people.desk.enroll.name')}
          autoComplete="off"
          value={form.value('name')}
          error={form.error('name')}
        />
        <Button kind="secondary">{t('people.desk.enroll.go')}</Button>
      </form>
    </Disclosure>
  );
}
