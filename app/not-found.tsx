import { words } from '~/server/caller';

export default async function NotFound() {
  const { t } = await words();
  return (
    <main>
      <h1>{t('failures.not_found')}</h1>
      <p>
        <a href="/">{t('ui.back.home')}</a>
      </p>
    </main>
  );
}
