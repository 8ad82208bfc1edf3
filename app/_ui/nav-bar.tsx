import type { ReactNode } from 'react';

/**
 * One destination: `label` one word of at most ten letters (five of them share 360 px), `drawing` at size 1.75,
 * `current` where the person is now, `badge` how many things wait there, with the words for it.
 */
export type Destination = {
  href: string;
  label: string;
  drawing: ReactNode;
  current?: boolean;
  badge?: { n: string; words: string } | null;
};

/** Four or five destinations: a bar at the foot of a phone, a row in the header of a wide screen. */
export function NavBar({ label, items }: { label: string; items: Destination[] }) {
  return (
    <nav className="nav" aria-label={label}>
      <ul>
        {items.map((item) => (
          <li key={item.href}>
            <a href={item.href} aria-current={item.current ? 'page' : undefined}>
              {item.drawing}
              {item.label}
              {item.badge ? (
                <>
                  <span className="badge" aria-hidden="true">
                    {item.badge.n}
                  </span>
                  <span className="vh">, {item.badge.words}</span>
                </>
              ) : null}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
