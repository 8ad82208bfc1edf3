import { Drawing, type DrawingProps } from '../drawing';

/** A sack of ore with its lock. */
export function RoboYComercioDeMineral(props: DrawingProps) {
  return (
    <Drawing {...props}>
      <path className="p" d="M16 20C4 32 2 60 16 60h20c14 0 12-28 0-40z" />
      <path d="M16 20h20M18 20l-6-12c8 4 20 4 28 0l-6 12" />
      <path className="o" d="M17 38l6-8 8 4-2 9-9 2z" />
      <path d="M43 42v-6a6 6 0 0 1 12 0v6" />
      <path className="w" d="M38 42h22v18H38z" />
      <path d="M49 49v4" />
    </Drawing>
  );
}
