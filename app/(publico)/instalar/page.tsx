import { FormProblem } from '~/app/_form/form-problem';
import { found } from '~/app/_form/found';
import { agent, signInHere } from '~/app/_form/sign-in';
import { formState, submit } from '~/app/_form/submit';
import { Page } from '~/app/_frame/page';
import { Button } from '~/app/_ui/button';
import { TextField } from '~/app/_ui/text-field';
import { caller, words } from '~/server/caller';

async function setUp(form: FormData) {
  'use server';
  const opened = await submit('setup', form, async (input) =>
    (await caller()).people.setUp({ ...input, agent: await agent() }),
  );
  if (opened) await signInHere(opened, '/mi-espacio?hecho=foro');
}

/** The first visit of an empty forum; afterwards there is no such page. */
export default async function SetUp() {
  const { t } = await words();
  await found(async () => (await caller()).people.setUpOpen());
  const form = await formState('setup');
  return (
    <Page title={t('setup.title')}>
      <p>{t('setup.lead')}</p>
      <FormProblem form={form} />
      <form className="form" action={setUp}>
        <TextField
          name="code"
          required
          label={t('setup.code')}
          hint={t('setup.code.hint')}
          autoComplete="off"
          value={form.value('code')}
          error={form.error('code')}
        />
        <TextField
          name="forum"
          required
          label={t('setup.forum')}
          autoComplete="off"
          value={form.value('forum')}
          error={form.error('forum')}
        />
        <TextField
          name="name"
          required
          label={t('setup.name')}
          hint={t('setup.name.hint')}
          autoComplete="name"
          value={form.value('name')}
          error={form.error('name')}
        />
        <TextField
          name="passphrase"
          kind="password"
          required
          label={t('setup.passphrase')}
          hint={t('people.choose.passphrase.hint')}
          autoComplete="new-password"
          error={form.error('passphrase')}
        />
        <noscript>
          <TextField
            name="again"
            kind="password"
            required
            label={t('people.choose.again')}
            autoComplete="new-password"
            error={form.error('again')}
          />
        </noscript>
        <Button full>{t('setup.go')}</Button>
      </form>
    </Page>
  );
}
