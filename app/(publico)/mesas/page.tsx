import { listInWords } from '~/app/_form/format';
import { areaTitle } from '~/app/_form/labels';
import { Page } from '~/app/_frame/page';
import { AreaDrawing } from '~/app/_ui/drawings/area-drawing';
import { StepDrawing } from '~/app/_ui/drawings/step-drawing';
import { EmptyState } from '~/app/_ui/empty-state';
import { LinkList } from '~/app/_ui/link-list';
import { PageTitle } from '~/app/_ui/page-title';
import { StatePill } from '~/app/_ui/state-pill';
import { caller, words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';
import { OpenTable } from './open-table';

type Space = ForumOutputs['spaces']['list']['tables'][number];

export default async function Tables() {
  const { t, locale } = await words();
  const { plenary, tables, own, abilities } = await (await caller()).spaces.list();
  const row = (space: Space) => ({
    href: `/mesas/${space.id}`,
    title: space.title,
    line: [
      listInWords(
        locale,
        space.areas.map((area) => areaTitle(locale, area)),
      ),
      // A table takes up concerns of the whole forum: that none was born in it is no news.
      space.concerns > 0 ? t('spaces.concerns', { n: space.concerns }) : '',
    ]
      .filter(Boolean)
      .join(' · '),
    drawing: space.areas[0] ? (
      <AreaDrawing slug={space.areas[0]} size={3} />
    ) : (
      <StepDrawing name={space.kind === 'association' ? 'lock' : 'mesa'} size={3} />
    ),
    aside: space.closed ? <StatePill state="closed">{t('spaces.closed')}</StatePill> : null,
  });
  return (
    <Page>
      <PageTitle
        title={t('spaces.title')}
        lead={t('spaces.lead')}
        drawing={<StepDrawing name="mesa" size={4.5} />}
      />
      {plenary ? <LinkList label={t('spaces.plenary')} items={[row(plenary)]} /> : null}
      {own.length > 0 ? (
        <>
          <h2>{t('spaces.own')}</h2>
          <LinkList items={own.map(row)} />
        </>
      ) : null}
      <h2>{t('spaces.tables')}</h2>
      {tables.length === 0 ? <EmptyState title={t('spaces.none')} /> : <LinkList items={tables.map(row)} />}
      {abilities.create ? <OpenTable /> : null}
    </Page>
  );
}
