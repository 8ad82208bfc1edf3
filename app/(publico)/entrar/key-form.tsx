import { FormProblem } from '~/app/_form/form-problem';
import { formState } from '~/app/_form/submit';
import { Button } from '~/app/_ui/button';
import { Card } from '~/app/_ui/card';
import { Lock } from '~/app/_ui/drawings/steps/lock';
import { TextField } from '~/app/_ui/text-field';
import { words } from '~/server/caller';
import { enter } from './actions';

/** «Ya tengo mi clave»: credential number and passphrase. */
export async function KeyForm({ to }: { to: string }) {
  const { t } = await words();
  const state = await formState('enter');
  return (
    <Card title={t('people.enter.key.title')} drawing={<Lock size={3} />}>
      <form className="form" action={enter}>
        <FormProblem form={state} />
        <input type="hidden" name="to" value={to} />
        <TextField
          name="number"
          label={t('people.enter.key.number')}
          hint={t('people.enter.key.number.hint')}
          autoComplete="username"
          inputMode="numeric"
          required
          value={state.value('number')}
          error={state.error('number')}
        />
        <TextField
          name="passphrase"
          kind="password"
          label={t('people.enter.key.passphrase')}
          autoComplete="current-password"
          required
          error={state.error('passphrase')}
        />
        <Button kind="secondary" full>
          {t('people.enter.key.go')}
        </Button>
      </form>
    </Card>
  );
}
