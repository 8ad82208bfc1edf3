import { randomUUID } from 'node:crypto';
import { dayInShort } from '~/app/_form/format';
import { formState } from '~/app/_form/submit';
import { changeWords } from '~/app/_frame/change-words';
import { Button } from '~/app/_ui/button';
import { Card } from '~/app/_ui/card';
import { Changed } from '~/app/_ui/changed';
import { Disclosure } from '~/app/_ui/disclosure';
import { TextArea } from '~/app/_ui/text-area';
import { words } from '~/server/caller';
import { remarkAtMost } from '~/server/drafts/schema';
import type { ForumOutputs } from '~/server/root';
import { accept, reject, withdraw } from '../actions';
import { creditWords } from './credit';

export type Open = ForumOutputs['drafts']['suggestions']['open'][number];

/** A suggestion that waits: whose, what it would do now, why, and what the reader may do with it. */
export async function Suggestion({ one, level = 2 }: { one: Open; level?: 2 | 3 }) {
  const { t, locale } = await words();
  const who = creditWords(t, one.by);
  const others = who ? t('drafts.suggestions.by', { who }) : t('drafts.suggestions.some');
  const spoken = await changeWords();
  return (
    <Card
      id={`s-${one.id}`}
      level={level}
      title={one.mine ? t('drafts.suggestions.mine') : others}
      aside={<span>{dayInShort(locale, one.day)}</span>}
    >
      {one.idle ? (
        <>
          <p>{t('drafts.suggestions.idle')}</p>
          <p>
            {t('drafts.suggestions.was')}{' '}
            <Changed
              words={spoken}
              pieces={[
                { kind: 'out' as const, text: one.removed },
                { kind: 'same' as const, text: ' ' },
                { kind: 'in' as const, text: one.inserted },
              ].filter(({ text }) => text !== '')}
            />
          </p>
        </>
      ) : (
        one.rows.map((row) => (
          <p className="prose" key={row.at}>
            <Changed pieces={row.pieces} words={spoken} />
          </p>
        ))
      )}
      {one.moved ? <p className="hint">{t('drafts.suggestions.moved')}</p> : null}
      {one.reason ? (
        <p>
          <b>{t('drafts.suggestions.reason')}</b> {one.reason}
        </p>
      ) : null}
      <Acts one={one} />
    </Card>
  );
}

async function Acts({ one: { id, seen, abilities } }: { one: Open }) {
  const { t } = await words();
  const form = await formState('reject');
  const mine = form.value('id') === id;
  const hidden = <input type="hidden" name="id" value={id} />;
  return (
    <>
      {abilities.accept ? (
        <form action={accept}>
          {hidden}
          <input type="hidden" name="key" value={randomUUID()} />
          <input type="hidden" name="seen" value={seen} />
          <Button kind="secondary" icon="ok">
            {t('drafts.suggestions.accept')}
          </Button>
        </form>
      ) : null}
      {abilities.reject ? (
        <Disclosure summary={t('drafts.suggestions.reject')} open={form.failed && mine}>
          <form className="form" action={reject}>
            {hidden}
            <TextArea
              id={`a-${id}`}
              name="answer"
              rows={3}
              required
              label={t('drafts.suggestions.reject.answer')}
              limit={{ max: remarkAtMost, words: t('drafts.form.limit', { max: remarkAtMost }) }}
              value={mine ? form.value('answer') : undefined}
              error={mine ? form.error('answer') : undefined}
            />
            <Button kind="secondary">{t('drafts.suggestions.reject.send')}</Button>
          </form>
        </Disclosure>
      ) : null}
      {abilities.withdraw ? (
        <form action={withdraw}>
          {hidden}
          <Button kind="quiet">{t('drafts.suggestions.withdraw')}</Button>
        </form>
      ) : null}
    </>
  );
}
