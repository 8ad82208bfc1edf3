import type { Metadata } from 'next';
import { cache } from 'react';
import { Page } from '~/app/_frame/page';
import { Button } from '~/app/_ui/button';
import { EmptyState } from '~/app/_ui/empty-state';
import { caller, words } from '~/server/caller';
import type { Opened } from './chapters';
import { Contents } from './contents';
import { previewOf } from './preview';
import { Versions } from './versions';

const load = cache(async () => (await caller()).document.inForce());

export async function generateMetadata(): Promise<Metadata> {
  const { version } = await load();
  return version ? previewOf(version) : {};
}

export default async function Document({ searchParams }: { searchParams: Promise<Opened> }) {
  const { t } = await words();
  const { version, abilities } = await load();
  return (
    <Page at="document" title={version ? undefined : t('document.title')}>
      {version ? (
        <>
          <Contents version={version} opened={await searchParams} />
          <Versions shown={version.number} />
        </>
      ) : (
        <EmptyState title={t('document.none')} line={t('document.none.line')}>
          <Button kind="secondary" href="/planteamientos">
            {t('document.none.concerns')}
          </Button>
        </EmptyState>
      )}
      {abilities.working ? (
        <Button kind="quiet" href="/consolidar" after="arrowRight">
          {t('document.making.see')}
        </Button>
      ) : null}
    </Page>
  );
}
