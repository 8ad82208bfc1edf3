import { Button } from '~/app/_ui/button';
import { TextField } from '~/app/_ui/text-field';
import { words } from '~/server/caller';

/** Looks for words inside one version. */
export async function SearchForm({ version, q }: { version: number; q?: string }) {
  const { t } = await words();
  return (
    <search>
      <form className="form" action="/documento/buscar">
        <input type="hidden" name="v" value={version} />
        <TextField name="q" kind="search" label={t('document.search')} value={q} />
        <Button kind="secondary">{t('document.search.send')}</Button>
      </form>
    </search>
  );
}
