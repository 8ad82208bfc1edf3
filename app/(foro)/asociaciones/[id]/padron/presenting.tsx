import { randomUUID } from 'node:crypto';
import { FormProblem } from '~/app/_form/form-problem';
import { formState } from '~/app/_form/submit';
import { Button } from '~/app/_ui/button';
import { Disclosure } from '~/app/_ui/disclosure';
import { TextArea } from '~/app/_ui/text-area';
import { TextField } from '~/app/_ui/text-field';
import { words } from '~/server/caller';
import { present } from './actions';

/** The base's decision, carried to the committee: what the acta says and where it stands. */
export async function Presenting({ id, personId }: { id: string; personId: string }) {
  const { t } = await words();
  const form = await formState('present');
  return (
    <Disclosure summary={t('associations.present.summary')} open={form.failed}>
      <FormProblem form={form} />
      <form className="form" action={present}>
        <input type="hidden" name="id" value={id} />
        <input type="hidden" name="personId" value={personId} />
        <input type="hidden" name="key" value={form.value('key') ?? randomUUID()} />
        <p>{t('associations.present.lead')}</p>
        <TextField
          name="actaReference"
          required
          label={t('associations.present.reference')}
          hint={t('associations.present.reference.hint')}
          value={form.value('actaReference')}
          error={form.error('actaReference')}
        />
        <TextField
          name="actaDate"
          kind="date"
          required
          label={t('associations.present.date')}
          value={form.value('actaDate')}
          error={form.error('actaDate')}
        />
        <TextArea
          name="actaWords"
          rows={4}
          required
          label={t('associations.present.words')}
          hint={t('associations.present.words.hint')}
          value={form.value('actaWords')}
          error={form.error('actaWords')}
        />
        <Button kind="secondary">{t('associations.present.save')}</Button>
      </form>
    </Disclosure>
  );
}
