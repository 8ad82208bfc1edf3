import { FormProblem } from '~/app/_form/form-problem';
import { unbroken } from '~/app/_form/format';
import { formState } from '~/app/_form/submit';
import { Page } from '~/app/_frame/page';
import { Button } from '~/app/_ui/button';
import { TextField } from '~/app/_ui/text-field';
import { words } from '~/server/caller';
import { choosePassphrase } from './actions';

/** The second step of a new card. The code travels in a hidden field: the server keeps no half of it. */
export async function ChooseForm({ to }: { to: string }) {
  const { t } = await words();
  const state = await formState('choose');
  const carried = ['code', 'holder'] as const;
  return (
    <Page at="mine" title={t('people.choose.title')}>
      <form className="form" action={choosePassphrase}>
        <FormProblem form={state} />
        <div>
          <p>{t('people.choose.hello', { name: state.value('holder') ?? '' })}</p>
          <p>
            <b>{t('people.choose.number', { number: unbroken(state.value('number') ?? '') })}</b>
          </p>
        </div>
        <input type="hidden" name="to" value={to} />
        {carried.map((name) => (
          <input key={name} type="hidden" name={name} value={state.value(name) ?? ''} />
        ))}
        {/* For the phone's own keeper of passphrases, which asks whose it is. */}
        <input
          type="text"
          name="number"
          value={state.value('number') ?? ''}
          autoComplete="username"
          readOnly
          hidden
        />
        <TextField
          name="passphrase"
          kind="password"
          label={t('people.choose.passphrase')}
          hint={t('people.choose.passphrase.hint')}
          autoComplete="new-password"
          required
          error={state.error('passphrase')}
        />
        {/* Without a script nothing can show what was typed. */}
        <noscript>
          <TextField
            name="again"
            kind="password"
            label={t('people.choose.again')}
            autoComplete="new-password"
            required
            error={state.error('again')}
          />
        </noscript>
        <p>{t('people.choose.alone')}</p>
        <Button full>{t('people.choose.go')}</Button>
      </form>
    </Page>
  );
}
