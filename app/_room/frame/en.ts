import type { Host } from '~/app/_keyring/frame/host';
import room from '~/messages/en/room.json';
import acts from '~/messages/en/room-acts.json';
import media from '~/messages/en/room-media.json';
import release from '~/messages/en/room-release.json';
import { start } from './start';

export const begin = (host: Host) => start(host, { ...room, ...acts, ...release, ...media });
