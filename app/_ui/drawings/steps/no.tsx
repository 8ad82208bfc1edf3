import { Drawing, type DrawingProps } from '../drawing';

/** A thumb down: against. */
export function No(props: DrawingProps) {
  return (
    <Drawing {...props}>
      <path className="r" d="M4 36h15V6H4z" />
      <path className="p" d="M19 34l11 25c7 0 10-5 8-12l-3-9h18c6 0 8-4 7-9l-5-17c-1-4-4-6-8-6H19z" />
      <path d="M48 27h10M46 17h9" />
    </Drawing>
  );
}
