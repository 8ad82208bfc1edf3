import { randomUUID } from 'node:crypto';
import { FormProblem } from '~/app/_form/form-problem';
import { formState } from '~/app/_form/submit';
import { Button } from '~/app/_ui/button';
import { Card } from '~/app/_ui/card';
import { Select } from '~/app/_ui/select';
import { TextField } from '~/app/_ui/text-field';
import { caller, words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';
import { again } from '../[id]/actions';

/** What the rule says comes next, said to everybody; for secretaries, the form that announces it. */
export async function Again({ result, may }: { result: ForumOutputs['ballots']['result']; may: boolean }) {
  const { next } = result;
  if (!next || next === 'first') return null;
  const { t } = await words();
  const line = <p>{t(`ballots.again.${next}`)}</p>;
  if (!may) return line;
  const form = await formState('again');
  const field = (name: string) => ({ name, value: form.value(name), error: form.error(name) });
  const versions = (await (await caller()).ballots.versionsToVote()).filter(
    ({ number }) => number > result.version.number,
  );
  if (next === 'second_vote' && versions.length === 0) return line;
  return (
    <Card title={t('ballots.again.title')}>
      {line}
      <FormProblem form={form} />
      <form className="form" action={again}>
        <input type="hidden" name="id" value={result.id} />
        <input type="hidden" name="key" value={form.value('key') ?? randomUUID()} />
        <TextField
          {...field('title')}
          value={form.value('title') ?? t(`ballots.again.name.${next}`, { title: result.title })}
          required
          label={t('ballots.new.title')}
        />
        {next === 'second_vote' ? (
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
        ) : null}
        <TextField
          {...field('closesAt')}
          required
          kind="datetime-local"
          label={t('ballots.new.closes')}
          hint={t('ballots.new.closes.hint')}
        />
        <Button full>{t(`ballots.again.send.${next}`)}</Button>
      </form>
    </Card>
  );
}
