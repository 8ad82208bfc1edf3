import { FormProblem } from '~/app/_form/form-problem';
import { dayInWords } from '~/app/_form/format';
import { formState } from '~/app/_form/submit';
import { Button } from '~/app/_ui/button';
import { Card } from '~/app/_ui/card';
import { type State, StatePill } from '~/app/_ui/state-pill';
import { words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';
import { withdraw } from './actions';

const pillOf = {
  presented: 'moving',
  accredited: 'done',
  refused: 'refused',
  withdrawn: 'closed',
} as const satisfies Record<string, State>;

/** The base's delegates and those who were presented, with what became of it; for those who may know. */
export async function Mandates({ base }: { base: ForumOutputs['associations']['detail'] }) {
  const { t, locale } = await words();
  const form = await formState('withdraw');
  return (
    <Card title={t('associations.mandates')} id="mandatos">
      <FormProblem form={form} />
      {base.mandates.length === 0 ? <p>{t('associations.mandates.none')}</p> : null}
      {base.mandates.map((mandate) => (
        <div className="stack" key={mandate.id}>
          <p>
            <b>{mandate.name}</b>{' '}
            <StatePill state={pillOf[mandate.state]}>{t(`associations.mandate.${mandate.state}`)}</StatePill>
            <br />
            {t('associations.mandate.acta', {
              reference: mandate.actaReference,
              day: dayInWords(locale, mandate.actaDate),
            })}
          </p>
          {mandate.reason ? <p>{t('associations.mandate.reason', { reason: mandate.reason })}</p> : null}
          {mandate.abilities.withdraw ? (
            <form action={withdraw}>
              <input type="hidden" name="id" value={mandate.id} />
              <input type="hidden" name="base" value={base.id} />
              <Button kind="quiet">{t('associations.mandate.withdraw')}</Button>
            </form>
          ) : null}
        </div>
      ))}
      {base.abilities.present ? (
        <p>
          <a href={`/asociaciones/${base.id}/padron`}>{t('associations.mandates.present')}</a>
        </p>
      ) : null}
    </Card>
  );
}
