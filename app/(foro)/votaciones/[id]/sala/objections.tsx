import { FormProblem } from '~/app/_form/form-problem';
import { formState } from '~/app/_form/submit';
import { Button } from '~/app/_ui/button';
import { Disclosure } from '~/app/_ui/disclosure';
import { TextField } from '~/app/_ui/text-field';
import { words } from '~/server/caller';
import { hideObjection, withdrawObjection } from './actions';
import type { Counted, Room } from './counting';

type Said = Counted['objections'][number];

/** Taken back by who made it, while nobody has counted; taken out of sight where it names a person. */
async function Acts({ room, question, said }: { room: Room; question: Counted; said: Said }) {
  const { t } = await words();
  const form = await formState(`said ${said.id}`);
  const may = room.abilities.count && !question.stands && question.entered.length === 0;
  return (
    <>
      <FormProblem form={form} />
      {may ? (
        <form action={withdrawObjection}>
          <input type="hidden" name="id" value={room.id} />
          <input type="hidden" name="objection" value={said.id} />
          <Button kind="quiet">{t('ballots.room.objection.withdraw')}</Button>
        </form>
      ) : null}
      {room.abilities.hide && said.hidden === null ? (
        <Disclosure summary={t('ballots.room.objection.hide')} open={form.failed}>
          <form className="form" action={hideObjection}>
            <input type="hidden" name="id" value={room.id} />
            <input type="hidden" name="objection" value={said.id} />
            <TextField
              name="why"
              id={`f-why-${said.id}`}
              required
              label={t('ballots.room.objection.why')}
              value={form.value('why')}
              error={form.error('why')}
            />
            <Button kind="secondary">{t('ballots.room.objection.hide')}</Button>
          </form>
        </Disclosure>
      ) : null}
    </>
  );
}

/** What was said against a consensus, in its words. */
export async function Objections({ room, question }: { room: Room; question: Counted }) {
  if (question.objections.length === 0) return null;
  const { t } = await words();
  return (
    <>
      <h3>{t('ballots.room.objections.said')}</h3>
      <ul className="prose">
        {question.objections.map((said) => (
          <li key={said.id}>
            {said.words ?? t('ballots.room.objection.hidden', { why: said.hidden ?? '' })}
            <Acts room={room} question={question} said={said} />
          </li>
        ))}
      </ul>
    </>
  );
}
