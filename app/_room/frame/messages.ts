import type { Composer, MessageKind } from './context';
import { pictureComposer, pictureKind } from './media/picture';
import { voiceComposer, voiceKind } from './media/voice';
import { releaseKind } from './release/act';
import { textKind } from './text';

/** The first byte of what is said in talk. Numbers stand for good: 16–31 media, 32–47 release, 48–63 acts. */
export const types = { text: 1, title: 2, erased: 3 } as const;

export const messageKinds: readonly MessageKind[] = [textKind, releaseKind, voiceKind, pictureKind];
export const composers: readonly Composer[] = [voiceComposer, pictureComposer];
