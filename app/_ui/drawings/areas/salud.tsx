import { Drawing, type DrawingProps } from '../drawing';

/** A person and her lungs. */
export function Salud(props: DrawingProps) {
  return (
    <Drawing {...props}>
      <path className="w" d="M8 60c0-22 6-35 24-35s24 13 24 35z" />
      <circle className="p" cx="32" cy="13" r="9" />
      <path className="r" d="M29 36v16c-4 5-12 4-12-2 0-8 4-14 12-14zm6 0v16c4 5 12 4 12-2 0-8-4-14-12-14z" />
      <path d="M32 29v7" />
    </Drawing>
  );
}
