import { Children, isValidElement, type ReactNode } from 'react';

/** What every drawing takes: `size` in rem (default 4); `title` only where no word stands beside it. */
export type DrawingProps = { size?: number; title?: string };

const names: Record<string, string> = { className: 'class' };
const shapes = new Set(['path', 'circle', 'ellipse', 'g', 'rect']);

/**
 * The shapes as one string. React would make each of them twice, once for the page and once for scripts that a light
 * page does not have: on a list of concerns they were four of ten elements.
 * @throws Error for anything but plain shapes: no word of a person ever passes here.
 */
export function markup(children: ReactNode): string {
  return Children.toArray(children)
    .map((child) => {
      if (!isValidElement(child) || !shapes.has(child.type as string)) throw new Error('not a plain shape');
      const { children: inner, ...given } = child.props as Record<string, unknown> & { children?: ReactNode };
      const attributes = Object.entries(given).map(([name, value]) => ` ${names[name] ?? name}="${value}"`);
      return `<${child.type}${attributes.join('')}>${inner ? markup(inner) : ''}</${child.type}>`;
    })
    .join('');
}

/**
 * The frame of a drawing on a 64 × 64 grid. Shapes take their fill by a letter:
 * o ochre, r brick, t jade, w white, p copper (skin, earth), k ink; without a letter they are lines.
 */
export function Drawing({ size = 4, title, children }: DrawingProps & { children: ReactNode }) {
  const length = `${size}rem`;
  return (
    <svg
      className="dw"
      viewBox="0 0 64 64"
      width={length}
      height={length}
      role={title ? 'img' : undefined}
      aria-label={title}
      aria-hidden={title ? undefined : true}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: shapes of this folder, and nothing else.
      dangerouslySetInnerHTML={{ __html: markup(children) }}
    />
  );
}
