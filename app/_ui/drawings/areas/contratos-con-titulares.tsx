import { Drawing, type DrawingProps } from '../drawing';

/** Two persons and a paper that both sign. */
export function ContratosConTitulares(props: DrawingProps) {
  return (
    <Drawing {...props}>
      <path className="r" d="M2 56c0-20 3-29 12-29s12 9 12 29z" />
      <path className="t" d="M38 56c0-20 3-29 12-29s12 9 12 29z" />
      <circle className="p" cx="14" cy="17" r="7" />
      <circle className="p" cx="50" cy="17" r="7" />
      <path className="o" d="M5 15a9 9 0 0 1 18 0z" />
      <path className="k" d="M44 12c0-8 12-8 12 0zm-4 1h20" />
      <path className="w" d="M20 36h24v25H20z" />
      <path d="M26 43h12M26 54c3-5 4 3 6 0s4-2 6 0" />
    </Drawing>
  );
}
