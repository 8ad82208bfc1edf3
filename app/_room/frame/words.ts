/** Sentences by key, from messages/…/room*.json; `{name}` stands for what is put in. */
export type Words = Record<string, string>;
export type Put = Record<string, string | number>;
export type Say = (key: string, put?: Put) => string;

/** @returns the key itself where no catalogue has it, which a test forbids. */
export const sayFrom =
  (words: Words): Say =>
  (key, put = {}) =>
    // In one pass: what somebody calls herself is never taken for a place to put something in.
    (words[key] ?? key).replace(/\{(\w+)\}/g, (hole, name: string) => String(put[name] ?? hole));

/** What «Escuchar» says of itself, and of what can be touched. */
export const hears = (say: Say) => ({
  hear: say('hear'),
  stop: say('hear.stop'),
  press: (text: string) => say('hear.press', { text }),
});
