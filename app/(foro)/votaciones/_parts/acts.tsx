import { FormProblem } from '~/app/_form/form-problem';
import { formState } from '~/app/_form/submit';
import { Button } from '~/app/_ui/button';
import { Card } from '~/app/_ui/card';
import { words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';
import { close, confirmUrgency, drop, open } from '../[id]/actions';

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
  if (may.length === 0) return null;
  return (
    <Card title={t('ballots.acts')}>
      <FormProblem form={await formState('acts')} />
      {may.map(({ action, word, kind }) => (
        <form key={word} className="stack" action={action}>
          <input type="hidden" name="id" value={ballot.id} />
          <p className="hint">{t(`ballots.acts.${word}.hint`)}</p>
          <Button kind={kind}>{t(`ballots.acts.${word}`)}</Button>
        </form>
      ))}
    </Card>
  );
}
