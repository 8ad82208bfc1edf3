import { Drawing, type DrawingProps } from '../drawing';

/** An open hand with a heart in its palm. */
export function VidaLibreDeViolencia(props: DrawingProps) {
  return (
    <Drawing {...props}>
      <path
        className="p"
        d="M16 36V16a4 4 0 0 1 8 0v-6a4 4 0 0 1 8 0V8a4 4 0 0 1 8 0v6a4 4 0 0 1 8 0v26c0 13-7 21-17 21-8 0-13-4-17-11L5 39c-2-5 4-8 7-4z"
      />
      <path d="M24 16v12m8-18v18m8-14v14" />
      <path className="r" d="M32 54c-7-5-9-8-9-12a4.5 4.5 0 0 1 9-2 4.5 4.5 0 0 1 9 2c0 4-2 7-9 12z" />
    </Drawing>
  );
}
