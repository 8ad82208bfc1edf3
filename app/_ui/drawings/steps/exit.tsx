import { Drawing, type DrawingProps } from '../drawing';

/** Leaving: a person steps out of an open door. */
export function Exit(props: DrawingProps) {
  return (
    <Drawing {...props}>
      <path className="o" d="M6 5h26v54H6z" />
      <path className="w" d="M6 5l14 7v47H6z" />
      <circle className="p" cx="44" cy="17" r="6" />
      <path d="M42 27l-9 9m9-9l3 14-9 17m9-17l8 17M42 27l11 8 7-3" />
    </Drawing>
  );
}
