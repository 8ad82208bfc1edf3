import { FormProblem } from '~/app/_form/form-problem';
import { shortDate } from '~/app/_form/format';
import { formState } from '~/app/_form/submit';
import { Button } from '~/app/_ui/button';
import { Card } from '~/app/_ui/card';
import { StatePill } from '~/app/_ui/state-pill';
import { caller, words } from '~/server/caller';
import { closeOne, closeOthers } from './actions';

/** Her signed-in phones: «Celular Android · Chrome», the day of last use, and a way to close each. */
export async function Phones() {
  const { t, locale } = await words();
  const sessions = await (await caller()).people.mySessions();
  const others = sessions.filter((session) => !session.here);
  return (
    <section className="stack">
      <h2>{t('people.phones.title')}</h2>
      <p>{t('people.phones.lead')}</p>
      <FormProblem form={await formState('phone')} />
      {sessions.map((session) => (
        <Card
          key={session.id}
          level={3}
          title={[`${t(`people.device.${session.kind}`)} ${session.system}`.trim(), session.browser]
            .filter(Boolean)
            .join(' · ')}
        >
          <div className="row">
            <span>
              {t('people.phones.seen', { day: shortDate(locale, new Date(`${session.day}T12:00:00-05:00`)) })}
            </span>
            {session.here ? (
              <StatePill state="done">{t(`people.phones.here.${session.kind}`)}</StatePill>
            ) : (
              <form action={closeOne}>
                <input type="hidden" name="id" value={session.id} />
                <Button kind="secondary">{t('people.phones.close')}</Button>
              </form>
            )}
          </div>
        </Card>
      ))}
      {others.length > 1 ? (
        <form action={closeOthers}>
          <Button kind="danger">{t('people.phones.close_others')}</Button>
        </form>
      ) : null}
    </section>
  );
}
