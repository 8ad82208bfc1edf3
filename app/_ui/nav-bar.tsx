import type { ReactNode } from 'react';

/** One destination: `label` one word of at most ten letters (five of them share 360 px), `drawing` at size 1.75, `current` where the person is now. */
export type Destination = { href: string; label: string; drawing: ReactNode; current?: boolean };

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
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
