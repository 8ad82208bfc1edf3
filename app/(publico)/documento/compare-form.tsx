import { Button } from '~/app/_ui/button';
import { Card } from '~/app/_ui/card';
import { Select } from '~/app/_ui/select';
import { caller, words } from '~/server/caller';

/** Which two versions to hold against each other; nothing where there is one alone. */
export async function CompareForm({ before, after }: { before: number; after: number }) {
  const { t } = await words();
  const versions = await (await caller()).document.versions();
  if (versions.length < 2) return null;
  const options = versions.map(({ number, title }) => ({
    value: String(number),
    label: t('document.versions.line', { n: number, title }),
  }));
  return (
    <Card title={t('document.compare.choose')}>
      <form className="form" action="/documento/comparar">
        <Select name="de" label={t('document.compare.from')} options={options} value={String(before)} />
        <Select name="a" label={t('document.compare.to')} options={options} value={String(after)} />
        <Button kind="secondary">{t('document.compare.send')}</Button>
      </form>
    </Card>
  );
}
