import type { ReactNode } from 'react';

type Half = { title: string; drawing?: ReactNode; children: ReactNode };

/** Two things held against each other: one above the other on a phone, side by side on a wide screen. */
export function Pair({ left, right }: { left: Half; right: Half }) {
  return (
    <div className="pair">
      {[left, right].map((half) => (
        <section key={half.title}>
          <h3 className="row">
            {half.drawing}
            {half.title}
          </h3>
          {half.children}
        </section>
      ))}
    </div>
  );
}
