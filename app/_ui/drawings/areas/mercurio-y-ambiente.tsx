import { Drawing, type DrawingProps } from '../drawing';

/** Amalgam burning over a fire, its fumes, and a plant that stands in them. */
export function MercurioYAmbiente(props: DrawingProps) {
  return (
    <Drawing {...props}>
      <path className="r" d="M10 61c-4-7 3-8 3-14 4 2 4 5 6 7 2-2 1-4 3-6 5 4 7 9 4 13z" />
      <path className="w" d="M3 30h32c0 10-6 16-16 16S3 40 3 30z" />
      <path d="M14 23c-5-6 4-8 0-15m11 15c-5-6 4-8 0-15M49 61V24" />
      <path className="t" d="M49 46c-9 0-12-6-12-12 8 0 12 5 12 12zm0-12c0-11 5-17 13-18 1 10-4 18-13 18z" />
    </Drawing>
  );
}
