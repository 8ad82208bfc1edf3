import { randomUUID } from 'node:crypto';
import { FormProblem } from '~/app/_form/form-problem';
import { areaOptions } from '~/app/_form/labels';
import { formState } from '~/app/_form/submit';
import { Button } from '~/app/_ui/button';
import { CheckboxGroup } from '~/app/_ui/checkbox-group';
import { Disclosure } from '~/app/_ui/disclosure';
import { TextArea } from '~/app/_ui/text-area';
import { TextField } from '~/app/_ui/text-field';
import { words } from '~/server/caller';
import { open } from './actions';

/** A new thematic table: its name, what it is for, its areas, and who coordinates it. */
export async function OpenTable() {
  const { t, locale } = await words();
  const form = await formState('open');
  return (
    <Disclosure summary={t('spaces.open.summary')} open={form.failed}>
      <FormProblem form={form} />
      <form className="form" action={open}>
        <input type="hidden" name="key" value={form.value('key') ?? randomUUID()} />
        <TextField
          name="title"
          required
          label={t('spaces.open.title')}
          value={form.value('title')}
          error={form.error('title')}
        />
        <TextArea
          name="purpose"
          rows={3}
          required
          label={t('spaces.purpose')}
          value={form.value('purpose')}
          error={form.error('purpose')}
        />
        <CheckboxGroup
          name="areas"
          two
          label={t('spaces.areas')}
          value={form.values('areas')}
          error={form.error('areas')}
          options={areaOptions(locale)}
        />
        <TextField
          name="number"
          required
          inputMode="numeric"
          label={t('spaces.open.number')}
          hint={t('spaces.number.hint')}
          value={form.value('number')}
          error={form.error('number')}
        />
        <Button>{t('spaces.open.save')}</Button>
      </form>
    </Disclosure>
  );
}
