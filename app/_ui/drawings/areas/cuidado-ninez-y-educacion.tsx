import { Drawing, type DrawingProps } from '../drawing';

/** A woman carries a child in her woven cloth. */
export function CuidadoNinezYEducacion(props: DrawingProps) {
  return (
    <Drawing {...props}>
      <path className="t" d="M3 61c0-19 7-26 22-26s22 7 22 26z" />
      <path className="p" d="M17 20v5a8 9 0 0 0 16 0v-5z" />
      <path className="k" d="M16 18c0-15 18-15 18 0z" />
      <path d="M8 19h34" />
      <circle className="p" cx="50" cy="32" r="7" />
      <path className="r" d="M42 31c0-5 4-7 8-12 4 5 8 7 8 12zM7 45l26 16h12L12 40z" />
      <path className="o" d="M37 36c8 5 16 4 24-1 2 16-3 22-13 22-8 0-13-5-14-13z" />
    </Drawing>
  );
}
