/** What one request carries between the pipeline, the server action and the page it renders. */
export type Scope = {
  /** Set by an action that failed: the page shows the sentences and what was typed. */
  form?: FormState;
  /** The status of the page, where it is not Next's own. */
  status?: number;
  /** Whose session stands, where her phone does not say so itself: the tag that its page brings along. */
  who?: string;
  address: string;
};
export type FormState = {
  name: string;
  values: Record<string, string[]>;
  errors: Record<string, string>;
  sentence: string;
};

/** The request header that names the scope; the pipeline strips one that comes from outside. */
export const scopeHeader = 'x-forum-request';

const key = Symbol.for('frente-unido.scopes');
const holder = globalThis as { [key]?: Map<string, Scope> };
export function scopes(): Map<string, Scope> {
  holder[key] ??= new Map();
  return holder[key];
}
