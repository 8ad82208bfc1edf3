import { Drawing, type DrawingProps } from '../drawing';

/** A thumb to the side: neither for nor against. */
export function Abstain(props: DrawingProps) {
  return (
    <Drawing {...props}>
      <path className="o" d="M27 45h26v17H27z" />
      <path
        className="p"
        d="M26 20H9a6 6 0 0 0 0 13h14v7c0 7 5 11 11 11h12c8 0 13-5 13-12V20c0-6-4-10-8-10H34c-5 0-8 4-8 10z"
      />
      <path d="M34 11v14M43 11v14M51 12v13M23 33h11" />
    </Drawing>
  );
}
