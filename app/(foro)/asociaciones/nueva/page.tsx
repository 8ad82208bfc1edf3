import { randomUUID } from 'node:crypto';
import { notFound } from 'next/navigation';
import { FormProblem } from '~/app/_form/form-problem';
import { placeGroups } from '~/app/_form/labels';
import { formState } from '~/app/_form/submit';
import { Page } from '~/app/_frame/page';
import { Button } from '~/app/_ui/button';
import { CheckboxGroup } from '~/app/_ui/checkbox-group';
import { PageTitle } from '~/app/_ui/page-title';
import { RadioGroup } from '~/app/_ui/radio-group';
import { Select } from '~/app/_ui/select';
import { TextField } from '~/app/_ui/text-field';
import { kinds, sexes } from '~/server/associations/schema';
import { caller, words } from '~/server/caller';
import { NewCard } from '../new-card';
import { found } from './actions';

export default async function NewAssociation() {
  const { t } = await words();
  const { abilities } = await (await caller()).associations.list({ page: 1 });
  if (!abilities.found) notFound();
  const [form, founded] = [await formState('found'), await formState('founded')];
  const id = founded.value('id');
  if (id)
    return (
      <Page>
        <PageTitle title={t('associations.founded.title')} lead={t('associations.founded.lead')} />
        <NewCard value={founded.value} />
        <Button href={`/asociaciones/${id}`}>{t('associations.founded.go')}</Button>
      </Page>
    );
  return (
    <Page>
      <PageTitle title={t('associations.found.title')} lead={t('associations.found.lead')} />
      <FormProblem form={form} />
      <form className="form" action={found}>
        <input type="hidden" name="key" value={form.value('key') ?? randomUUID()} />
        <TextField
          name="name"
          required
          label={t('associations.found.name')}
          hint={t('associations.found.name.hint')}
          value={form.value('name')}
          error={form.error('name')}
        />
        <RadioGroup
          name="kind"
          required
          label={t('associations.found.kind')}
          value={form.value('kind')}
          error={form.error('kind')}
          options={kinds.map((kind) => ({
            value: kind,
            label: t(`associations.kind.${kind}`),
            meaning: kind === 'base_libre' ? t('associations.kind.base_libre.hint') : undefined,
          }))}
        />
        <Select
          name="place"
          required
          label={t('associations.found.place')}
          empty={t('associations.found.place.empty')}
          value={form.value('place')}
          error={form.error('place')}
          groups={placeGroups((name) => t('associations.found.place.whole', { name }))}
        />
        <CheckboxGroup
          name="womens"
          label={t('associations.found.womens')}
          value={form.values('womens')}
          options={[{ value: 'on', label: t('associations.found.womens.yes') }]}
        />
        <RadioGroup
          name="first"
          label={t('associations.found.first')}
          hint={t('associations.found.first.hint')}
          value={form.value('first') ?? 'new'}
          options={(['new', 'number', 'none'] as const).map((way) => ({
            value: way,
            label: t(`associations.found.first.${way}`),
          }))}
        />
        <TextField
          name="person"
          label={t('associations.enroll.name')}
          hint={t('associations.found.person.hint')}
          value={form.value('person')}
          error={form.error('person')}
        />
        <RadioGroup
          name="sex"
          two
          label={t('associations.enroll.sex')}
          optional={t('associations.optional')}
          value={form.value('sex')}
          error={form.error('sex')}
          options={sexes.map((sex) => ({ value: sex, label: t(`associations.sex.${sex}`) }))}
        />
        <TextField
          name="number"
          label={t('associations.add.number')}
          hint={t('associations.found.number.hint')}
          inputMode="numeric"
          value={form.value('number')}
          error={form.error('number')}
        />
        <Button>{t('associations.found.save')}</Button>
      </form>
    </Page>
  );
}
