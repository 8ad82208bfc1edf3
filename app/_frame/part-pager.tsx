import { Pager } from '~/app/_ui/pager';
import { words } from '~/server/caller';

/** From one part of a long text to the next; nothing where there is one alone. */
export async function PartPager(props: { part: number; parts: number; href: (part: number) => string }) {
  const { t } = await words();
  return (
    <Pager
      label={t('drafts.part.pager')}
      page={props.part}
      pages={props.parts}
      href={props.href}
      previous={t('drafts.pager.previous')}
      next={t('drafts.pager.next')}
      position={t('drafts.part.position', { page: props.part, pages: props.parts })}
    />
  );
}
