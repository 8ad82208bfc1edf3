import { found } from '~/app/_form/found';
import { baseLine } from '~/app/_frame/base-line';
import { Page } from '~/app/_frame/page';
import { Card } from '~/app/_ui/card';
import { StepDrawing } from '~/app/_ui/drawings/step-drawing';
import { LinkList } from '~/app/_ui/link-list';
import { Notice } from '~/app/_ui/notice';
import { PageTitle } from '~/app/_ui/page-title';
import { Table } from '~/app/_ui/table';
import { caller, requestContext, words } from '~/server/caller';
import { Endings } from './endings';
import { Mandates } from './mandates';

export default async function Association({ params }: { params: Promise<{ id: string }> }) {
  const { t } = await words();
  const { id } = await params;
  const { actor } = await requestContext();
  const base = await found(async () => (await caller()).associations.detail({ id }));
  const { within, abilities } = base;
  const to = (part: string) => `/asociaciones/${base.id}/${part}`;
  const tasks = [
    abilities.readPadron && { href: to('padron'), key: 'padron' as const },
    abilities.keepPadron && { href: to('importar'), key: 'import' as const },
    abilities.keepPadron && { href: to('tarjetas'), key: 'cards' as const },
    within?.spaceId && { href: `/mesas/${within.spaceId}`, key: 'space' as const },
  ].filter((task) => task !== false && task !== null && task !== undefined && task !== '');
  return (
    <Page>
      <PageTitle
        title={base.name}
        lead={baseLine(t, base)}
        drawing={<StepDrawing name="people" size={4.5} />}
      />
      {base.dissolved ? <Notice tone="warning" word={t('associations.dissolved')} /> : null}
      <p>
        {base.members === null
          ? t('associations.members.few')
          : t('associations.members', { n: base.members })}
      </p>
      {tasks.length > 0 ? (
        <Card title={t(abilities.keepPadron ? 'associations.desk.secretary' : 'associations.desk.member')}>
          <LinkList
            items={tasks.map(({ href, key }) => ({
              href,
              title: t(`associations.task.${key}`),
              line: t(`associations.task.${key}.line`),
              drawing: <StepDrawing name={drawings[key]} size={3} />,
            }))}
          />
        </Card>
      ) : null}
      {within && within.leaders.length > 0 ? (
        <Card title={t('associations.leaders')}>
          <Table
            quiet
            caption={t('associations.leaders')}
            columns={[{ label: t('associations.column.name') }, { label: t('associations.column.office') }]}
            rows={within.leaders.map((leader) => ({
              key: `${leader.personId} ${leader.role}`,
              cells: [leader.name, leader.title ?? t(`associations.role.${leader.role}`)],
            }))}
          />
        </Card>
      ) : null}
      {within || base.mandates.length > 0 ? <Mandates base={base} /> : null}
      <Endings base={base} personId={actor.personId} />
    </Page>
  );
}

const drawings = { padron: 'people', import: 'acta', cards: 'card', space: 'mesa' } as const;
