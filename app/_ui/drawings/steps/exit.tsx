import { Drawing, type DrawingProps } from '../drawing';

/** A person steps out of an open door. */
export function Exit(props: DrawingProps) {
  return (
    <Drawing {...props}>
      <path className="o" d="M4 4h30v56H4z" />
      <path className="w" d="M4 4l17 8v48H4z" />
      <path d="M16 35v4" />
      <path className="t" d="M40 26c6-3 10-1 11 3l2 6 8-1v5H49l1 6 9 10-4 5-11-9-6 9h-6l6-14v-8l-5 4-3-4z" />
      <circle className="p" cx="47" cy="16" r="7" />
    </Drawing>
  );
}
