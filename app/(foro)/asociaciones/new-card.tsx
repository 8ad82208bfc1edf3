import { Notice } from '~/app/_ui/notice';
import { PrintSheet } from '~/app/_ui/print-sheet';
import { PrintedCard } from '~/app/(foro)/_cards/card';
import { words } from '~/server/caller';
import { showNumber } from '~/server/people/rules';

/** The card just made, to be printed or copied now: its code is in this answer and nowhere else. */
export async function NewCard({ value }: { value: (field: string) => string | undefined }) {
  const { t } = await words();
  const number = (value('number') ?? '').replace('-', '');
  const card = { name: value('name') ?? '', number: showNumber(number), code: value('code') ?? '' };
  return (
    <>
      <div className="noprint">
        <Notice tone="warning" live word={t('associations.cards.once')}>
          {t('associations.cards.once.line')}
        </Notice>
      </div>
      <PrintSheet
        label={t('associations.cards.sheet')}
        columns={2}
        cards={[{ key: card.number, content: <PrintedCard {...card} /> }]}
      />
    </>
  );
}
