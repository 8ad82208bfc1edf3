import { type Rule, signedIn } from '../rule';

/** Each person has her own notices, and nobody else’s. */
export const mine: Rule<unknown> = signedIn;
