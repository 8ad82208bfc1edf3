import { dayInWords } from '~/app/_form/format';
import { Notice } from '~/app/_ui/notice';
import { type State, StatePill } from '~/app/_ui/state-pill';
import { words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';

export type Asked = ForumOutputs['concerns']['detail']['appeals'][number];

const pills: Record<Asked['standing']['state'], State> = {
  open: 'open',
  late: 'closed',
  waiting: 'moving',
  overdue: 'late',
  upheld: 'done',
  refused: 'refused',
  met: 'done',
};

/** How it stands with what was asked. */
export async function AppealPill({ asked }: { asked: Asked }) {
  const { t } = await words();
  const { state } = asked.standing;
  return <StatePill state={pills[state]}>{t(`concerns.appeal.state.${state}`)}</StatePill>;
}

/** What was asked to be looked at again, and what the committee answered: words and days, no names. */
export async function Appeal({ asked }: { asked: Asked }) {
  const { t, locale } = await words();
  const { state, by } = asked.standing;
  return (
    <section className="stack" id={`pedido-${asked.id}`}>
      <h2>{t('concerns.appeal.title')}</h2>
      <p>
        <AppealPill asked={asked} />
      </p>
      <p className="hint">{t('concerns.appeal.asked', { day: dayInWords(locale, asked.day) })}</p>
      <blockquote className="prose text">
        <p>{asked.words}</p>
      </blockquote>
      {state === 'waiting' || state === 'overdue' ? (
        <p>{t(`concerns.appeal.${state}.by`, { day: dayInWords(locale, by) })}</p>
      ) : (
        <Notice
          tone={state === 'refused' ? 'warning' : 'success'}
          word={t(`concerns.appeal.${state as 'upheld' | 'refused' | 'met'}.word`, {
            day: dayInWords(locale, asked.decided ?? by),
          })}
        >
          {asked.answer ? <p>{asked.answer}</p> : null}
        </Notice>
      )}
    </section>
  );
}
