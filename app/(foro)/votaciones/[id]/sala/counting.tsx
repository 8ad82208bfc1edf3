import { randomUUID } from 'node:crypto';
import { FormProblem } from '~/app/_form/form-problem';
import { formState } from '~/app/_form/submit';
import { Button } from '~/app/_ui/button';
import { Disclosure } from '~/app/_ui/disclosure';
import { RadioGroup } from '~/app/_ui/radio-group';
import { TextArea } from '~/app/_ui/text-area';
import { TextField } from '~/app/_ui/text-field';
import { choices } from '~/server/ballots/rules';
import { words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';
import { countRoom, recordObjection } from './actions';

export type Room = ForumOutputs['ballots']['room'];
export type Counted = Room['questions'][number];
type Props = { room: Room; question: Counted };

const fields = {
  hands: ['present', 'yes', 'no', 'abstain'],
  consensus: ['present', 'objections'],
  roll_call: [],
  secret: [],
} as const;

/** An objection, written down before those who object are counted. */
async function Objecting({ room, question }: Props) {
  if (room.method !== 'consensus' || question.entered.length > 0) return null;
  const { t } = await words();
  const form = await formState(`objection ${question.position}`);
  return (
    <Disclosure summary={t('ballots.room.objection')} open={form.failed}>
      <FormProblem form={form} />
      <form className="form" action={recordObjection}>
        <input type="hidden" name="id" value={room.id} />
        <input type="hidden" name="position" value={question.position} />
        <input type="hidden" name="key" value={form.value('key') ?? randomUUID()} />
        <TextArea
          name="words"
          id={`f-words-${question.position}`}
          required
          rows={3}
          label={t('ballots.room.objection.words')}
          value={form.value('words')}
          error={form.error('words')}
        />
        <Button kind="secondary">{t('ballots.room.objection.send')}</Button>
      </form>
    </Disclosure>
  );
}

/** For the two who count: the numbers, or each one's answer. Nobody reads the other's before both are there. */
export async function Counting({ room, question }: Props) {
  if (!room.abilities.count || question.stands) return null;
  const { t } = await words();
  if (question.mine) return <p>{t('ballots.room.mine')}</p>;
  const form = await formState(`count ${question.position}`);
  return (
    <>
      <Objecting room={room} question={question} />
      <FormProblem form={form} />
      <form className="form" action={countRoom} autoComplete="off">
        <input type="hidden" name="id" value={room.id} />
        <input type="hidden" name="position" value={question.position} />
        {fields[room.method].map((field) => (
          <TextField
            key={field}
            name={field}
            id={`f-${field}-${question.position}`}
            required
            inputMode="numeric"
            label={t(`ballots.room.${field}`)}
            hint={field === 'abstain' ? t('ballots.room.abstain.hint') : undefined}
            value={form.value(field)}
            error={form.error(field)}
          />
        ))}
        {room.roll.map(({ personId, name, base }) => (
          <RadioGroup
            key={personId}
            name={`p-${personId}`}
            id={`f-${question.position}-${personId}`}
            required
            two
            label={`${name} (${base})`}
            value={form.value(`p-${personId}`) ?? 'ausente'}
            options={[
              ...choices.map((choice) => ({ value: choice, label: t(`ballots.choice.${choice}`) })),
              { value: 'ausente', label: t('ballots.room.absent') },
            ]}
          />
        ))}
        <Button full>{t('ballots.room.send')}</Button>
      </form>
    </>
  );
}
