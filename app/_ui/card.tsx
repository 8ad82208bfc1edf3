import type { ReactNode } from 'react';

/** A framed block. `title` becomes its heading at `level` (2 unless told); `drawing` (size 3) stands before it. */
export function Card(props: {
  title?: string;
  level?: 2 | 3;
  drawing?: ReactNode;
  aside?: ReactNode;
  id?: string;
  children: ReactNode;
}) {
  const Heading = props.level === 3 ? 'h3' : 'h2';
  return (
    <section className="card" id={props.id}>
      {props.title ? (
        <div className="row hd">
          {props.drawing}
          <Heading>{props.title}</Heading>
          {props.aside}
        </div>
      ) : null}
      {props.children}
    </section>
  );
}
