import { Drawing, type DrawingProps } from '../drawing';

/** Three persons; one raises her hand. */
export function ParticipacionYOrganizacion(props: DrawingProps) {
  return (
    <Drawing {...props}>
      <path className="r" d="M2 61c0-12 4-17 12-17s12 5 12 17z" />
      <path className="o" d="M38 61c0-12 4-17 12-17s12 5 12 17z" />
      <circle className="p" cx="13" cy="36" r="7" />
      <circle className="p" cx="52" cy="36" r="7" />
      <path className="t" d="M18 61c0-16 3-25 12-25 6 0 8-4 8-10V13h8v14c0 8-1 12-2 34z" />
      <circle className="p" cx="42" cy="9" r="5" />
      <circle className="p" cx="28" cy="24" r="8" />
    </Drawing>
  );
}
