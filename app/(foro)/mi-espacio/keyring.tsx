import { FormProblem } from '~/app/_form/form-problem';
import { formState } from '~/app/_form/submit';
import { Button } from '~/app/_ui/button';
import { Disclosure } from '~/app/_ui/disclosure';
import { Notice } from '~/app/_ui/notice';
import es from '~/messages/es/keyring.json';
import { caller, words } from '~/server/caller';
import { askReset, cancelReset } from './actions';

type FrameKey = `keyring.${Extract<keyof typeof es, `f.${string}`>}`;
const spoken = Object.keys(es).filter((key) => key.startsWith('f.'));

/** Her clave de palabras: the frame that opens it, and the way to new words for who lost hers. */
export async function Keyring() {
  const { t, locale } = await words();
  const { made, mayMake, opensOn } = await (await caller()).people.keyring();
  const form = await formState('reset');
  const said = Object.fromEntries(
    spoken.map((key) => [key.slice(2), t(`keyring.${key}` as FrameKey, { n: '{n}' })]),
  );
  const day =
    opensOn &&
    new Intl.DateTimeFormat(locale === 'es' ? 'es-PE' : 'en', { dateStyle: 'full', timeZone: 'UTC' }).format(
      new Date(`${opensOn}T00:00:00Z`),
    );
  return (
    <section className="stack">
      <h2>{t('keyring.title')}</h2>
      <p>{t(made ? 'keyring.lead' : 'keyring.lead_new')}</p>
      {day ? (
        <Notice tone="warning" word={t(mayMake ? 'keyring.reset.ready' : 'keyring.reset.waits', { day })}>
          <form action={cancelReset}>
            <Button kind="secondary">{t('keyring.reset.cancel')}</Button>
          </form>
        </Notice>
      ) : null}
      <div
        id="clave"
        data-open={t(made ? 'keyring.open' : 'keyring.make')}
        data-title={t('keyring.title')}
        data-words={JSON.stringify(said)}
      >
        <p className="note warn">{t('keyring.no_script')}</p>
      </div>
      {made && !day ? (
        <Disclosure summary={t('keyring.lost')} open={form.failed}>
          <FormProblem form={form} />
          <p>{t('keyring.lost.lead')}</p>
          <form className="form" action={askReset}>
            <Button kind="danger">{t('keyring.lost.go')}</Button>
          </form>
        </Disclosure>
      ) : null}
      <Button kind="quiet" href="/ayuda/que-protege">
        {t('keyring.honest')}
      </Button>
    </section>
  );
}
