/** One part of a stacked bar; `pattern` as in `Bars`, so that nothing is told by colour alone. */
export type Part = { label: string; value: number; text: string; pattern: 0 | 1 | 2 | 3 | 4 };
export type StackedRow = { key: string; label: string; href?: string; total: string; parts: Part[] };

/**
 * Bars made of parts, each row as wide as its sum is of `max`; the numbers stand below in words. The weave of each
 * part is explained by `StackedLegend`.
 */
export function StackedBars({ label, rows, max }: { label: string; rows: StackedRow[]; max: number }) {
  const share = (value: number) => `${Math.round((1000 * value) / (max || 1)) / 10}%`;
  return (
    <ul className="bars stk" aria-label={label}>
      {rows.map((row) => (
        <li key={row.key}>
          <p>
            <span>{row.href ? <a href={row.href}>{row.label}</a> : row.label}</span>
            <b>{row.total}</b>
          </p>
          <div>
            {row.parts
              .filter((part) => part.value > 0)
              .map((part) => (
                <svg
                  key={part.label}
                  className={`w${part.pattern}`}
                  width={share(part.value)}
                  height="26"
                  aria-hidden="true"
                />
              ))}
          </div>
          <p className="hint">
            <span>
              {row.parts
                .filter((part) => part.value > 0)
                .map((part) => part.text)
                .join(' · ')}
            </span>
          </p>
        </li>
      ))}
    </ul>
  );
}
