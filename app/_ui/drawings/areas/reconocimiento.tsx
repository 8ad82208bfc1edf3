import { Drawing, type DrawingProps } from '../drawing';

/** A woman who picks ore, in her hat and braids, with a star on her chest. */
export function Reconocimiento(props: DrawingProps) {
  return (
    <Drawing {...props}>
      <path className="r" d="M7 61c0-17 9-24 25-24s25 7 25 24z" />
      <path className="p" d="M23 20v6a9 10 0 0 0 18 0v-6z" />
      <path className="k" d="M22 18c0-17 20-17 20 0z" />
      <path d="M13 19h38M22 28c-4 4-5 9-5 16M42 28c4 4 5 9 5 16" />
      <path className="o" d="M32 41l3 6 6 1-5 4 2 7-6-4-6 4 2-7-5-4 6-1z" />
    </Drawing>
  );
}
