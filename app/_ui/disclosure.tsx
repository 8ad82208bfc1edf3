import type { ReactNode } from 'react';
import { Icon } from './icon';

/** What need not be read at once, behind one line that opens it (native `<details>`). */
export function Disclosure(props: { summary: ReactNode; open?: boolean; children: ReactNode }) {
  return (
    <details className="dis" open={props.open}>
      <summary>
        <Icon name="chevron" />
        {props.summary}
      </summary>
      <div>{props.children}</div>
    </details>
  );
}
