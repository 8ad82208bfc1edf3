import { FormProblem } from '~/app/_form/form-problem';
import { formState } from '~/app/_form/submit';
import { Button } from '~/app/_ui/button';
import { Disclosure } from '~/app/_ui/disclosure';
import { RadioGroup } from '~/app/_ui/radio-group';
import type { Locale } from '~/messages/catalogue';
import { words } from '~/server/caller';
import { chooseLanguage } from './actions';

export async function Language({ locale }: { locale: Locale }) {
  const { t } = await words();
  const form = await formState('language');
  return (
    <Disclosure summary={t('people.language.title')} open={form.failed}>
      <FormProblem form={form} />
      <form className="form" action={chooseLanguage}>
        <RadioGroup
          name="locale"
          required
          label={t('people.language.label')}
          value={form.value('locale') ?? locale}
          error={form.error('locale')}
          options={(['es', 'en'] as const).map((value) => ({ value, label: t(`people.language.${value}`) }))}
        />
        <Button kind="secondary">{t('people.keep')}</Button>
      </form>
    </Disclosure>
  );
}
