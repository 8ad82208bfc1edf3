import type { ReactNode } from 'react';

const shapes = {
  open: <circle cx="8" cy="8" r="5.5" />,
  moving: (
    <>
      <circle cx="8" cy="8" r="5.5" />
      <path className="k" d="M8 3v10a5 5 0 0 0 0-10z" />
    </>
  ),
  done: <path d="M2 9l4 4 8-10" />,
  refused: <path d="M3 3h10v10H3zm3 5h4" />,
  late: <path d="M8 2l6.5 12h-13zM8 6.5v4" />,
  closed: <path d="M3 7h10v7H3zm2 0V5a3 3 0 0 1 6 0v2" />,
};

/** How a thing stands; each has its own shape, so that colour never speaks alone. */
export type State = keyof typeof shapes;

/** A state in one or two words with its shape. */
export function StatePill({ state, children }: { state: State; children?: ReactNode }) {
  return (
    <span className={`pill ${state}`}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        {shapes[state]}
      </svg>
      {children}
    </span>
  );
}
