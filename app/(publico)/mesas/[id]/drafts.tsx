import { dayInShort, shortDate } from '~/app/_form/format';
import { orNull } from '~/app/_form/or-null';
import { Button } from '~/app/_ui/button';
import { Card } from '~/app/_ui/card';
import { Disclosure } from '~/app/_ui/disclosure';
import { StepDrawing } from '~/app/_ui/drawings/step-drawing';
import { LinkList } from '~/app/_ui/link-list';
import { StatePill } from '~/app/_ui/state-pill';
import { caller, words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';

/** What is being written here, for those who take part. */
export async function Drafts({ space }: { space: ForumOutputs['spaces']['detail'] }) {
  const { t, locale } = await words();
  const drafts = await orNull(async () => (await caller()).drafts.ofSpace({ spaceId: space.id }));
  if (!drafts) return null;
  const erased = await (await caller()).drafts.erasures({ spaceId: space.id });
  return (
    <Card title={t('spaces.drafts')}>
      {drafts.length === 0 ? <p>{t('spaces.drafts.none')}</p> : null}
      <LinkList
        label={t('spaces.drafts')}
        items={drafts.map((draft) => ({
          href: `/borradores/${draft.id}`,
          title: draft.title,
          line: shortDate(locale, new Date(`${draft.day}T12:00:00Z`)),
          drawing: <StepDrawing name="draft" size={3} />,
          aside: (
            <StatePill state={draft.state === 'open' ? 'moving' : 'closed'}>
              {t(`spaces.draft.${draft.state}`)}
            </StatePill>
          ),
        }))}
      />
      {erased.length > 0 ? (
        <Disclosure summary={t('drafts.erased')}>
          <ul className="stack">
            {erased.map((one) => (
              <li key={one.id}>
                {dayInShort(locale, one.day)}: {one.reason}
              </li>
            ))}
          </ul>
        </Disclosure>
      ) : null}
      {space.abilities.write ? (
        <Button kind="secondary" icon="pencil" href={`/borradores/nuevo?mesa=${space.id}`}>
          {t('spaces.drafts.new')}
        </Button>
      ) : null}
    </Card>
  );
}
