import { orNull } from '~/app/_form/or-null';
import { lineOf, opening, pillOf } from '~/app/_frame/concern-line';
import { Button } from '~/app/_ui/button';
import { StepDrawing } from '~/app/_ui/drawings/step-drawing';
import { LinkList } from '~/app/_ui/link-list';
import { StatePill } from '~/app/_ui/state-pill';
import { caller, words } from '~/server/caller';

const shown = 5;

/** What she raised and what she may write on; the rest is on its own pages. */
export async function Work() {
  const { t, locale } = await words();
  const forum = await caller();
  // A liaison and an administrator take no part in drafts: that part is left out for them.
  const [concerns, mine] = await Promise.all([forum.concerns.mine(), orNull(() => forum.drafts.mine())]);
  const drafts = mine ?? [];
  const more = { concerns: concerns.length - shown, drafts: drafts.length - shown };
  return (
    <>
      <section className="stack">
        <h2>{t('people.mine.concerns', { n: concerns.length })}</h2>
        {concerns.length > 0 ? (
          <LinkList
            items={concerns.slice(0, shown).map((concern) => ({
              href: `/planteamientos/${concern.id}`,
              title: opening(concern.words),
              line: lineOf(t, locale, concern),
              aside: (
                <StatePill state={pillOf[concern.state]}>{t(`concerns.state.${concern.state}`)}</StatePill>
              ),
            }))}
          />
        ) : (
          <p>{t('people.mine.concerns.none')}</p>
        )}
        {Math.max(0, more.concerns) ? <p>{t('people.mine.more', { n: more.concerns })}</p> : null}
        {mine ? (
          <Button kind="secondary" href="/planteamientos/nuevo">
            {t('people.mine.raise')}
          </Button>
        ) : null}
      </section>
      {drafts.length > 0 ? (
        <section className="stack">
          <h2>{t('people.mine.drafts', { n: drafts.length })}</h2>
          <LinkList
            items={drafts.slice(0, shown).map((draft) => ({
              href: `/borradores/${draft.id}`,
              title: draft.title,
              drawing: <StepDrawing name="draft" size={3} />,
            }))}
          />
          {Math.max(0, more.drafts) ? <p>{t('people.mine.more', { n: more.drafts })}</p> : null}
        </section>
      ) : null}
    </>
  );
}
