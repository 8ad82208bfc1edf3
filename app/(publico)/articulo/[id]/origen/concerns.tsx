import { placeTitle } from '~/app/_form/labels';
import { opening } from '~/app/_frame/concern-line';
import { Disclosure } from '~/app/_ui/disclosure';
import { LinkList } from '~/app/_ui/link-list';
import { words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';

type Origin = ForumOutputs['document']['origin'];
const shown = 5;

/** The concerns behind it, each with its link: the first ones at once, the others behind one line. */
export async function Behind({ behind }: Pick<Origin, 'behind'>) {
  const { t } = await words();
  const rows = behind.concerns.map((concern) => ({
    href: `/planteamientos/${concern.id}`,
    title: t('concerns.number', { n: concern.number }),
    line: `${opening(concern.words)} ${placeTitle(concern.department)} · ${concern.association ?? t('concerns.from.none')}`,
  }));
  const left = behind.total - rows.length;
  return (
    <>
      <h3>{t('document.origin.concerns')}</h3>
      <LinkList items={rows.slice(0, shown)} />
      {rows.length > shown ? (
        <Disclosure summary={t('document.behind.more', { n: rows.length - shown })}>
          <LinkList items={rows.slice(shown)} />
        </Disclosure>
      ) : null}
      {left > 0 ? <p>{t('document.origin.concerns.rest', { n: left })}</p> : null}
    </>
  );
}

/** What was not taken up, and why: what this article could have held and does not. */
export async function Refused({ article }: { article: Origin }) {
  const { t } = await words();
  const { total, concerns } = article.refused;
  const rows = concerns.map((concern) => ({
    href: `/planteamientos/${concern.id}`,
    title: t('document.origin.refused.item', {
      n: concern.number,
      reason: t(`concerns.reason.${concern.reasonCode as 'repetida'}`),
    }),
    line: concern.reason ?? opening(concern.words),
    aside: concern.sameDraft ? t('document.origin.refused.draft') : undefined,
  }));
  const all = `/planteamientos?area=${article.area}&state=no_recogida`;
  return (
    <section className="stack" id="no-recogidos">
      <h2>{t('document.origin.refused')}</h2>
      <p>{t(total === 0 ? 'document.origin.refused.none' : 'document.origin.refused.line')}</p>
      {rows.length > 0 ? <LinkList items={rows.slice(0, shown)} /> : null}
      {rows.length > shown ? (
        <Disclosure summary={t('document.origin.refused.more', { n: rows.length - shown })}>
          <LinkList items={rows.slice(shown)} />
        </Disclosure>
      ) : null}
      {total > rows.length ? (
        <p>
          <a href={all}>{t('document.origin.refused.all', { n: total })}</a>
        </p>
      ) : null}
    </section>
  );
}
