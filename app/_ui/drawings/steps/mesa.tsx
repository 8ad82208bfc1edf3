import { Drawing, type DrawingProps } from '../drawing';

/** People around one table. */
export function Mesa(props: DrawingProps) {
  return (
    <Drawing {...props}>
      <circle className="p" cx="12" cy="22" r="7" />
      <circle className="p" cx="32" cy="15" r="8" />
      <circle className="p" cx="52" cy="22" r="7" />
      <path className="r" d="M2 43c0-10 3-14 10-14s10 4 10 14z" />
      <path className="o" d="M42 43c0-10 3-14 10-14s10 4 10 14z" />
      <path className="t" d="M20 43c0-14 3-20 12-20s12 6 12 20z" />
      <path className="p" d="M2 41h60v7H2z" />
      <path d="M10 48v13m44-13v13" />
    </Drawing>
  );
}
