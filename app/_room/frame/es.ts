import type { Host } from '~/app/_keyring/frame/host';
import room from '~/messages/es/room.json';
import acts from '~/messages/es/room-acts.json';
import media from '~/messages/es/room-media.json';
import release from '~/messages/es/room-release.json';
import { start } from './start';

export const begin = (host: Host) => start(host, { ...room, ...acts, ...release, ...media });
