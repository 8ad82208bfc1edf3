import type { ReactNode } from 'react';
import { Empty } from './drawings/steps/empty';

/** Nothing here yet: says so in a sentence and offers one thing to do. */
export function EmptyState(props: {
  title: string;
  line?: string;
  drawing?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div className="none">
      {props.drawing ?? <Empty size={5} />}
      <b>{props.title}</b>
      {props.line ? <p>{props.line}</p> : null}
      {props.children}
    </div>
  );
}
