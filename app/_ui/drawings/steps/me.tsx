import { Drawing, type DrawingProps } from '../drawing';

/** One person: what is hers. */
export function Me(props: DrawingProps) {
  return (
    <Drawing {...props}>
      <path className="r" d="M5 61c0-20 8-27 27-27s27 7 27 27z" />
      <path className="p" d="M21 20v7a11 12 0 0 0 22 0v-7z" />
      <path className="o" d="M17 21a15 15 0 0 1 30 0z" />
      <path d="M12 21h40" />
      <path className="w" d="M24 38l8 10 8-10z" />
    </Drawing>
  );
}
