import type { ReactNode } from 'react';
import { Icon } from './icon';

/** One thing on the thread: its title leads to it; `line` is one short sentence. */
export type ThreadItem = { href: string; title: string; line?: string };

/**
 * One knot. `drawing` at size 2.5; `stateWord` says in a word what `state` shows; `items` are what happened there
 * (none yet: leave it out, and `line` says what will happen); `more` is the short link to the rest («+3»),
 * with `moreLabel` for those who hear it.
 */
export type ThreadStep = {
  key: string;
  drawing: ReactNode;
  name: string;
  state: 'done' | 'current' | 'pending';
  stateWord: string;
  line?: string;
  items?: ThreadItem[];
  more?: { href: string; label: string; spoken: string };
};

/** The line of steps, drawn as a cord with a knot at each: downwards on a phone, across on a wide screen. */
export function Thread({ label, steps }: { label: string; steps: ThreadStep[] }) {
  return (
    <div className="thr">
      <ol aria-label={label}>
        {steps.map((step) => (
          <li
            key={step.key}
            className={step.state}
            aria-current={step.state === 'current' ? 'step' : undefined}
          >
            <span className="knot">{step.drawing}</span>
            <div>
              <p className="stn">
                <b>{step.name}</b>
                <span>
                  {step.state === 'done' ? <Icon name="check" /> : null}
                  {step.stateWord}
                </span>
              </p>
              {step.line ? <p className="hint">{step.line}</p> : null}
              {step.items?.map((item) => (
                <a key={`${item.href} ${item.line}`} href={item.href}>
                  <b>{item.title}</b>
                  {item.line}
                </a>
              ))}
              {step.more ? (
                <a className="more" href={step.more.href} aria-label={step.more.spoken}>
                  {step.more.label}
                </a>
              ) : null}
            </div>
          </li>
        ))}
      </ol>
    </div>
  );
}
