import { found } from '~/app/_form/found';
import { placeTitle } from '~/app/_form/labels';
import { baseLine } from '~/app/_frame/base-line';
import { Page } from '~/app/_frame/page';
import { Card } from '~/app/_ui/card';
import { StepDrawing } from '~/app/_ui/drawings/step-drawing';
import { EmptyState } from '~/app/_ui/empty-state';
import { FigureNumber, Figures } from '~/app/_ui/figure-number';
import { Notice } from '~/app/_ui/notice';
import { PageTitle } from '~/app/_ui/page-title';
import { Table } from '~/app/_ui/table';
import { caller, words } from '~/server/caller';
import { Waiting } from './waiting';

export default async function Credentials({ searchParams }: { searchParams: Promise<{ hecho?: string }> }) {
  const { t } = await words();
  const { hecho } = await searchParams;
  const forum = await caller();
  const desk = await found(() => forum.associations.desk());
  const delegates = await forum.associations.delegates();
  const share = (women: number | null) =>
    women === null ? t('associations.women.few') : t('associations.women', { percent: women });
  return (
    <Page>
      <PageTitle
        title={t('associations.desk.title')}
        lead={t('associations.desk.lead')}
        drawing={<StepDrawing name="acta" size={4.5} />}
      />
      {hecho ? <Notice tone="success" live word={t('associations.done')} /> : null}
      <h2>{t('associations.desk.waiting', { n: desk.waiting.length })}</h2>
      {desk.waiting.length === 0 ? <EmptyState title={t('associations.desk.none')} /> : null}
      {desk.waiting.map((mandate) => (
        <Waiting key={mandate.id} mandate={mandate} />
      ))}
      <h2>{t('associations.desk.accredited')}</h2>
      <Figures>
        <FigureNumber value={String(delegates.count)} label={t('associations.desk.count')} />
        <FigureNumber
          value={delegates.women === null ? '–' : `${delegates.women} %`}
          label={t('associations.desk.women')}
          note={delegates.women === null ? t('associations.women.few') : undefined}
        />
      </Figures>
      {delegates.departments.map(({ department, count, women }) => (
        <Card key={department} level={3} title={placeTitle(department)}>
          <p>
            {t('associations.desk.department', { n: count })} {share(women)}
          </p>
          <Table
            quiet
            caption={placeTitle(department)}
            columns={[
              { label: t('associations.column.name') },
              { label: t('associations.column.base') },
              { label: t('associations.column.acta') },
            ]}
            rows={desk.accredited
              .filter(({ association }) => association.department === department)
              .map(({ id, name, association, actaReference }) => ({
                key: id,
                cells: [
                  name,
                  <a key="base" href={`/asociaciones/${association.id}`} title={baseLine(t, association)}>
                    {association.name}
                  </a>,
                  actaReference,
                ],
              }))}
          />
        </Card>
      ))}
    </Page>
  );
}
