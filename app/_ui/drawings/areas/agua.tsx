import { Drawing, type DrawingProps } from '../drawing';

/** A drop of water over open hands. */
export function Agua(props: DrawingProps) {
  return (
    <Drawing {...props}>
      <path className="t" d="M32 4c7 10 12 16 12 23a12 12 0 0 1-24 0c0-7 5-13 12-23z" />
      <path d="M27 28c0 3 2 5 5 5" />
      <path className="p" d="M3 37c8-1 9 9 18 9h22c9 0 10-10 18-9-1 14-8 23-19 23H22C11 60 4 51 3 37z" />
      <path d="M32 46v14" />
    </Drawing>
  );
}
