import type { Host, Rooms } from '~/app/_keyring/frame/host';
import { entryKinds } from '../entry';
import { readFounding, readJoining, readRoom } from '../kept';
import { goOnErasing } from './acts/erasing';
import { beginFounding, goOn } from './found';
import { askCode, atTheDoor } from './knock';
import { outside } from './outside';
import { note } from './parts';
import { enterRoom } from './sitting';
import { sayFrom, type Words } from './words';

/** The rooms' script begins here: the frame hands over the open keyring. */
export function start(host: Host, words: Words): Rooms {
  const say = sayFrom(words);
  return {
    open({ kind, bytes }) {
      goOnErasing(host);
      try {
        if (kind === entryKinds.room) enterRoom(host, say, readRoom(bytes));
        else if (kind === entryKinds.founding) void goOn(outside(host, say), readFounding(bytes));
        else void atTheDoor(outside(host, say), readJoining(bytes));
      } catch {
        host.home(note(say('entry.bad'), 'bad'));
      }
    },
    found() {
      goOnErasing(host);
      const out = outside(host, say);
      beginFounding(out, () => askCode(out));
    },
    code() {
      goOnErasing(host);
      askCode(outside(host, say));
    },
  };
}
