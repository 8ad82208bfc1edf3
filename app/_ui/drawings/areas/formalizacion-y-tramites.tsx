import { Drawing, type DrawingProps } from '../drawing';

/** A person climbs steps towards a stamped paper. */
export function FormalizacionYTramites(props: DrawingProps) {
  return (
    <Drawing {...props}>
      <path className="o" d="M2 60V49h16V39h15V29h14v31z" />
      <path className="w" d="M41 2h20v24H41z" />
      <path d="M46 13l4 4 7-8" />
      <path className="t" d="M4 49c0-14 1-21 7-21 3 0 5 1 8 4l7-4 3 5-9 7-4-2v11z" />
      <circle className="p" cx="12" cy="20" r="7" />
    </Drawing>
  );
}
