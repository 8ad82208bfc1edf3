import { FormProblem } from '~/app/_form/form-problem';
import { formState } from '~/app/_form/submit';
import { Button } from '~/app/_ui/button';
import { words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';
import { back, unback } from '../actions';

type Props = { one: ForumOutputs['amendments']['detail'] };

/** Which bases stand behind it, and the button for a delegate whose base does, or could. */
export async function Backing({ one }: Props) {
  const { t } = await words();
  const form = await formState('back');
  const button = (base: { id: string; label: string }, act: typeof back, key: 'back' | 'unback') => (
    <form action={act} key={base.id}>
      <input type="hidden" name="id" value={one.id} />
      <input type="hidden" name="associationId" value={base.id} />
      <Button kind={key === 'back' ? 'primary' : 'secondary'}>
        {t(`amendments.${key}`, { base: base.label })}
      </Button>
    </form>
  );
  return (
    <section className="stack" id="apoyos">
      <h2>{t('amendments.backings', { n: one.bases.length })}</h2>
      {one.bases.length > 0 ? (
        <ul>
          {one.bases.map((name) => (
            <li key={name}>{name}</li>
          ))}
        </ul>
      ) : (
        <p>{t('amendments.backings.none')}</p>
      )}
      <p className="hint">{t('amendments.backings.rule', { needed: one.needed })}</p>
      <FormProblem form={form} />
      {one.abilities.back.map((base) => button(base, back, 'back'))}
      {one.abilities.unback.map((base) => button(base, unback, 'unback'))}
    </section>
  );
}
