import type { RoomAct } from './context';

/** What can be done in a room, in the order in which it is offered. Each act says itself when it is. */
export const roomActs: readonly RoomAct[] = [];
