import { FormProblem } from '~/app/_form/form-problem';
import { articleTitle } from '~/app/_form/labels';
import { orNull } from '~/app/_form/or-null';
import { formState } from '~/app/_form/submit';
import { opening } from '~/app/_frame/concern-line';
import { SetAsideFields } from '~/app/_frame/set-aside-fields';
import { Button } from '~/app/_ui/button';
import { Disclosure } from '~/app/_ui/disclosure';
import { Select } from '~/app/_ui/select';
import { TextField } from '~/app/_ui/text-field';
import { caller, words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';
import { rename, setAside, tie, ungroup } from '../actions';

type Group = ForumOutputs['concerns']['groupDetail'];

/** What the committee does with a group as a whole, and how it is undone. */
export async function GroupActs({ group }: { group: Group }) {
  const { t } = await words();
  const [named, parted, aside, tied] = await Promise.all(
    (['rename', 'ungroup', 'aside', 'tie'] as const).map(formState),
  );
  const making = await orNull(async () => (await caller()).document.working());
  const articles = making?.abilities.edit ? making.chapters.flatMap((chapter) => chapter.articles) : [];
  const open = group.concerns.filter(({ state }) => state === 'recibida' || state === 'en_debate').length;
  const id = <input type="hidden" name="id" value={group.id} />;
  return (
    <section className="stack">
      <h2>{t('concerns.groups.acts')}</h2>
      {articles.length > 0 ? (
        <Disclosure summary={t('concerns.groups.tie')} open={tied!.failed}>
          <FormProblem form={tied!} />
          <form className="form" action={tie}>
            <input type="hidden" name="groupId" value={group.id} />
            <Select
              name="id"
              required
              label={t('document.link.article')}
              hint={t('concerns.groups.tie.hint', { n: group.n })}
              empty={t('document.link.choose')}
              value={tied!.value('id')}
              error={tied!.error('id')}
              options={articles.map((article) => ({ value: article.id, label: articleTitle(t, article) }))}
            />
            <Button kind="secondary">{t('concerns.groups.tie.send')}</Button>
          </form>
        </Disclosure>
      ) : null}
      {open > 0 ? (
        <Disclosure summary={t('concerns.groups.aside')} open={aside!.failed}>
          <FormProblem form={aside!} />
          <form className="form" action={setAside}>
            {id}
            <p>{t('concerns.groups.aside.hint', { n: open })}</p>
            <SetAsideFields form={aside!} />
            <Button kind="secondary">{t('concerns.groups.aside.send')}</Button>
          </form>
        </Disclosure>
      ) : null}
      <Disclosure summary={t('concerns.groups.rename')} open={named!.failed}>
        <FormProblem form={named!} />
        <form className="form" action={rename}>
          {id}
          <TextField
            name="title"
            required
            label={t('concerns.groups.title')}
            value={named!.value('title') ?? group.title ?? ''}
            error={named!.error('title')}
          />
          <Button kind="secondary">{t('concerns.reword.save')}</Button>
        </form>
      </Disclosure>
      <Disclosure summary={t('concerns.groups.part')} open={parted!.failed}>
        <FormProblem form={parted!} />
        <form className="form" action={ungroup}>
          {id}
          <Select
            name="concernId"
            label={t('concerns.groups.part.which')}
            hint={t('concerns.groups.part.hint')}
            empty={t('concerns.groups.part.all')}
            value={parted!.value('concernId')}
            options={group.concerns.map((one) => ({
              value: one.id,
              label: `${one.number}. ${opening(one.words, 60)}`,
            }))}
          />
          <Button kind="secondary">{t('concerns.groups.part.send')}</Button>
        </form>
      </Disclosure>
    </section>
  );
}
