import { number } from '~/app/_form/format';
import { areaTitle, placeTitle } from '~/app/_form/labels';
import { Page } from '~/app/_frame/page';
import { Bars } from '~/app/_ui/bars';
import { Button } from '~/app/_ui/button';
import { EmptyState } from '~/app/_ui/empty-state';
import { PageTitle } from '~/app/_ui/page-title';
import { StackedBars } from '~/app/_ui/stacked-bars';
import type { MessageKey } from '~/messages/catalogue';
import { caller, words } from '~/server/caller';
import { type Counts, dimensions, type State } from '~/server/concerns/rules/board';

// In the order of the thread, each with its weave.
const shown: { state: State; pattern: 0 | 1 | 2 | 4 }[] = [
  { state: 'recogida', pattern: 0 },
  { state: 'en_debate', pattern: 2 },
  { state: 'recibida', pattern: 4 },
  { state: 'no_recogida', pattern: 1 },
];

export default async function Board({ searchParams }: { searchParams: Promise<{ por?: string }> }) {
  const { t, locale } = await words();
  const asked = (await searchParams).por;
  const by = dimensions.find((one) => t(`concerns.board.by.${one}.slug`) === asked) ?? 'area';
  const board = await (await caller()).concerns.board({ by });
  const names = {
    area: (key: string) => areaTitle(locale, key),
    department: placeTitle,
    kind: (key: string) => t(`concerns.kind.${key}` as MessageKey),
  };
  const text = (state: State, n: number) => t(`concerns.board.part.${state}`, { n });
  const parts = (counts: Counts) =>
    shown.map(({ state, pattern }) => ({
      label: t(`concerns.state.${state}`),
      value: counts[state],
      text: text(state, counts[state]),
      pattern,
    }));
  return (
    <Page at="concerns">
      <PageTitle title={t('concerns.board.title', { n: board.total })} lead={t('concerns.board.lead')} />
      {board.kept > 0 ? <p className="hint">{t('concerns.board.kept', { n: board.kept })}</p> : null}
      <Bars
        label={t('concerns.board.whole')}
        max={board.total}
        rows={shown.map(({ state, pattern }) => ({
          label: t(`concerns.state.${state}`),
          value: board[state],
          text: number(locale, board[state]),
          pattern,
        }))}
      />
      <h2>{t(`concerns.board.by.${by}`)}</h2>
      <nav aria-label={t('concerns.board.by')} className="row">
        {dimensions
          .filter((one) => one !== by)
          .map((one) => (
            <Button
              key={one}
              kind="secondary"
              href={`/planteamientos/tablero?por=${t(`concerns.board.by.${one}.slug`)}`}
            >
              {t(`concerns.board.by.${one}`)}
            </Button>
          ))}
      </nav>
      {by === 'area' ? <p className="hint">{t('concerns.board.areas')}</p> : null}
      {board.rows.length === 0 ? <EmptyState title={t('concerns.none.title')} /> : null}
      <StackedBars
        label={t(`concerns.board.by.${by}`)}
        max={Math.max(0, ...board.rows.map((row) => row.total))}
        rows={board.rows.map(({ key, ...counts }) => ({
          key,
          label: names[by](key),
          href: `/planteamientos?${by}=${encodeURIComponent(key)}`,
          total: number(locale, counts.total),
          parts: parts(counts),
        }))}
      />
      <p>
        <a href="/planteamientos/parecidos">{t('concerns.groups.open')}</a>
      </p>
      <p>
        <a href="/planteamientos/apelaciones">{t('concerns.appeals.open')}</a>
      </p>
    </Page>
  );
}
