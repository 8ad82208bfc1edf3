import { type State, StatePill } from '~/app/_ui/state-pill';
import type { Translator } from '~/messages/catalogue';
import type { ForumOutputs } from '~/server/root';

type Shown = ForumOutputs['amendments']['list']['items'][number];

const pillOf = {
  open: 'open',
  accepted: 'done',
  rejected: 'refused',
  withdrawn: 'closed',
  overtaken: 'late',
} as const satisfies Record<Shown['state'], State>;

/** How it stands, in a word with its shape; a rival says that it goes to the vote. */
export function AmendmentPill({ t, one }: { t: Translator; one: Pick<Shown, 'state' | 'rival'> }) {
  return one.rival && one.state !== 'open' ? (
    <StatePill state="moving">{t('amendments.rival')}</StatePill>
  ) : (
    <StatePill state={pillOf[one.state]}>{t(`amendments.state.${one.state}`)}</StatePill>
  );
}

/** «Cambiar el artículo 4», «Un artículo nuevo: Lluvia», «Retirar el artículo 4». */
export const titleOf = (
  t: Translator,
  one: Pick<Shown, 'kind' | 'title'> & { article: { number: number } | null },
): string =>
  one.article && one.kind !== 'add'
    ? t(`amendments.title.${one.kind}`, { number: one.article.number, title: one.title })
    : t('amendments.title.add', { title: one.title });
