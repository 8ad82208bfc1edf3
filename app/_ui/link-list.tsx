import type { ReactNode } from 'react';
import { Icon } from './icon';

/** One row: `drawing` at size 3, `line` one sentence, `aside` a `<StatePill>` or a short fact. */
export type LinkRow = {
  /** Where two rows lead to the same place. */
  key?: string;
  href: string;
  title: string;
  line?: ReactNode;
  drawing?: ReactNode;
  aside?: ReactNode;
};

/** A list whose rows are pressed anywhere; each is one link. `label` names the list where no heading does. */
export function LinkList({ items, label }: { items: LinkRow[]; label?: string }) {
  return (
    <ul className="lks" aria-label={label}>
      {items.map((item) => (
        <li key={item.key ?? item.href}>
          <a className="lk" href={item.href}>
            {item.drawing}
            <span>
              <b>{item.title}</b>
              {item.line ? <span>{item.line}</span> : null}
              {item.aside}
            </span>
            <Icon name="chevron" />
          </a>
        </li>
      ))}
    </ul>
  );
}
