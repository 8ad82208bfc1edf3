import { Drawing, type DrawingProps } from '../drawing';

/** A hand lets a paper into the box. */
export function Ballot(props: DrawingProps) {
  return (
    <Drawing {...props}>
      <path className="p" d="M62 3v12l-9 8H40v-7l8-3 5-10z" />
      <path className="w" d="M20 11h22v28H20z" />
      <path d="M26 22l4 4 7-8" />
      <path className="t" d="M6 35h52v26H6z" />
      <path d="M15 42h34" />
    </Drawing>
  );
}
