import type { ReactNode } from 'react';

/** The page's one `h1`, with a drawing (size 4.5), a short line above it and a sentence below it. */
export function PageTitle(props: {
  title: string;
  kicker?: ReactNode;
  lead?: ReactNode;
  drawing?: ReactNode;
}) {
  return (
    <div className="ttl">
      {props.drawing}
      <div>
        {props.kicker ? <p className="kick">{props.kicker}</p> : null}
        <h1>{props.title}</h1>
        {props.lead ? <p className="lead">{props.lead}</p> : null}
      </div>
    </div>
  );
}
