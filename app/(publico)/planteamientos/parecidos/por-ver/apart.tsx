import { FormProblem } from '~/app/_form/form-problem';
import { formState } from '~/app/_form/submit';
import { opening } from '~/app/_frame/concern-line';
import { Button } from '~/app/_ui/button';
import { Card } from '~/app/_ui/card';
import { words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';
import { proposeAgain } from '../actions';

type Likes = ForumOutputs['concerns']['suggestions'];

/** The concerns that somebody said are not like this one; whoever decides may think again. */
export async function Apart({ of, apart }: { of: string; apart: Likes['apart'] }) {
  const { t } = await words();
  return (
    <Card title={t('concerns.likes.apart')}>
      <p>{t('concerns.likes.apart.line', { n: apart.length })}</p>
      <ul className="prose">
        {apart.map((one) => (
          <li key={one.id}>
            <a href={`/planteamientos/${one.id}`}>{t('concerns.number', { n: one.number })}</a>:{' '}
            {opening(one.words)}
          </li>
        ))}
      </ul>
      <FormProblem form={await formState('apart')} />
      <form className="form" action={proposeAgain}>
        <input type="hidden" name="id" value={of} />
        <Button kind="secondary">{t('concerns.likes.apart.back')}</Button>
      </form>
    </Card>
  );
}
