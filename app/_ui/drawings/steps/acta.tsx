import { Drawing, type DrawingProps } from '../drawing';

/** A sheet with its signature and the print of a finger. */
export function Acta(props: DrawingProps) {
  return (
    <Drawing {...props}>
      <path className="w" d="M9 3h36v57H9z" />
      <path d="M17 13h20M17 22h20M17 31h12M16 50c3-7 5 4 8-1s3-1 5 0" />
      <ellipse className="o" cx="47" cy="46" rx="11" ry="14" />
      <path d="M42 53V45a5 5 0 0 1 10 0v6m-5-6v10" />
    </Drawing>
  );
}
