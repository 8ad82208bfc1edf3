import { words } from '~/server/caller';

const line = 'h-10 border-b-2 border-ink';

/** Room to write by hand: ruled lines under a heading. */
export function WrittenLines({ title, hint, lines }: { title: string; hint: string; lines: number }) {
  return (
    <section className="break-inside-avoid">
      <h2>{title}</h2>
      <p className="hint">{hint}</p>
      {Array.from({ length: lines }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: empty lines have no other name.
        <div key={i} className={line} />
      ))}
    </section>
  );
}

/** A paper table with room for a fingerprint in each row; it keeps its columns on every screen. */
export async function Signatures({ rows }: { rows: number }) {
  const { t } = await words();
  const cell = 'border-2 border-ink p-2 text-left';
  return (
    <section>
      <h2>{t('ballots.acta.signatures')}</h2>
      <p className="hint">{t('ballots.acta.request')}</p>
      <table className="mt-4 w-full table-fixed border-collapse text-sm">
        <thead>
          <tr>
            {(['ballots.acta.name', 'ballots.result.base', 'ballots.acta.sign'] as const).map((key) => (
              <th key={key} scope="col" className={cell}>
                {t(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: rows }, (_, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: empty rows have no other name.
            <tr key={i} className="h-20 break-inside-avoid">
              <td className={`${cell} w-2/5`} />
              <td className={cell} />
              <td className={`${cell} w-1/4`} />
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
