import { h } from '~/app/_keyring/frame/dom';

/** A text as it is read: a line with # before it is a heading, an empty line ends a paragraph. */
export function paragraphs(text: string): HTMLElement[] {
  const all: HTMLElement[] = [];
  let lines: string[] = [];
  const end = () => {
    if (lines.length > 0) all.push(h('p', {}, lines.join('\n')));
    lines = [];
  };
  for (const line of text.split('\n').map((one) => one.trim())) {
    if (line === '') end();
    else if (line.startsWith('# ')) {
      end();
      all.push(h('h3', {}, line.slice(2)));
    } else lines.push(line);
  }
  end();
  return all;
}
