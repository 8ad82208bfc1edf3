import { FormProblem } from '~/app/_form/form-problem';
import { formState } from '~/app/_form/submit';
import { SetAsideFields } from '~/app/_frame/set-aside-fields';
import { Button } from '~/app/_ui/button';
import { Disclosure } from '~/app/_ui/disclosure';
import { TextArea } from '~/app/_ui/text-area';
import { words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';
import { publish, reconsider, reword, setAside } from './actions';

/** What this person may do with the concern; nothing for most. */
export async function ConcernActs({ concern }: { concern: ForumOutputs['concerns']['detail'] }) {
  const { t } = await words();
  const { abilities } = concern;
  const [own, aside, again, out] = await Promise.all(
    (['reword', 'aside', 'reconsider', 'publish'] as const).map(formState),
  );
  const id = <input type="hidden" name="id" value={concern.id} />;
  return (
    <>
      {abilities.reword ? (
        <Disclosure summary={t('concerns.reword.summary')} open={own!.failed}>
          <FormProblem form={own!} />
          <form className="form" action={reword}>
            {id}
            <TextArea
              name="words"
              label={t('concerns.reword.words')}
              value={own!.value('words') ?? concern.words}
              error={own!.error('words')}
            />
            <Button kind="secondary">{t('concerns.reword.save')}</Button>
          </form>
        </Disclosure>
      ) : null}
      {abilities.publish ? (
        <form className="form" action={publish}>
          <FormProblem form={out!} />
          {id}
          <p className="hint">{t('concerns.publish.hint')}</p>
          <Button kind="secondary">{t('concerns.publish')}</Button>
        </form>
      ) : null}
      {abilities.arrange ? (
        <Button kind="secondary" href={`/planteamientos/parecidos/por-ver?de=${concern.id}`}>
          {t('concerns.likes.of')}
        </Button>
      ) : null}
      {abilities.decide && concern.state === 'no_recogida' ? (
        <form className="form" action={reconsider}>
          <FormProblem form={again!} />
          {id}
          <Button kind="secondary">{t('concerns.reconsider')}</Button>
        </form>
      ) : null}
      {abilities.decide && (concern.state === 'recibida' || concern.state === 'en_debate') ? (
        <Disclosure summary={t('concerns.aside.summary')} open={aside!.failed}>
          <FormProblem form={aside!} />
          <form className="form" action={setAside}>
            {id}
            <SetAsideFields form={aside!} />
            <Button kind="secondary">{t('concerns.aside.save')}</Button>
          </form>
        </Disclosure>
      ) : null}
    </>
  );
}
