import type { ReactNode } from 'react';

/**
 * The one big thing to do on a screen: `drawing` at size 5, `title` of few words, `line` one sentence,
 * and as child the one primary `<Button>` (or a form with it).
 */
export function BigAction(props: {
  drawing?: ReactNode;
  title: string;
  line?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="big">
      <div className="weave" />
      <div className="in">
        {props.drawing}
        <div>
          <h2>{props.title}</h2>
          {props.line ? <p>{props.line}</p> : null}
        </div>
        <div className="act">{props.children}</div>
      </div>
    </section>
  );
}
