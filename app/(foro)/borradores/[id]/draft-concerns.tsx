import { FormProblem } from '~/app/_form/form-problem';
import { formState } from '~/app/_form/submit';
import { opening, pillOf } from '~/app/_frame/concern-line';
import { Button } from '~/app/_ui/button';
import { Disclosure } from '~/app/_ui/disclosure';
import { LinkList } from '~/app/_ui/link-list';
import { StatePill } from '~/app/_ui/state-pill';
import { caller, words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';
import { release, takeUp } from '../actions';

type Props = { draft: ForumOutputs['drafts']['detail']; choosing: boolean };
// Many stand behind a long draft; what comes after them on the page is reached all the same.
const shown = 3;
type Concern = Props['draft']['concerns'][number];

/** The concerns a draft answers; who writes in it may add and let go. */
export async function DraftConcerns({ draft, choosing }: Props) {
  const { t } = await words();
  const form = await formState('concerns');
  const editing = draft.abilities.edit && (choosing || form.failed);
  const row = (concern: Concern) => ({
    href: `/planteamientos/${concern.id}`,
    title: opening(concern.words),
    line: t('concerns.number', { n: concern.number }),
    aside: <StatePill state={pillOf[concern.state]}>{t(`concerns.state.${concern.state}`)}</StatePill>,
  });
  const more = editing ? await (await caller()).drafts.candidates({ spaceId: draft.space.id }) : [];
  const taken = new Set(draft.concerns.map((concern) => concern.id));
  const act = (action: typeof release, concern: Concern, word: string) => (
    <li className="grid gap-2" key={concern.id}>
      <p>
        <a href={`/planteamientos/${concern.id}`}>{t('concerns.number', { n: concern.number })}</a>:{' '}
        {opening(concern.words)}
      </p>
      <form action={action}>
        <input type="hidden" name="id" value={draft.id} />
        <input type="hidden" name="concernId" value={concern.id} />
        <button className="btn" type="submit">
          {word}
          <span className="vh"> {t('concerns.number', { n: concern.number })}</span>
        </button>
      </form>
    </li>
  );
  return (
    <section className="stack" id="planteamientos">
      <h2>{t('drafts.concerns', { n: draft.concerns.length })}</h2>
      <FormProblem form={form} />
      {!editing && draft.concerns.length > 0 ? (
        <LinkList items={draft.concerns.slice(0, shown).map(row)} />
      ) : null}
      {!editing && draft.concerns.length > shown ? (
        <Disclosure summary={t('drafts.concerns.more', { n: draft.concerns.length - shown })}>
          <LinkList items={draft.concerns.slice(shown).map(row)} />
        </Disclosure>
      ) : null}
      {draft.abilities.edit && !editing ? (
        <Button kind="secondary" href={`/borradores/${draft.id}?planteamientos#planteamientos`}>
          {t('drafts.concerns.change')}
        </Button>
      ) : null}
      {editing ? (
        <>
          <ul className="stack">
            {draft.concerns.map((concern) => act(release, concern, t('drafts.concerns.release')))}
          </ul>
          <h3>{t('drafts.concerns.waiting')}</h3>
          <ul className="stack">
            {more
              .filter((concern) => !taken.has(concern.id))
              .map((concern) => act(takeUp, concern, t('drafts.concerns.take')))}
          </ul>
        </>
      ) : null}
    </section>
  );
}
