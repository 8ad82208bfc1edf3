import { Drawing, type DrawingProps } from '../drawing';

/** A miner with helmet and lamp. */
export function SeguridadEnElTrabajo(props: DrawingProps) {
  return (
    <Drawing {...props}>
      <path className="t" d="M6 61c1-10 8-14 18-15h16c10 1 17 5 18 15z" />
      <path className="p" d="M19 28v9a13 13 0 0 0 26 0v-9z" />
      <path className="o" d="M15 28a17 17 0 0 1 34 0z" />
      <path d="M9 28h46M27 38h.1M37 38h.1" />
      <circle className="w" cx="32" cy="18" r="5" />
      <path d="M32 3v4M18 8l2 3M46 8l-2 3" />
    </Drawing>
  );
}
