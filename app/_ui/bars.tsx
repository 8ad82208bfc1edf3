import type { ReactNode } from 'react';

/**
 * One bar: `value` ≥ 0 in the unit of `max`; `text` is the number as people read it ("128 votos");
 * `pattern` 0 to 4 picks the weave (0 plain, 1 slanted, 2 dotted, 3 checked, 4 empty).
 */
export type Bar = {
  label: string;
  value: number;
  text: string;
  pattern?: 0 | 1 | 2 | 3 | 4;
  drawing?: ReactNode;
};

/**
 * Bars with their numbers beside; `max` is the full width (the largest value unless given).
 * The width is an attribute and not a style, so that a strict Content-Security-Policy holds.
 */
export function Bars({ label, rows, max }: { label: string; rows: Bar[]; max?: number }) {
  const full = max ?? Math.max(1, ...rows.map((row) => row.value));
  return (
    <ul className="bars" aria-label={label}>
      {rows.map((row) => (
        <li key={row.label}>
          <p>
            {row.drawing}
            <span>{row.label}</span>
            <b>{row.text}</b>
          </p>
          <div>
            <svg
              className={`w${row.pattern ?? 0}`}
              width={`${Math.round((1000 * row.value) / (full || 1)) / 10}%`}
              height="26"
              aria-hidden="true"
            />
          </div>
        </li>
      ))}
    </ul>
  );
}
