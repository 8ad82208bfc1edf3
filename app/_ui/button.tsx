import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon';

const kinds = { primary: 'btn pri', secondary: 'btn', quiet: 'btn qui', danger: 'btn dan' };

/**
 * What a button takes. With `href` it is a link, else a submit button (`name` and `value` tell the form which one).
 * One `primary` on a screen. `full` fills the width; `icon` stands before the word, `after` behind it.
 */
export type ButtonProps = {
  kind?: keyof typeof kinds;
  href?: string;
  type?: 'submit' | 'button';
  name?: string;
  value?: string;
  form?: string;
  icon?: IconName;
  after?: IconName;
  full?: boolean;
  disabled?: boolean;
  children?: ReactNode;
};

/** A button or a link that looks like one, 58 px high. */
export function Button({
  kind = 'primary',
  href,
  icon,
  after,
  full,
  children,
  type = 'submit',
  ...rest
}: ButtonProps) {
  const className = full ? `${kinds[kind]} full` : kinds[kind];
  const content = (
    <>
      {icon ? <Icon name={icon} /> : null}
      {children}
      {after ? <Icon name={after} /> : null}
    </>
  );
  if (href)
    return (
      <a className={className} href={href}>
        {content}
      </a>
    );
  return (
    <button className={className} type={type} {...rest}>
      {content}
    </button>
  );
}
