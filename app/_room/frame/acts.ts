import { destroyAct } from './acts/destroy';
import { followAct } from './acts/follow';
import { freezeAct, unfreezeAct } from './acts/freeze';
import { leaveAct, lockOutAct } from './acts/goodbye';
import { keyAct } from './acts/key';
import { membersAct } from './acts/members';
import { recoverAct } from './acts/recover';
import { settingsAct } from './acts/settings';
import { textsAct } from './acts/texts';
import { waitingAct } from './acts/waiting';
import type { RoomAct } from './context';
import { doorAct } from './door';
import { inviteAct } from './invite';

/** What can be done in a room, in the order in which it is offered. Each act says itself when it is. */
export const roomActs: readonly RoomAct[] = [
  waitingAct,
  unfreezeAct,
  textsAct,
  doorAct,
  inviteAct,
  membersAct,
  keyAct,
  settingsAct,
  recoverAct,
  followAct,
  freezeAct,
  leaveAct,
  lockOutAct,
  destroyAct,
];
