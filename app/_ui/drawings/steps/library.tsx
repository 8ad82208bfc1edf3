import { Drawing, type DrawingProps } from '../drawing';

/** Books on a shelf. */
export function Library(props: DrawingProps) {
  return (
    <Drawing {...props}>
      <path className="r" d="M6 10h13v43H6z" />
      <path className="o" d="M19 18h12v35H19z" />
      <path className="t" d="M35 17l12-4 12 37-12 4z" />
      <path d="M2 56h60M12 18v10m13-2v10M44 23l3 9" />
    </Drawing>
  );
}
