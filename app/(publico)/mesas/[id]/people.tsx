import { FormProblem } from '~/app/_form/form-problem';
import { formState } from '~/app/_form/submit';
import { Button } from '~/app/_ui/button';
import { Card } from '~/app/_ui/card';
import { Disclosure } from '~/app/_ui/disclosure';
import { PersonChip } from '~/app/_ui/person-chip';
import { RadioGroup } from '~/app/_ui/radio-group';
import { TextField } from '~/app/_ui/text-field';
import { words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';
import { appoint, endRole } from '../actions';

type Space = ForumOutputs['spaces']['detail'];
const roles = ['coordinator', 'writer', 'reader'] as const;

/** Who has which place here, for those inside; and how a place is given. */
export async function People({ space }: { space: Space }) {
  const { t } = await words();
  const people = await formState('people');
  if (!space.people && !space.abilities.appoint) return null;
  return (
    <Card title={t('spaces.people')}>
      <FormProblem form={people} />
      {roles.map((role) => {
        const held = (space.people ?? []).filter((person) => person.role === role);
        return held.length === 0 ? null : (
          <div key={role}>
            <h3>{t(`spaces.roles.${role}`)}</h3>
            <ul className="stack">
              {held.map((person) => (
                <li className="row" key={person.personId}>
                  <PersonChip name={person.name} association={person.base ?? undefined} />
                  {person.abilities.end ? (
                    <form action={endRole}>
                      <input type="hidden" name="id" value={space.id} />
                      <input type="hidden" name="personId" value={person.personId} />
                      {space.kind === 'association' ? <input type="hidden" name="private" value="1" /> : null}
                      <Button kind="quiet">{t('spaces.end')}</Button>
                    </form>
                  ) : null}
                </li>
              ))}
            </ul>
          </div>
        );
      })}
      {space.abilities.appoint ? <Appointing space={space} /> : null}
    </Card>
  );
}

async function Appointing({ space }: { space: Space }) {
  const { t } = await words();
  const form = await formState('appoint');
  return (
    <Disclosure summary={t('spaces.appoint.summary')} open={form.failed}>
      <FormProblem form={form} />
      <form className="form" action={appoint}>
        <input type="hidden" name="id" value={space.id} />
        <TextField
          name="number"
          required
          inputMode="numeric"
          label={t('spaces.appoint.number')}
          hint={t('spaces.number.hint')}
          value={form.value('number')}
          error={form.error('number')}
        />
        {space.abilities.first ? (
          <input type="hidden" name="role" value="coordinator" />
        ) : (
          <RadioGroup
            name="role"
            required
            label={t('spaces.appoint.role')}
            value={form.value('role') ?? 'writer'}
            error={form.error('role')}
            options={roles.map((role) => ({
              value: role,
              label: t(`spaces.role.${role}`),
              meaning: t(`spaces.role.${role}.meaning`),
            }))}
          />
        )}
        <Button kind="secondary">{t('spaces.appoint.save')}</Button>
      </form>
    </Disclosure>
  );
}
