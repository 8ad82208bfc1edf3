import type { Host, Rooms } from '~/app/_keyring/frame/host';
import { entryKinds } from '../entry';
import { readFounding, readJoining, readRoom } from '../kept';
import { goOnErasing } from './acts/erasing';
import { begun } from './acts/going';
import { beginFounding, goOn } from './found';
import { askCode, atTheDoor } from './knock';
import { outside } from './outside';
import { note } from './parts';
import { enterRoom } from './sitting';
import { sayFrom, type Words } from './words';

/** The rooms' script begins here: the frame hands over the open keyring. */
export function start(host: Host, words: Words): Rooms {
  const say = sayFrom(words);
  const erase = () => {
    // Another phone of hers may have put a room away for which something waits here.
    const now = host.entries();
    const waits = begun(now).some(({ kind }, at) => kind !== now[at]!.kind);
    void (waits ? host.keep(begun) : Promise.resolve()).catch(() => {}).then(() => goOnErasing(host));
  };
  return {
    open({ kind, bytes }) {
      erase();
      try {
        if (kind === entryKinds.room) enterRoom(host, say, readRoom(bytes));
        else if (kind === entryKinds.founding) void goOn(outside(host, say), readFounding(bytes));
        else void atTheDoor(outside(host, say), readJoining(bytes));
      } catch {
        host.home(note(say('entry.bad'), 'bad'));
      }
    },
    found() {
      erase();
      const out = outside(host, say);
      beginFounding(out, () => askCode(out));
    },
    code() {
      erase();
      askCode(outside(host, say));
    },
  };
}
