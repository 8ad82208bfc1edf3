import type { Composer, MessageKind } from './context';
import { textKind } from './text';

/** The first byte of what is said in talk. Numbers stand for good: 16–31 media, 32–47 release, 48–63 acts. */
export const types = { text: 1, title: 2, erased: 3 } as const;

export const messageKinds: readonly MessageKind[] = [textKind];
export const composers: readonly Composer[] = [];
