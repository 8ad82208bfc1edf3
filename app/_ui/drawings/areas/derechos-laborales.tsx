import { Drawing, type DrawingProps } from '../drawing';

/** A balance: a worker weighs as much as her pay. */
export function DerechosLaborales(props: DrawingProps) {
  return (
    <Drawing {...props}>
      <path d="M32 6v52M20 59h24M12 14h40M12 14L3 38m9-24l9 24m31-24l-9 24m9-24l9 24" />
      <path className="t" d="M2 38h20c0 7-4 10-10 10S2 45 2 38zm40 0h20c0 7-4 10-10 10s-10-3-10-10z" />
      <circle className="p" cx="12" cy="32" r="5" />
      <path className="r" d="M6 31a6 6 0 0 1 12 0z" />
      <circle className="o" cx="52" cy="31" r="6" />
    </Drawing>
  );
}
