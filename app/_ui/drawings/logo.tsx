import { Drawing, type DrawingProps } from './drawing';

/** The mark: two stepped slopes that meet under one sun; a front made of many steps. */
export function Logo(props: DrawingProps) {
  return (
    <Drawing {...props}>
      <circle className="o" cx="32" cy="17" r="11" />
      <path className="r" d="M3 58V46h8V35h9V25h12v33z" />
      <path className="t" d="M61 58V46h-8V35h-9V25H32v33z" />
      <path d="M32 58V41" />
    </Drawing>
  );
}
