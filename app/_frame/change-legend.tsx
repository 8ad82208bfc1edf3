import { Changed } from '~/app/_ui/changed';
import { words } from '~/server/caller';
import { changeWords } from './change-words';

/** How a comparison is read: what goes is struck through, what comes is underlined. */
export async function ChangeLegend() {
  const { t } = await words();
  return (
    <p className="hint">
      {t('drafts.compare.legend')}{' '}
      <Changed
        words={await changeWords()}
        pieces={[
          { kind: 'out', text: t('drafts.compare.legend.out') },
          { kind: 'same', text: ', ' },
          { kind: 'in', text: t('drafts.compare.legend.in') },
          { kind: 'same', text: '. ' },
        ]}
      />
      <span aria-hidden="true">{t('drafts.compare.legend.end')}</span>
    </p>
  );
}
