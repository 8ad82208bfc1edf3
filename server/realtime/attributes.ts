// What the letters of a flat text may carry beside themselves (docs/decisions/090): a line end, what its line is;
// words, how they look. It is asked at the door of the log, by who shows a text, and by the editor.

/** What a line is; a paragraph where its end says nothing else. */
export const blocks = ['paragraph', 'heading', 'article', 'bullet', 'number'] as const;
export type Block = (typeof blocks)[number];

const library = /^\/biblioteca\/[\p{L}\p{N}][\p{L}\p{N}._-]{0,199}$/u;
/** The one place that words may lead to: an item of the forum's own library. */
export const isLink = (path: unknown): path is string => typeof path === 'string' && library.test(path);

const known: Record<string, (value: unknown) => boolean> = {
  block: (value) => value !== 'paragraph' && blocks.some((block) => block === value),
  bold: (value) => value === true,
  italic: (value) => value === true,
  link: isLink,
};

/** Whether a text may carry this; null ends what was before. */
export const mayCarry = (key: string, value: unknown): boolean =>
  Object.hasOwn(known, key) && (value === null || known[key]!(value));
