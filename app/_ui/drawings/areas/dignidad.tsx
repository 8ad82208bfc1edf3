import { Drawing, type DrawingProps } from '../drawing';

/** A person stands upright with the sun behind her head. */
export function Dignidad(props: DrawingProps) {
  return (
    <Drawing {...props}>
      <circle className="o" cx="32" cy="33" r="21" />
      <path d="M32 3v3M53 11l3-3M11 11L8 8M60 32h2M2 32h2" />
      <path className="r" d="M9 61c0-15 8-21 23-21s23 6 23 21z" />
      <path className="p" d="M24 26v6a8 9 0 0 0 16 0v-6z" />
      <path className="k" d="M23 28c-2-14 20-14 18 0-6 0-9-3-11-5-2 3-4 5-7 5z" />
      <path className="w" d="M25 41l7 9 7-9z" />
    </Drawing>
  );
}
