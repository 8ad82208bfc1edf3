import type { Host, Rooms } from '~/app/_keyring/frame/host';
import { entryKinds } from '../entry';
import { readFounding, readJoining, readRoom } from '../kept';
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
      try {
        if (kind === entryKinds.room) enterRoom(host, say, readRoom(bytes));
        else if (kind === entryKinds.founding) void goOn(outside(host, say), readFounding(bytes));
        else void atTheDoor(outside(host, say), readJoining(bytes));
      } catch {
        host.home(note(say('entry.bad'), 'bad'));
      }
    },
    found() {
      const out = outside(host, say);
      beginFounding(out, () => askCode(out));
    },
    code() {
      askCode(outside(host, say));
    },
  };
}
