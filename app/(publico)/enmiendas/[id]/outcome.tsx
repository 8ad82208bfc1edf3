import { dayInWords } from '~/app/_form/format';
import { Notice } from '~/app/_ui/notice';
import { words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';

const tones = { accepted: 'success', rejected: 'warning', withdrawn: 'info', overtaken: 'warning' } as const;

/** What came of it, in the committee's own words, and where that is read. */
export async function Outcome({ one }: { one: ForumOutputs['amendments']['detail'] }) {
  const { t, locale } = await words();
  if (one.state === 'open')
    return one.rival ? (
      <Notice word={t('amendments.rival.open', { n: one.backings })}>
        <p>{t('amendments.rival.open.line')}</p>
      </Notice>
    ) : null;
  const at = (place: { version: number; number: number }) =>
    `/documento/v/${place.version}/art/${place.number}`;
  const day = one.decidedOn ? dayInWords(locale, one.decidedOn) : '';
  return (
    <Notice tone={tones[one.state]} word={t(`amendments.came.${one.state}`, { day })}>
      {one.reason ? <p>{one.reason}</p> : null}
      {one.byHand ? <p>{t('amendments.by_hand')}</p> : null}
      {one.rival ? <p>{t('amendments.rival.line', { n: one.backings })}</p> : null}
      {one.state === 'rejected' && !one.rival ? (
        <p>{t('amendments.rival.needed', { n: one.backings, needed: one.needed })}</p>
      ) : null}
      {one.state === 'accepted' && one.kind !== 'remove' ? (
        <p>
          {one.made ? (
            <a href={at(one.made)}>{t('amendments.made', { n: one.made.version })}</a>
          ) : (
            t('amendments.made.soon')
          )}
        </p>
      ) : null}
      {one.state === 'overtaken' ? (
        <p>
          {one.latest ? (
            <a href={at(one.latest)}>{t('amendments.overtaken.now', { n: one.latest.version })}</a>
          ) : (
            t('amendments.overtaken.gone')
          )}
        </p>
      ) : null}
    </Notice>
  );
}
