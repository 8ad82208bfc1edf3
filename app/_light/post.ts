import { owner, say } from './page';

const patience = 20_000;
const late = () => new Promise<never>((_, fail) => setTimeout(fail, patience));
export type Answer<Sent> =
  | ({ is: 'sent' } & Sent)
  | { is: 'refused'; code?: string; sentence: string; fields: Record<string, string> }
  | { is: 'later'; why: 'kept' | 'busy' | 'enter' };

/**
 * Asks a procedure in the name of whoever this page belongs to: the forum refuses it to whoever else is signed in by now
 * (`x-owner`). Only the forum's own word makes it sent or refused; everything else is to be tried again later.
 */
export async function post<Sent>(procedure: string, input: unknown): Promise<Answer<Sent>> {
  try {
    const request = fetch(`/api/trpc/${procedure}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-owner': owner },
      body: JSON.stringify(input),
    });
    const answer = await Promise.race([request, late()]);
    if (answer.status === 413) return { is: 'refused', sentence: say('problem'), fields: {} };
    if (answer.status === 401) return { is: 'later', why: 'enter' };
    if (answer.status === 429 || answer.status >= 500) return { is: 'later', why: 'busy' };
    // Whatever is not the forum's own JSON (a portal's page, say) is thrown here, and is no answer.
    const { result, error } = await Promise.race([answer.json(), late()]);
    const { data } = answer.ok ? result : error;
    if (!data) throw data;
    return { is: answer.ok ? 'sent' : 'refused', ...data };
  } catch {
    return { is: 'later', why: 'kept' };
  }
}
