import { Drawing, type DrawingProps } from '../drawing';

/** A coin that turns a gear. */
export function CreditoYTecnologiaLimpia(props: DrawingProps) {
  return (
    <Drawing {...props}>
      <path d="M43 25v36M25 43h36M30 30l26 26M56 30L30 56" />
      <circle className="t" cx="43" cy="43" r="13" />
      <circle className="w" cx="43" cy="43" r="5" />
      <circle className="o" cx="19" cy="19" r="15" />
      <circle cx="19" cy="19" r="9" />
      <path d="M19 15v8" />
    </Drawing>
  );
}
