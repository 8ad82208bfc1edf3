import { FormProblem } from '~/app/_form/form-problem';
import { formState } from '~/app/_form/submit';
import { Button } from '~/app/_ui/button';
import { Card } from '~/app/_ui/card';
import { Disclosure } from '~/app/_ui/disclosure';
import { StepDrawing } from '~/app/_ui/drawings/step-drawing';
import { PageTitle } from '~/app/_ui/page-title';
import { TextField } from '~/app/_ui/text-field';
import { words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';
import { beginByCard, beginByNumber, enterBooth } from './actions';

type Face = ForumOutputs['booths']['look'];

/** A tablet that is no booth: the code that a secretary was shown makes it one. */
export async function NoBooth() {
  const { t } = await words();
  const form = await formState('booth');
  return (
    <>
      <PageTitle title={t('booths.none.title')} lead={t('booths.none.lead')} />
      <form className="form" action={enterBooth} autoComplete="off">
        <FormProblem form={form} />
        <TextField
          name="code"
          required
          autoComplete="off"
          label={t('booths.code')}
          hint={t('booths.code.hint')}
          value={form.value('code')}
          error={form.error('code')}
        />
        <Button full>{t('booths.enter')}</Button>
      </form>
      <p>
        <a href="/">{t('ui.back.home')}</a>
      </p>
    </>
  );
}

/** Between two voters: what is voted, who stands by, and where the next one proves herself. */
export async function Free({ face }: { face: Face }) {
  const { t } = await words();
  const card = await formState('card');
  const number = await formState('number');
  return (
    <>
      <PageTitle
        kicker={face.title}
        title={t(face.takes ? 'booths.free' : 'booths.over')}
        lead={t(face.takes ? 'booths.free.lead' : 'booths.over.lead')}
        drawing={<StepDrawing name="ballot" size={4.5} />}
      />
      {face.takes ? (
        <>
          <Card title={t('booths.card')} drawing={<StepDrawing name="card" size={3} />}>
            <form className="form" action={beginByCard} autoComplete="off">
              <FormProblem form={card} />
              <TextField
                name="code"
                required
                autoComplete="off"
                label={t('booths.card.code')}
                hint={t('booths.card.hint')}
                error={card.error('code')}
              />
              <Button full>{t('booths.begin')}</Button>
            </form>
          </Card>
          <Disclosure summary={t('booths.number')} open={number.failed}>
            <form className="form" action={beginByNumber} autoComplete="off">
              <FormProblem form={number} />
              <TextField
                name="number"
                required
                autoComplete="off"
                inputMode="numeric"
                label={t('people.enter.key.number')}
                error={number.error('number')}
              />
              <TextField
                name="passphrase"
                kind="password"
                required
                autoComplete="off"
                label={t('people.enter.key.passphrase')}
                error={number.error('passphrase')}
              />
              <Button kind="secondary" full>
                {t('booths.begin')}
              </Button>
            </form>
          </Disclosure>
        </>
      ) : null}
      <h2>{t('booths.stand')}</h2>
      <ul className="prose">
        {face.standBy.map(({ name, bases }) => (
          <li key={name}>
            {name}. {bases.join(', ')}
          </li>
        ))}
      </ul>
      <p className="hint">{t('booths.stand.line')}</p>
    </>
  );
}
