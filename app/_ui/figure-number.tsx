import type { ReactNode } from 'react';

/** One big number with its words. Put several into `<Figures>`. */
export function FigureNumber(props: { value: string; label: string; note?: ReactNode }) {
  return (
    <div className="fig">
      <b>{props.value}</b>
      <span>{props.label}</span>
      {props.note ? <span className="hint">{props.note}</span> : null}
    </div>
  );
}

/** A row of numbers, two beside each other on a phone. */
export function Figures({ children }: { children: ReactNode }) {
  return <div className="figs">{children}</div>;
}
