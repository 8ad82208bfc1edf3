import { words } from '~/server/caller';

export default async function Home() {
  const { t } = await words();
  return (
    <main>
      <h1>{t('ui.back.home')}</h1>
    </main>
  );
}
