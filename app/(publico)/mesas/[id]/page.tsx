import { listInWords } from '~/app/_form/format';
import { found } from '~/app/_form/found';
import { areaTitle } from '~/app/_form/labels';
import { Page } from '~/app/_frame/page';
import { Button } from '~/app/_ui/button';
import { Card } from '~/app/_ui/card';
import { AreaDrawing } from '~/app/_ui/drawings/area-drawing';
import { StepDrawing } from '~/app/_ui/drawings/step-drawing';
import { LinkList } from '~/app/_ui/link-list';
import { Notice } from '~/app/_ui/notice';
import { PageTitle } from '~/app/_ui/page-title';
import { caller, words } from '~/server/caller';
import { Drafts } from './drafts';
import { Keeping } from './keeping';
import { People } from './people';

export default async function Space(props: {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ hecho?: string }>;
}) {
  const { t, locale } = await words();
  const [{ id }, { hecho }] = [await props.params, await props.searchParams];
  const space = await found(async () => (await caller()).spaces.detail({ id }));
  const { abilities } = space;
  const coordinators = space.coordinators.map((base) => base ?? t('spaces.coordinators.free'));
  return (
    <Page>
      <PageTitle
        title={space.title}
        kicker={t(`spaces.kind.${space.kind}`)}
        lead={space.purpose || undefined}
        drawing={<StepDrawing name={space.kind === 'association' ? 'lock' : 'mesa'} size={4.5} />}
      />
      {hecho ? <Notice tone="success" live word={t('spaces.done')} /> : null}
      {space.closed ? <Notice tone="warning" word={t('spaces.closed.line')} /> : null}
      {space.association ? <Notice word={t('spaces.private')}>{space.association.name}</Notice> : null}
      {space.areas.length > 0 ? (
        <ul className="row">
          {space.areas.map((area) => (
            <li className="row" key={area}>
              <AreaDrawing slug={area} size={2.5} />
              {areaTitle(locale, area)}
            </li>
          ))}
        </ul>
      ) : null}
      <p>
        {coordinators.length > 0
          ? t('spaces.coordinators', { bases: listInWords(locale, coordinators) })
          : t('spaces.coordinators.none')}{' '}
        {space.women === null ? null : t('spaces.women', { percent: space.women })}
      </p>
      <Drafts space={space} />
      <Card title={t('spaces.concerns.title')}>
        <p>{t('spaces.concerns.here', { n: space.concerns })}</p>
        {space.areas[0] ? (
          <LinkList
            items={space.areas.slice(0, 3).map((area) => ({
              href: `/planteamientos?area=${area}`,
              title: t('spaces.concerns.area', { area: areaTitle(locale, area) }),
            }))}
          />
        ) : null}
        {abilities.write ? (
          <Button kind="secondary" href="/planteamientos/nuevo">
            {t('concerns.raise.button')}
          </Button>
        ) : null}
      </Card>
      <People space={space} />
      <Keeping space={space} />
    </Page>
  );
}
