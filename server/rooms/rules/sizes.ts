/** Plaintexts of frames are filled up to one of these, so that their length tells little. */
export const frameSizes = [256, 1024, 4096, 16_384, 65_536] as const;
/** Nonce and tag around a plaintext. */
export const sealOverhead = 24 + 16;
export const frameLengths: readonly number[] = frameSizes.map((size) => size + sealOverhead);

/** Parts of voices and pictures: never so small that a room could be filled with rows. */
export const parcelSizes = [4096, 16_384, 65_536] as const;
export const parcelLengths: readonly number[] = parcelSizes.map((size) => size + sealOverhead);

/** At most so many members: a note has a box for each, and as many whatever their number. */
export const membersAtMost = 64;
export const boxLength = 32 + 32 + 16;
/** What a rotation leaves for those who hold the old key; whoever holds no key at all is answered with as much. */
export const noteLength = 16_384;
export const checkpointLength = noteLength - membersAtMost * boxLength - sealOverhead;

export const inviteLength = 2048;
export const knockLength = 1024;
/** A note under the invite's key. */
export const answerLength = noteLength + sealOverhead;

/** What a room may hold; said once, hard. */
export const roomBytesAtMost = 64 * 1024 * 1024;
/** What every room has without paying, and what one blind token more buys (docs/decisions/115). */
export const roomBytesFree = 4 * 1024 * 1024;
export const bytesForToken = 4 * 1024 * 1024;
/** How much a room may hold that has paid so often. */
export const roomBytesOf = (paid: number): number =>
  Math.min(roomBytesAtMost, roomBytesFree + paid * bytesForToken);
export const framesAtMost = 50_000;
/** What is kept free beyond that for what stewards order: a full room can still take out who filled it. */
export const spareForOrders = { bytes: 8 * 1024 * 1024, frames: 2000 };
export const retentionDaysAtMost = 90;
/** What voices and pictures leave of it for words: 8 MiB, and in a small room half. */
export const partsBytesOf = (paid: number): number => {
  const most = roomBytesOf(paid);
  return most - Math.min(8 * 1024 * 1024, most / 2);
};
/** An answer is made of blocks of this size, and one block is the least. */
export const blockLength = noteLength;
/** Frames in one answer. */
export const pageBytesAtMost = 16 * blockLength;
/** A text that is let out is filled up to one of these. */
export const contentLengths = [8192, 65_536] as const;
