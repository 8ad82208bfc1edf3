import { Drawing, type DrawingProps } from '../drawing';

/** A public building answers. */
export function Response(props: DrawingProps) {
  return (
    <Drawing {...props}>
      <path className="w" d="M7 38h32v20H7z" />
      <path className="p" d="M2 38l21-16 21 16z" />
      <path d="M2 60h42M15 38v20m16-20v20M23 38v20" />
      <path className="o" d="M32 3h29v20H50l-8 8v-8H32z" />
      <path d="M41 13l4 4 8-8" />
    </Drawing>
  );
}
