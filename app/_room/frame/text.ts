import { Malformed, readAll, Writer } from '~/server/rooms/rules/bytes';
import type { MessageKind } from './context';
import { h } from './parts';

export const textAtMost = 4000;
const bytesAtMost = textAtMost * 4;

/** What is said: the day, and the words. */
export const writeText = (day: number, text: string): Uint8Array => new Writer().u32(day).text(text).done();
/** @returns null for what is none: it is shown as nothing */
export function readText(body: Uint8Array): { day: number; text: string } | null {
  try {
    return readAll(body, (reader) => ({ day: reader.u32(), text: reader.text(bytesAtMost) }));
  } catch (error) {
    if (error instanceof Malformed) return null;
    throw error;
  }
}

export const textKind: MessageKind = {
  type: 1,
  dayOf: ({ body }) => readText(body)?.day ?? null,
  render(_ctx, { body }) {
    const said = readText(body);
    return said && h('p', { class: 'words-said' }, said.text);
  },
};
