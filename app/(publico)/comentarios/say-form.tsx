import { randomUUID } from 'node:crypto';
import { FormProblem } from '~/app/_form/form-problem';
import { formState } from '~/app/_form/submit';
import { Button } from '~/app/_ui/button';
import { RadioGroup } from '~/app/_ui/radio-group';
import { Select } from '~/app/_ui/select';
import { TextArea } from '~/app/_ui/text-area';
import { words } from '~/server/caller';
import { sides } from '~/server/comments/rules';
import { wordsAtMost } from '~/server/comments/schema';
import type { ForumOutputs } from '~/server/root';
import { comment } from './actions';

/** For or against, in a few words; under the name of her base only if she wants that. */
export async function SayForm({ of }: { of: ForumOutputs['comments']['ofArticle'] }) {
  const { t } = await words();
  const form = await formState('comment');
  return (
    <section className="stack" id="decir">
      <h2>{t('comments.say')}</h2>
      <FormProblem form={form} />
      <form className="form" action={comment} data-autosave={`comment-${of.article.id}`}>
        <input type="hidden" name="key" value={randomUUID()} />
        <input type="hidden" name="versionArticleId" value={of.article.id} />
        <RadioGroup
          name="side"
          required
          two
          label={t('comments.side')}
          value={form.value('side')}
          error={form.error('side')}
          options={sides.map((side) => ({ value: side, label: t(`comments.${side}`) }))}
        />
        <TextArea
          name="words"
          required
          rows={5}
          label={t('comments.words')}
          hint={t('comments.words.hint')}
          limit={{ max: wordsAtMost, words: t('amendments.limit', { max: wordsAtMost }) }}
          value={form.value('words')}
          error={form.error('words')}
        />
        {of.abilities.state ? <p>{t('comments.name.state')}</p> : null}
        {of.names.length > 0 ? (
          <Select
            name="associationId"
            label={t('comments.name')}
            empty={t('comments.name.none')}
            value={form.value('associationId')}
            error={form.error('associationId')}
            options={of.names.map(({ id, name }) => ({ value: id, label: name }))}
          />
        ) : null}
        <Button>{t('comments.send')}</Button>
      </form>
    </section>
  );
}
