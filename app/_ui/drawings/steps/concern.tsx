import { Drawing, type DrawingProps } from '../drawing';

/** A person speaks. */
export function Concern(props: DrawingProps) {
  return (
    <Drawing {...props}>
      <path className="r" d="M3 61c0-14 5-20 16-20s16 6 16 20z" />
      <circle className="p" cx="19" cy="31" r="8" />
      <path className="o" d="M26 4h34v23H44l-9 8v-8h-9z" />
      <path d="M34 12h18M34 19h11" />
    </Drawing>
  );
}
