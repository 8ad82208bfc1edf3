import { Drawing, type DrawingProps } from '../drawing';

/** A thumb up: in favour. */
export function Yes(props: DrawingProps) {
  return (
    <Drawing {...props}>
      <path className="t" d="M4 28h15v30H4z" />
      <path className="p" d="M19 30L30 5c7 0 10 5 8 12l-3 9h18c6 0 8 4 7 9l-5 17c-1 4-4 6-8 6H19z" />
      <path d="M48 37h10M46 47h9" />
    </Drawing>
  );
}
