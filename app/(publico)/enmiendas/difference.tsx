import { changeWords } from '~/app/_frame/change-words';
import { Changed } from '~/app/_ui/changed';
import { words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';

type Row = ForumOutputs['amendments']['detail']['rows'][number];

/** What an amendment changes, in the words themselves: struck through what goes, underlined what comes. */
export async function Difference({ rows }: { rows: readonly Row[] }) {
  const { t } = await words();
  const spoken = await changeWords();
  return (
    <div className="prose written">
      {rows.map((row, i) =>
        row.kind === 'fold' ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name, and none ever moves.
          <p className="hint" key={i}>
            {t('drafts.compare.fold', { n: row.lines })}
          </p>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same.
          <p key={i}>
            <Changed pieces={row.pieces} words={spoken} />
          </p>
        ),
      )}
    </div>
  );
}
