export type Made = Node | string | null;
type Given = { class?: string; onclick?: () => unknown } & Record<string, unknown>;

/** An element; strings become text, never markup. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  given: Given = {},
  ...children: Made[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (name === 'onclick') made.addEventListener('click', value as () => void);
    else if (value !== false && value != null) made.setAttribute(name, String(value));
  }
  made.append(...children.filter((child): child is Node | string => child !== null));
  return made;
}

export const button = (kind: string, text: string, onclick: () => unknown) =>
  h('button', { class: `btn ${kind}`, type: 'button', onclick }, text);

/** Puts these on the screen in place of what was, and leads a screen reader to the heading. */
export function show(title: string, ...children: Made[]): void {
  const heading = h('h2', { tabindex: -1 }, title);
  const screen = document.getElementById('screen')!;
  screen.replaceChildren(heading, ...children.filter((one) => one !== null));
  // Whatever was waiting for the network waits for another screen than this one.
  screen.removeAttribute('inert');
  screen.removeAttribute('aria-busy');
  heading.focus({ preventScroll: true });
  // The page around scrolls, not the frame: what was long before may have left her far below a short screen.
  heading.scrollIntoView({ block: 'start' });
}
