import { randomUUID } from 'node:crypto';
import { FormProblem } from '~/app/_form/form-problem';
import { formState } from '~/app/_form/submit';
import { Button } from '~/app/_ui/button';
import { Card } from '~/app/_ui/card';
import { RadioGroup } from '~/app/_ui/radio-group';
import { Select } from '~/app/_ui/select';
import { TextField } from '~/app/_ui/text-field';
import { caller, words } from '~/server/caller';
import { roles } from '~/server/people/schema';
import { appoint, giveCard, look } from './actions';

type Offices = { id: string; name: string }[];

/** One looks somebody up by the number on her card, sees her name, and only then names her or gives her a card. */
export async function Somebody({ offices, mayAppoint }: { offices: Offices; mayAppoint: boolean }) {
  const { t } = await words();
  const asked = await formState('look');
  const number = asked.failed ? undefined : asked.value('number');
  const named = await formState('appoint');
  const shown = number ?? (named.failed ? named.value('number') : undefined);
  return (
    <section className="stack">
      <h2>{t('people.desk.somebody')}</h2>
      <FormProblem form={asked} />
      <form className="form" action={look}>
        <TextField
          name="number"
          required
          label={t('people.desk.number')}
          hint={t('people.enter.key.number.hint')}
          inputMode="numeric"
          autoComplete="off"
          value={asked.value('number')}
          error={asked.error('number')}
        />
        <Button kind="secondary">{t('people.desk.look')}</Button>
      </form>
      {shown ? <Person number={shown} offices={offices} mayAppoint={mayAppoint} /> : null}
    </section>
  );
}

async function Person({
  number,
  offices,
  mayAppoint,
}: {
  number: string;
  offices: Offices;
  mayAppoint: boolean;
}) {
  const { t } = await words();
  const person = await (await caller()).people.personByNumber({ number });
  const form = await formState('appoint');
  return (
    <Card title={person.name} aside={<span>{person.number}</span>}>
      <FormProblem form={form} />
      {mayAppoint ? (
        <form className="form" action={appoint}>
          <input type="hidden" name="key" value={randomUUID()} />
          <input type="hidden" name="number" value={person.number} />
          <RadioGroup
            name="role"
            required
            label={t('people.desk.role')}
            value={form.value('role')}
            error={form.error('role')}
            options={roles.map((value) => ({
              value,
              label: t(`people.role.${value}`),
              meaning: t(`people.desk.role.${value}`),
            }))}
          />
          <Select
            name="officeId"
            label={t('people.desk.office')}
            hint={t('people.desk.office.hint')}
            empty={t('people.desk.office.none')}
            value={form.value('officeId')}
            error={form.error('officeId')}
            options={offices.map((office) => ({ value: office.id, label: office.name }))}
          />
          <Button>{t('people.desk.appoint')}</Button>
        </form>
      ) : null}
      {person.abilities.reissueCard ? (
        <form action={giveCard}>
          <input type="hidden" name="personId" value={person.personId} />
          <p>{t('people.desk.card.lead')}</p>
          <Button kind="secondary">{t('people.desk.card')}</Button>
        </form>
      ) : null}
    </Card>
  );
}
