import { FormProblem } from '~/app/_form/form-problem';
import { formState } from '~/app/_form/submit';
import { Button } from '~/app/_ui/button';
import { Card } from '~/app/_ui/card';
import { TextArea } from '~/app/_ui/text-area';
import { words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';
import { annul, close, confirmUrgency, drop, open } from '../[id]/actions';

const verbs = [
  { ability: 'open', action: open, word: 'open', kind: 'primary' },
  { ability: 'confirmUrgency', action: confirmUrgency, word: 'confirm', kind: 'secondary' },
  { ability: 'close', action: close, word: 'close', kind: 'primary' },
  { ability: 'drop', action: drop, word: 'drop', kind: 'danger' },
] as const;

/** What the secretaries of the forum may do with a ballot; nothing for everybody else. */
export async function Acts({ ballot }: { ballot: ForumOutputs['ballots']['detail'] }) {
  const { t } = await words();
  const may = verbs.filter(({ ability }) => ballot.abilities[ability]);
  if (may.length === 0 && !ballot.abilities.annul) return null;
  const form = await formState('acts');
  return (
    <Card title={t('ballots.acts')}>
      <FormProblem form={form} />
      {may.map(({ action, word, kind }) => (
        <form key={word} className="stack" action={action}>
          <input type="hidden" name="id" value={ballot.id} />
          <p className="hint">{t(`ballots.acts.${word}.hint`)}</p>
          <Button kind={kind}>{t(`ballots.acts.${word}`)}</Button>
        </form>
      ))}
      {ballot.abilities.annul ? (
        <form className="form" action={annul}>
          <input type="hidden" name="id" value={ballot.id} />
          <p className="hint">
            {t(ballot.method === 'secret' ? 'ballots.acts.annul.hint' : 'ballots.acts.annul.hint_room')}
          </p>
          <TextArea
            name="reason"
            required
            label={t('ballots.acts.annul.reason')}
            hint={t('ballots.acts.annul.reason.hint')}
            value={form.value('reason')}
            error={form.error('reason')}
          />
          <Button kind="danger">{t('ballots.acts.annul')}</Button>
        </form>
      ) : null}
    </Card>
  );
}
