import { FormProblem } from '~/app/_form/form-problem';
import { formState } from '~/app/_form/submit';
import { Button } from '~/app/_ui/button';
import { Disclosure } from '~/app/_ui/disclosure';
import { caller, requestContext, words } from '~/server/caller';
import { countMe } from '../actions';

/** For who is signed in: whether ballots may count what she says of herself, with its purpose; given and taken back. */
export async function Counting() {
  const { actor } = await requestContext();
  if (!actor.personId) return null;
  const { t } = await words();
  const { agreed, abilities } = await (await caller()).ballots.counting();
  const form = await formState('count');
  const now = agreed ? 'ballots.count.yes' : abilities.agree ? 'ballots.count.no' : 'ballots.count.other';
  return (
    <Disclosure summary={t('ballots.count.title')} open={form.failed}>
      <FormProblem form={form} />
      <p>{t('ballots.count.line')}</p>
      <p>
        <b>{t(now)}</b>
      </p>
      <p>
        <a href="/mi-espacio">{t('ballots.count.sex')}</a>
      </p>
      {agreed || abilities.agree ? (
        <form action={countMe}>
          <input type="hidden" name="agree" value={agreed ? '' : 'on'} />
          <Button kind={agreed ? 'danger' : 'secondary'}>
            {t(agreed ? 'ballots.count.remove' : 'ballots.count.agree')}
          </Button>
        </form>
      ) : null}
    </Disclosure>
  );
}
