import { number } from '~/app/_form/format';
import { Disclosure } from '~/app/_ui/disclosure';
import { FigureNumber, Figures } from '~/app/_ui/figure-number';
import { Notice } from '~/app/_ui/notice';
import { Table } from '~/app/_ui/table';
import { words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';

type Result = ForumOutputs['ballots']['result'];

/** How many took part, whether that was enough, and how many of each base. */
export async function Turnout({ result }: { result: Result }) {
  const { t, locale } = await words();
  const { entitled, voted, needed, bases } = result.turnout;
  return (
    <>
      <h2>{t('ballots.result.turnout')}</h2>
      <Figures>
        <FigureNumber value={number(locale, entitled)} label={t('ballots.result.entitled')} />
        <FigureNumber value={number(locale, voted)} label={t('ballots.result.voted')} />
        <FigureNumber value={number(locale, needed)} label={t('ballots.result.needed')} />
      </Figures>
      <p>{t(voted >= needed ? 'ballots.result.quorum.yes' : 'ballots.result.quorum.no')}</p>
      {result.paper.voted > 0 ? <p>{t('ballots.paper.result', { n: result.paper.voted })}</p> : null}
      {result.paper.aside.map((reason) => (
        <Notice key={reason} tone="warning" word={t('ballots.paper.aside')}>
          {reason}
        </Notice>
      ))}
      {result.sumsAgree ? null : (
        <Notice tone="error" word={t('ballots.result.sums')}>
          {t('ballots.result.sums.line')}
        </Notice>
      )}
      {bases.length === 0 ? null : (
        <Disclosure summary={t('ballots.result.bases')}>
          <Table
            caption={t('ballots.result.bases')}
            quiet
            columns={[
              { label: t('ballots.result.base') },
              { label: t('ballots.result.base.entitled'), numeric: true },
              { label: t('ballots.result.base.voted'), numeric: true },
            ]}
            rows={bases.map((base) => ({
              key: base.id,
              cells: [base.name, number(locale, base.entitled), number(locale, base.voted)],
            }))}
          />
        </Disclosure>
      )}
    </>
  );
}

/** Names, for those who stood on the same roll. */
export async function Roll({ entries }: { entries: ForumOutputs['ballots']['roll'] }) {
  const { t } = await words();
  return (
    <Disclosure summary={t('ballots.result.roll')}>
      <p className="hint">{t('ballots.result.roll.hint')}</p>
      <Table
        caption={t('ballots.result.roll')}
        quiet
        columns={[
          { label: t('ballots.result.roll.person') },
          { label: t('ballots.result.base') },
          { label: t('ballots.result.roll.voted') },
        ]}
        rows={entries.map((entry) => ({
          key: `${entry.association} ${entry.name}`,
          cells: [
            entry.name,
            entry.association,
            t(
              entry.paper
                ? 'ballots.result.roll.paper'
                : entry.voted
                  ? 'ballots.result.roll.yes'
                  : 'ballots.result.roll.no',
            ),
          ],
        }))}
      />
    </Disclosure>
  );
}
