import { Drawing, type DrawingProps } from '../drawing';

/** Mountains with a mine mouth, and a boundary stake. */
export function TerritorioYPueblosIndigenas(props: DrawingProps) {
  return (
    <Drawing {...props}>
      <circle className="o" cx="53" cy="12" r="8" />
      <path className="p" d="M8 58l18-44 12 22 6-9 18 31z" />
      <path className="w" d="M26 14l-7 17 6-4 4 4 6-1z" />
      <path className="k" d="M29 58V48a6 6 0 0 1 12 0v10z" />
      <path d="M5 60V36" />
      <path className="r" d="M5 36h11v8H5z" />
    </Drawing>
  );
}
