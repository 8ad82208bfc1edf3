import { FormProblem } from '~/app/_form/form-problem';
import { formState } from '~/app/_form/submit';
import { Button } from '~/app/_ui/button';
import { CheckboxGroup } from '~/app/_ui/checkbox-group';
import { Disclosure } from '~/app/_ui/disclosure';
import { words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';
import { dissolve, leave } from './actions';

type Props = { base: ForumOutputs['associations']['detail']; personId: string | null };

/** What ends: one's own belonging, or the base. */
export async function Endings({ base, personId }: Props) {
  const { t } = await words();
  const [leaving, dissolving] = [await formState('leave'), await formState('dissolve')];
  return (
    <>
      {base.abilities.leave && personId ? (
        <Disclosure summary={t('associations.leave.summary')} open={leaving.failed}>
          <FormProblem form={leaving} />
          <form className="form" action={leave}>
            <input type="hidden" name="id" value={base.id} />
            <input type="hidden" name="personId" value={personId} />
            <p>{t('associations.leave.line')}</p>
            <Button kind="danger">{t('associations.leave')}</Button>
          </form>
        </Disclosure>
      ) : null}
      {base.abilities.dissolve ? (
        <Disclosure summary={t('associations.dissolve.summary')} open={dissolving.failed}>
          <FormProblem form={dissolving} />
          <form className="form" action={dissolve}>
            <input type="hidden" name="id" value={base.id} />
            <CheckboxGroup
              name="sure"
              label={t('associations.dissolve.line')}
              error={dissolving.error('sure')}
              options={[{ value: 'on', label: t('associations.dissolve.sure') }]}
            />
            <Button kind="danger">{t('associations.dissolve')}</Button>
          </form>
        </Disclosure>
      ) : null}
    </>
  );
}
