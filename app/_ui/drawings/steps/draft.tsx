import { Drawing, type DrawingProps } from '../drawing';

/** Two pencils write on one sheet. */
export function Draft(props: DrawingProps) {
  return (
    <Drawing {...props}>
      <path className="w" d="M13 4h38v50H13z" />
      <path d="M21 14h22M21 23h22M21 32h9" />
      <path className="o" d="M2 61l3-11 17-17 8 8-17 17z" />
      <path className="r" d="M62 61l-3-11-17-17-8 8 17 17z" />
    </Drawing>
  );
}
