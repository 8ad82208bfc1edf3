import { Drawing, type DrawingProps } from '../drawing';

/** Two persons; one asks, the other stays by her. */
export function Help(props: DrawingProps) {
  return (
    <Drawing {...props}>
      <path className="t" d="M4 61c0-14 5-20 15-20s15 6 15 20z" />
      <path className="r" d="M34 61c0-14 4-20 13-20s14 6 14 20z" />
      <circle className="p" cx="19" cy="31" r="8" />
      <circle className="p" cx="47" cy="31" r="8" />
      <path d="M28 8c0-6 10-6 10 0 0 5-6 4-6 9m0 5h.1" />
    </Drawing>
  );
}
