import { Drawing, type DrawingProps } from '../drawing';

/** A phone that looks at a square code. */
export function Phone(props: DrawingProps) {
  return (
    <Drawing {...props}>
      <path className="t" d="M14 4h36v56H14z" />
      <path className="w" d="M19 11h26v38H19z" />
      <path className="k" d="M24 17h6v6h-6zm10 0h6v6h-6zM24 27h6v6h-6z" />
      <path d="M34 28h6v5h-6m-10 8h16M29 54h6" />
    </Drawing>
  );
}
