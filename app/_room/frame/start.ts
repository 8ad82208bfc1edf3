import { button, h } from '~/app/_keyring/frame/dom';
import type { Host, Rooms } from '~/app/_keyring/frame/host';
import { entryKinds } from '../entry';
import { readRoom } from '../kept';
import { enterRoom } from './sitting';
import { sayFrom, type Words } from './words';

/** The rooms' script begins here: the frame hands over the open keyring. */
export function start(host: Host, words: Words): Rooms {
  const say = sayFrom(words);
  const note = (text: string) => h('p', { class: 'note bad', role: 'alert' }, text);
  return {
    open(entry) {
      try {
        if (entry.kind === entryKinds.room) return enterRoom(host, say, readRoom(entry.bytes));
      } catch {
        return host.home(note(say('entry.bad')));
      }
      host.home();
    },
    found() {
      host.show(
        say('found'),
        button('qui', say('back'), () => host.home()),
      );
    },
    code() {
      host.show(
        say('code'),
        button('qui', say('back'), () => host.home()),
      );
    },
  };
}
