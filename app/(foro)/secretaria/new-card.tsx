import { formState } from '~/app/_form/submit';
import { Notice } from '~/app/_ui/notice';
import { PrintSheet } from '~/app/_ui/print-sheet';
import { PrintedCard } from '~/app/(foro)/_cards/card';
import { words } from '~/server/caller';

/** A card that was made by this very request: shown now, kept nowhere. */
export async function NewCard() {
  const { t } = await words();
  const form = await formState('card');
  const [name, number, code] = ['name', 'number', 'code'].map((field) => form.value(field));
  if (form.failed) return <Notice tone="error" live word={form.sentence} />;
  if (!name || !number || !code) return null;
  return (
    <section className="stack">
      <div className="noprint">
        <Notice tone="warning" live word={t('people.desk.card.now')}>
          {t('people.desk.card.print')}
        </Notice>
      </div>
      <PrintSheet
        label={t('people.desk.card.sheet')}
        columns={2}
        cards={[{ key: code, content: <PrintedCard name={name} number={number} code={code} /> }]}
      />
    </section>
  );
}
