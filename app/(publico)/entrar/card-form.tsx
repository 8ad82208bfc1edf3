import { FormProblem } from '~/app/_form/form-problem';
import { formState } from '~/app/_form/submit';
import { Button } from '~/app/_ui/button';
import { Card } from '~/app/_ui/card';
import { Card as CardDrawing } from '~/app/_ui/drawings/steps/card';
import { TextField } from '~/app/_ui/text-field';
import { words } from '~/server/caller';
import { openCard } from './actions';

/** «Tengo una tarjeta nueva»: the code, typed or put there by the light script from the QR's fragment. */
export async function CardForm({ to }: { to: string }) {
  const { t } = await words();
  const state = await formState('card');
  return (
    <Card title={t('people.enter.card.title')} drawing={<CardDrawing size={3} />}>
      <form className="form" action={openCard}>
        <FormProblem form={state} />
        <input type="hidden" name="to" value={to} />
        <TextField
          name="code"
          label={t('people.enter.card.code')}
          hint={t('people.enter.card.code.hint')}
          autoComplete="off"
          required
          value={state.value('code')}
          error={state.error('code')}
        />
        <Button full>{t('people.enter.card.go')}</Button>
      </form>
    </Card>
  );
}
