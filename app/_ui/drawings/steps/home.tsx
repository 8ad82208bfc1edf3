import { Drawing, type DrawingProps } from '../drawing';

/** A house. */
export function Home(props: DrawingProps) {
  return (
    <Drawing {...props}>
      <path className="w" d="M11 30h42v30H11z" />
      <path className="r" d="M3 32L32 6l29 26z" />
      <path className="o" d="M26 60V42h12v18z" />
      <path d="M18 42h.1M46 42h.1M46 12V6h6v12" />
    </Drawing>
  );
}
