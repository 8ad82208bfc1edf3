import { anyone } from '../rule';

/** The library and the help screen are for everybody, and leave no trace that differs. */
export const read = anyone;
