import { randomUUID } from 'node:crypto';
import { notFound, redirect } from 'next/navigation';
import { FormProblem } from '~/app/_form/form-problem';
import { found } from '~/app/_form/found';
import { formState, submit } from '~/app/_form/submit';
import { Page } from '~/app/_frame/page';
import { Button } from '~/app/_ui/button';
import { CheckboxGroup } from '~/app/_ui/checkbox-group';
import { EmptyState } from '~/app/_ui/empty-state';
import { PageTitle } from '~/app/_ui/page-title';
import { RadioGroup } from '~/app/_ui/radio-group';
import { Select } from '~/app/_ui/select';
import { TextField } from '~/app/_ui/text-field';
import { templates } from '~/server/ballots/rules/charter';
import { methods } from '~/server/ballots/rules/room';
import { caller, words } from '~/server/caller';

async function prepare(form: FormData) {
  'use server';
  const done = await submit('prepare', form, async (input) => (await caller()).ballots.prepare(input));
  if (done) redirect(`/votaciones/${done.id}`);
}

export default async function Prepare() {
  const { t } = await words();
  const call = await caller();
  if (!(await call.ballots.list({ page: 1 })).abilities.prepare) notFound();
  const versions = await found(() => call.ballots.versionsToVote());
  const form = await formState('prepare');
  const field = (name: string) => ({ name, value: form.value(name), error: form.error(name) });
  return (
    <Page at="ballots">
      <PageTitle title={t('ballots.new')} lead={t('ballots.new.lead')} />
      {versions.length === 0 ? (
        <EmptyState title={t('ballots.new.version.none')} line={t('ballots.new.version.none.line')} />
      ) : (
        <>
          <FormProblem form={form} />
          <form className="form" action={prepare}>
            <input type="hidden" name="key" value={form.value('key') ?? randomUUID()} />
            <TextField
              {...field('title')}
              required
              label={t('ballots.new.title')}
              hint={t('ballots.new.title.hint')}
            />
            <Select
              {...field('versionId')}
              value={form.value('versionId') ?? versions[0]!.id}
              required
              label={t('ballots.new.version')}
              options={versions.map(({ id, number, articles }) => ({
                value: id,
                label: t('ballots.new.version.line', { number, articles }),
              }))}
            />
            <RadioGroup
              {...field('scope')}
              value={form.value('scope') ?? 'articles'}
              required
              label={t('ballots.new.scope')}
              options={(['articles', 'whole'] as const).map((value) => ({
                value,
                label: t(`ballots.new.scope.${value}`),
                meaning: t(`ballots.new.scope.${value}.meaning`),
              }))}
            />
            <RadioGroup
              {...field('template')}
              value={form.value('template') ?? 'frente'}
              required
              label={t('ballots.new.template')}
              options={[...templates, 'propia' as const].map((value) => ({
                value,
                label: t(`ballots.template.${value}`),
                meaning: t(`ballots.template.${value}.meaning`),
              }))}
            />
            <TextField
              {...field('quorumPercent')}
              value={form.value('quorumPercent') ?? '50'}
              required
              inputMode="numeric"
              label={t('ballots.new.quorum')}
              hint={t('ballots.new.quorum.hint')}
            />
            <TextField
              {...field('majorityPercent')}
              value={form.value('majorityPercent') ?? '50'}
              required
              inputMode="numeric"
              label={t('ballots.new.majority')}
              hint={t('ballots.new.majority.hint')}
            />
            <RadioGroup
              {...field('method')}
              value={form.value('method') ?? 'secret'}
              required
              label={t('ballots.method')}
              options={methods.map((value) => ({
                value,
                label: t(`ballots.method.${value}`),
                meaning: t(`ballots.method.${value}.meaning`),
              }))}
            />
            <p className="hint">{t('ballots.new.room')}</p>
            {(['presides', 'counterOne', 'counterTwo'] as const).map((name) => (
              <TextField key={name} {...field(name)} inputMode="numeric" label={t(`ballots.new.${name}`)} />
            ))}
            <TextField
              {...field('closesAt')}
              required
              kind="datetime-local"
              label={t('ballots.new.closes')}
              hint={t('ballots.new.closes.hint')}
            />
            <CheckboxGroup
              name="urgent"
              label={t('ballots.new.urgent')}
              value={form.values('urgent')}
              error={form.error('urgent')}
              options={[
                { value: 'on', label: t('ballots.new.urgent.yes'), meaning: t('ballots.new.urgent.meaning') },
              ]}
            />
            <Button full>{t('ballots.new.send')}</Button>
          </form>
        </>
      )}
    </Page>
  );
}
