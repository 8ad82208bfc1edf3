import { FormProblem } from '~/app/_form/form-problem';
import { formState } from '~/app/_form/submit';
import { Button } from '~/app/_ui/button';
import { Disclosure } from '~/app/_ui/disclosure';
import { TextField } from '~/app/_ui/text-field';
import { words } from '~/server/caller';
import { changePassphrase } from './actions';

export async function Passphrase() {
  const { t } = await words();
  const form = await formState('passphrase');
  const again = (
    <TextField
      name="again"
      kind="password"
      label={t('people.choose.again')}
      autoComplete="new-password"
      required
      error={form.error('again')}
    />
  );
  return (
    <Disclosure summary={t('people.passphrase.title')} open={form.failed}>
      <FormProblem form={form} />
      <p>{t('people.passphrase.lead')}</p>
      <form className="form" action={changePassphrase}>
        <TextField
          name="old"
          kind="password"
          label={t('people.passphrase.old')}
          autoComplete="current-password"
          required
          error={form.error('old')}
        />
        <TextField
          name="passphrase"
          kind="password"
          label={t('people.choose.passphrase')}
          hint={t('people.choose.passphrase.hint')}
          autoComplete="new-password"
          required
          error={form.error('passphrase')}
        />
        <noscript>{again}</noscript>
        <Button kind="secondary">{t('people.passphrase.go')}</Button>
      </form>
    </Disclosure>
  );
}
