/** Voting by ear with the screen covered. */
export function startEar(): void {}
