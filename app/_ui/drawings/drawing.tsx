import type { ReactNode } from 'react';

/** What every drawing takes: `size` in rem (default 4); `title` only where no word stands beside it. */
export type DrawingProps = { size?: number; title?: string };

/**
 * The frame of a drawing on a 64 × 64 grid. Shapes take their fill by a letter:
 * o ochre, r brick, t jade, w white, p copper (skin, earth), k ink; without a letter they are lines.
 */
export function Drawing({ size = 4, title, children }: DrawingProps & { children: ReactNode }) {
  const length = `${size}rem`;
  return (
    <svg
      className="dw"
      viewBox="0 0 64 64"
      width={length}
      height={length}
      role={title ? 'img' : undefined}
      aria-label={title}
      aria-hidden={title ? undefined : true}
    >
      {children}
    </svg>
  );
}
