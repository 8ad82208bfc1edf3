import { concernRow, groupName } from '~/app/_frame/concern-row';
import { LinkList } from '~/app/_ui/link-list';
import { words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';

type Concern = ForumOutputs['concerns']['detail'];

/** Whom it walks with: it is told that nothing of it is lost by that. */
export async function Walking({ concern }: { concern: Concern }) {
  const { t, locale } = await words();
  const { group } = concern;
  if (!group) return null;
  const more = group.n - 1 - group.beside.length;
  return (
    <section className="stack">
      <h2>{t('concerns.walks')}</h2>
      <p>{t(concern.mine ? 'concerns.walks.mine' : 'concerns.walks.line', { n: group.n - 1 })}</p>
      <LinkList items={group.beside.map((one) => concernRow(t, locale, one))} />
      <p>
        <a href={`/planteamientos/parecidos/${group.id}`}>
          {more > 0
            ? t('concerns.walks.more', { n: more, name: groupName(group) })
            : t('concerns.walks.group', { name: groupName(group) })}
        </a>
      </p>
    </section>
  );
}
