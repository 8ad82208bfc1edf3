import { StepDrawing, type StepName } from '~/app/_ui/drawings/step-drawing';
import { LinkList, type LinkRow } from '~/app/_ui/link-list';
import { words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';

type Me = ForumOutputs['people']['me'];

// Where each role of the forum does its work.
const desks: Partial<Record<Me['forum'][number]['role'], { href: string; drawing: StepName }>> = {
  forumSecretary: { href: '/secretaria', drawing: 'acta' },
  credentials: { href: '/credenciales', drawing: 'people' },
  editor: { href: '/consolidar', drawing: 'article' },
  liaison: { href: '/revision', drawing: 'response' },
};

/** Her bases, tables and offices in plain words, each a way there. */
export async function Places({ me }: { me: Me }) {
  const { t } = await words();
  const rows: LinkRow[] = [
    ...me.associations.map((base) => ({
      href: `/asociaciones/${base.id}`,
      title: base.name,
      line: base.roles.map((role) => t(`people.role.${role}`)).join(' · '),
      drawing: <StepDrawing name="people" size={3} />,
    })),
    ...me.spaces.map((space) => ({
      href: `/mesas/${space.id}`,
      title: space.title,
      line: t(`people.role.${space.role}`),
      drawing: <StepDrawing name="mesa" size={3} />,
    })),
    ...me.forum.flatMap(({ role, office }) => {
      const desk = desks[role];
      if (!desk) return [];
      return {
        href: desk.href,
        title: t(`people.role.${role}`),
        line: office ?? undefined,
        drawing: <StepDrawing name={desk.drawing} size={3} />,
      };
    }),
  ];
  const plain = me.forum.filter(({ role }) => !desks[role]);
  return (
    <section className="stack">
      <h2>{t('people.mine.places')}</h2>
      {plain.map(({ role }) => (
        <p key={role}>{t(`people.role.${role}`)}</p>
      ))}
      {rows.length > 0 ? <LinkList items={rows} /> : null}
      {rows.length + plain.length === 0 ? <p>{t('people.mine.places.none')}</p> : null}
    </section>
  );
}
