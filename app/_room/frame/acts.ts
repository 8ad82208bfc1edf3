import { waitingAct } from './acts/waiting';
import type { RoomAct } from './context';
import { doorAct } from './door';
import { inviteAct } from './invite';

/** What can be done in a room, in the order in which it is offered. Each act says itself when it is. */
export const roomActs: readonly RoomAct[] = [doorAct, waitingAct, inviteAct];
