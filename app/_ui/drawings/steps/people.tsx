import { Drawing, type DrawingProps } from '../drawing';

/** Three miners side by side: helmet, hat and bare head. */
export function People(props: DrawingProps) {
  return (
    <Drawing {...props}>
      <path className="r" d="M1 58c0-13 4-19 12-19s12 6 12 19z" />
      <path className="o" d="M39 58c0-13 4-19 12-19s12 6 12 19z" />
      <circle className="p" cx="12" cy="30" r="7" />
      <circle className="p" cx="52" cy="30" r="7" />
      <path className="k" d="M5 27c0-11 14-11 14 0zm-3 1h20" />
      <path className="t" d="M16 61c0-19 4-26 16-26s16 7 16 26z" />
      <circle className="p" cx="32" cy="22" r="9" />
      <path className="o" d="M21 20a11 11 0 0 1 22 0z" />
    </Drawing>
  );
}
