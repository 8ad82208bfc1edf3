import { Page } from '~/app/_frame/page';
import { Button } from '~/app/_ui/button';
import { EmptyState } from '~/app/_ui/empty-state';
import { caller, words } from '~/server/caller';
import { Contents } from './contents';
import { Versions } from './versions';

export default async function Document() {
  const { t } = await words();
  const { version, abilities } = await (await caller()).document.inForce();
  return (
    <Page at="document" title={version ? undefined : t('document.title')}>
      {version ? (
        <>
          <Contents version={version} />
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
