/** Sentences by key, from messages/…/room*.json; `{name}` stands for what is put in. */
export type Words = Record<string, string>;
export type Put = Record<string, string | number>;
export type Say = (key: string, put?: Put) => string;

/** @returns the key itself where no catalogue has it, which a test forbids. */
export const sayFrom =
  (words: Words): Say =>
  (key, put = {}) =>
    Object.entries(put).reduce(
      (text, [name, value]) => text.split(`{${name}}`).join(String(value)),
      words[key] ?? key,
    );
