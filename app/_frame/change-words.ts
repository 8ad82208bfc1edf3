import { words } from '~/server/caller';

/** The words that stand beside a change for who listens. */
export async function changeWords() {
  const { t } = await words();
  return { out: t('drafts.piece.out'), in: t('drafts.piece.in'), end: t('drafts.piece.end') };
}
