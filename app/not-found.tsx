import { Page } from '~/app/_frame/page';
import { words } from '~/server/caller';

/** The same page for what is not there and for what may not be known. */
export default async function NotFound() {
  const { t } = await words();
  return (
    <Page title={t('failures.not_found')}>
      <p>
        <a href="/">{t('ui.back.home')}</a>
      </p>
    </Page>
  );
}
