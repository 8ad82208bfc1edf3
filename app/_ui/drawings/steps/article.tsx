import { Drawing, type DrawingProps } from '../drawing';

/** An open book with a ribbon at its page. */
export function Article(props: DrawingProps) {
  return (
    <Drawing {...props}>
      <path className="w" d="M32 15C24 9 13 8 4 10v44c9-2 20-1 28 5 8-6 19-7 28-5V10c-9-2-20-1-28 5z" />
      <path d="M32 15v44M11 21c5-1 9 0 14 2M11 30c5-1 9 0 14 2M11 39c5-1 9 0 14 2" />
      <path className="r" d="M41 10v26l5-5 6 4V9z" />
    </Drawing>
  );
}
