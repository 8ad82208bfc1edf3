import { Drawing, type DrawingProps } from '../drawing';

/** A loom with the cloth just begun. */
export function Empty(props: DrawingProps) {
  return (
    <Drawing {...props}>
      <path d="M8 60V6m48 54V6M4 11h56M20 11v30m8-30v30m8-30v30m8-30v30M4 56h56" />
      <path className="r" d="M13 40h38v8H13z" />
      <path className="o" d="M13 48h38v8H13z" />
    </Drawing>
  );
}
