import { Drawing, type DrawingProps } from '../drawing';

/** A card with its code, and a key. */
export function Card(props: DrawingProps) {
  return (
    <Drawing {...props}>
      <path className="w" d="M3 9h52v36H3z" />
      <path className="k" d="M11 17h7v7h-7zm0 14h7v6h-7zm14-14h6v7h-6z" />
      <path d="M25 31h6v6M40 18h7M40 26h7" />
      <path d="M46 49h15v8m-7-8v6" />
      <circle className="o" cx="38" cy="50" r="9" />
      <path d="M38 50h.1" />
    </Drawing>
  );
}
