import { randomUUID } from 'node:crypto';
import { FormProblem } from '~/app/_form/form-problem';
import { listInWords } from '~/app/_form/format';
import { areaTitle, placeTitle } from '~/app/_form/labels';
import { formState } from '~/app/_form/submit';
import { lineOf } from '~/app/_frame/concern-line';
import { groupName } from '~/app/_frame/concern-row';
import { Button } from '~/app/_ui/button';
import { CheckboxGroup } from '~/app/_ui/checkbox-group';
import { TextField } from '~/app/_ui/text-field';
import { words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';
import { decide } from '../actions';

type Item = ForumOutputs['concerns']['suggestions']['items'][number];
type Like = Item['likes'][number];

/** One concern, what seems like it, and what they share; a person says which walk together. */
export async function Suggestion({ item: { concern, likes }, back }: { item: Item; back: string }) {
  const { t, locale } = await words();
  const form = await formState(`like-${concern.id}`);
  const shared = ({ shares, closeness }: Like) => {
    const told = [
      ...shares.words.map((word) => `«${word}»`),
      ...shares.areas.map((slug) => areaTitle(locale, slug)),
      ...(shares.department ? [placeTitle(concern.department)] : []),
    ];
    return t(`concerns.likes.${closeness}`, { shares: listInWords(locale, told) || '…' });
  };
  const meaning = (like: Like) =>
    [
      `${t('concerns.number', { n: like.number })}. ${lineOf(t, locale, like)}.`,
      shared(like),
      like.group ? t('concerns.likes.walks', { name: groupName(like.group) }) : '',
    ].join(' ');
  return (
    <section className="stack card" id={`n${concern.number}`}>
      <h2>
        <a href={`/planteamientos/${concern.id}`}>{t('concerns.number', { n: concern.number })}</a>
      </h2>
      <blockquote className="prose text">
        <p>{concern.words}</p>
      </blockquote>
      <p className="hint">{lineOf(t, locale, concern)}</p>
      <FormProblem form={form} />
      <form className="form" action={decide}>
        <input type="hidden" name="key" autoComplete="off" value={form.value('key') ?? randomUUID()} />
        <input type="hidden" name="seed" value={concern.id} />
        <input type="hidden" name="group" value={concern.group?.id ?? ''} />
        <input type="hidden" name="back" value={back} />
        <CheckboxGroup
          name="marked"
          label={t('concerns.likes.which')}
          value={form.values('marked')}
          error={form.error('concernIds') ?? form.error('otherIds')}
          options={likes.map((like) => ({
            value: like.group ? `${like.id} ${like.group.id}` : like.id,
            label: like.words,
            meaning: meaning(like),
          }))}
        />
        {concern.group ? null : (
          <TextField
            name="title"
            label={t('concerns.likes.title')}
            hint={t('concerns.likes.title.hint')}
            value={form.value('title')}
            error={form.error('title')}
          />
        )}
        <Button kind="secondary" name="do" value="group">
          {t('concerns.likes.group')}
        </Button>
        <Button kind="quiet" name="do" value="unlike">
          {t('concerns.likes.unlike')}
        </Button>
      </form>
    </section>
  );
}
