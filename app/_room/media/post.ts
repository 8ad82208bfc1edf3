import { type Hex, hashHex } from '~/server/rooms/rules/orders';
import { readDone, readPart, writeAsk } from '~/server/rooms/rules/wire';
import type { MemberKeys } from '../protocol/keys';
import type { AskServer, Session } from '../session';
import { eraseTokensOf, joined, type Label, makeParcel, openPart, placesOf } from './parcel';

/** What it takes to lay something in a room and to fetch it from there. */
export type Place = { room: Hex; mine: Pick<MemberKeys, 'erase'>; session: Session; ask: AskServer };
/** How far it is, from 0 to 1. */
export type Progress = (share: number) => void;

/** It is there no more, or never was: expired, erased, or the door is closed to her. */
export class Gone extends Error {}

/**
 * Lays the parts, one after another. Nobody sees anything of them until a message carries the label: what is broken off
 * in the middle has never been, and what of it lies there is asked to be erased.
 * @returns null where the server did not keep all of it
 */
export async function layParcel(
  place: Place,
  bytes: Uint8Array,
  progress: Progress = () => {},
): Promise<Label | null> {
  const { label, parts } = makeParcel(place.room, bytes);
  const tokens = eraseTokensOf(place.mine, label);
  const days = place.session.state!.settings.retentionDays;
  try {
    for (const [at, { place: id, sealed }] of parts.entries()) {
      const part = { bytes: sealed, erase: hashHex(tokens[at]!), days };
      const done = await place.ask(writeAsk({ op: 'lay', access: place.session.access(), id, part }));
      if (!readDone(done)) {
        await eraseParcel(place, label);
        return null;
      }
      progress((at + 1) / parts.length);
    }
  } catch (error) {
    // Without a network there is nobody to ask; the days of the room see to it.
    await eraseParcel(place, label).catch(() => {});
    throw error;
  }
  return label;
}

/** @throws Gone where a part is not there; Malformed where it is not what its author has signed */
export async function fetchParcel(
  place: Place,
  label: Label,
  progress: Progress = () => {},
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for (const id of placesOf(label)) {
    const answer = await place.ask(writeAsk({ op: 'fetch', access: place.session.access(), id }));
    const sealed = readPart(answer);
    if (!sealed) throw new Gone();
    parts.push(openPart(place.room, label, parts.length, sealed));
    progress(parts.length / label.parts.length);
  }
  return joined(label, parts);
}

/** Erases what she has laid herself; nobody else's token fits. */
export async function eraseParcel(place: Pick<Place, 'mine' | 'ask'>, label: Label): Promise<void> {
  for (const token of eraseTokensOf(place.mine, label)) await place.ask(writeAsk({ op: 'erase', token }));
}
