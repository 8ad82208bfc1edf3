import { Exit } from './drawings/steps/exit';

/** The way out, for the Shell's `exit` slot: `href` of the route that clears and leaves, `label` one short word. */
export function QuickExit({ href, label }: { href: string; label: string }) {
  return (
    <a className="btn exit" href={href} data-exit>
      <Exit size={1.75} />
      {label}
    </a>
  );
}
