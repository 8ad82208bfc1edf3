import { randomUUID } from 'node:crypto';
import { dayInShort } from '~/app/_form/format';
import { formState } from '~/app/_form/submit';
import { Button } from '~/app/_ui/button';
import { Card } from '~/app/_ui/card';
import { Disclosure } from '~/app/_ui/disclosure';
import { Paragraphs } from '~/app/_ui/paragraphs';
import { TextArea } from '~/app/_ui/text-area';
import { words } from '~/server/caller';
import { remarkAtMost } from '~/server/drafts/schema';
import type { ForumOutputs } from '~/server/root';
import { answer, removeComment, reopenComment, resolve } from '../actions';
import { creditWords } from './credit';

type One = ForumOutputs['drafts']['comments']['items'][number];

/** Somebody's remark with the words it is about, its answers, and what the reader may do with it. */
type Shown = { one: One; level?: 2 | 3; at?: string; all?: string };

/** @param all where all its answers are read. */
export async function Remark({ one, level = 2, at, all }: Shown) {
  const { t, locale } = await words();
  const who = creditWords(t, one.by);
  const others = who ? t('drafts.comments.by', { who }) : t('drafts.comments.some');
  return (
    <Card
      id={`c-card-${one.id}`}
      level={level}
      title={one.mine ? t('drafts.comments.mine') : others}
      aside={<span>{dayInShort(locale, one.day)}</span>}
    >
      <p>
        <b>{t(one.gone ? 'drafts.comments.gone' : 'drafts.comments.about')}</b>
      </p>
      <blockquote className="prose">{one.gone ? <s>{one.quote}</s> : one.quote}</blockquote>
      {one.now === null ? null : (
        <p>
          <b>{t('drafts.comments.now')}</b> {one.now}
        </p>
      )}
      {one.words ? <Paragraphs text={one.words} /> : <p className="hint">{t('drafts.comments.taken')}</p>}
      {all && one.answered > one.answers.length ? (
        <a href={all}>{t('drafts.comments.all', { n: one.answered })}</a>
      ) : null}
      {one.answers.length > 0 ? (
        <ul className="stack" aria-label={t('drafts.comments.answers', { n: one.answers.length })}>
          {one.answers.map((said) => (
            <Answer key={said.id} said={said} />
          ))}
        </ul>
      ) : null}
      {at ? <a href={at}>{t('drafts.comments.place')}</a> : null}
      <Acts one={one} />
    </Card>
  );
}

async function Answer({ said }: { said: One['answers'][number] }) {
  const { t, locale } = await words();
  const who = creditWords(t, said.by);
  const others = who ? t('drafts.comments.answered', { who }) : t('drafts.comments.answered.some');
  return (
    <li>
      <b>{said.mine ? t('drafts.comments.answered.mine') : others}</b> {dayInShort(locale, said.day)}
      <Paragraphs text={said.words} />
      {said.remove ? <Remove id={said.id} /> : null}
    </li>
  );
}

async function Remove({ id }: { id: string }) {
  const { t } = await words();
  return (
    <Disclosure summary={t('drafts.comments.remove')}>
      <form className="form" action={removeComment}>
        <input type="hidden" name="id" value={id} />
        <p className="hint">{t('drafts.comments.remove.line')}</p>
        <Button kind="secondary">{t('drafts.comments.remove.send')}</Button>
      </form>
    </Disclosure>
  );
}

async function Acts({ one: { id, abilities, remove } }: { one: One }) {
  const { t } = await words();
  const form = await formState('answer');
  const mine = form.value('id') === id;
  const hidden = <input type="hidden" name="id" value={id} />;
  return (
    <>
      {abilities.answer ? (
        <Disclosure summary={t('drafts.comments.answer')} open={form.failed && mine}>
          <form className="form" action={answer} data-autosave={`answer-${id}`}>
            {hidden}
            <input type="hidden" name="key" value={(mine && form.value('key')) || randomUUID()} />
            <TextArea
              id={`c-${id}`}
              name="words"
              rows={3}
              required
              label={t('drafts.comments.answer.words')}
              limit={{ max: remarkAtMost, words: t('drafts.form.limit', { max: remarkAtMost }) }}
              value={mine ? form.value('words') : undefined}
              error={mine ? form.error('words') : undefined}
            />
            <Button kind="secondary">{t('drafts.comments.answer.send')}</Button>
          </form>
        </Disclosure>
      ) : null}
      {abilities.resolve || abilities.reopen ? (
        <form action={abilities.resolve ? resolve : reopenComment}>
          {hidden}
          <Button kind="quiet">
            {t(abilities.resolve ? 'drafts.comments.resolve' : 'drafts.comments.reopen')}
          </Button>
        </form>
      ) : null}
      {remove ? <Remove id={id} /> : null}
    </>
  );
}
