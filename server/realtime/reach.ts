/** Up to which seq everything has been told, and the mark of that one (`protocol.ts`). */
export type Reached = { seq: number; mark: number };

type Piece = Reached & { from: number };

const piecesAtMost = 1000;

/**
 * How far everybody who has a text open has been told everything. What comes is known piece by piece, and a piece
 * may be late: what lies behind a hole does not count until the hole is filled.
 */
export function startReach(grown: () => void) {
  let reached: Reached | null = null;
  let ahead: Piece[] = [];

  function absorb(): void {
    const before = reached!.seq;
    ahead.sort((a, b) => a.from - b.from);
    for (const { from, seq, mark } of ahead)
      if (from <= reached!.seq + 1 && seq > reached!.seq) reached = { seq, mark };
    ahead = ahead.filter(({ seq }) => seq > reached!.seq);
    if (reached!.seq > before) grown();
  }

  return {
    get now(): Reached | null {
      return reached;
    },
    /** Something has come from behind a hole. */
    get waits(): boolean {
      return reached !== null && ahead.length > 0;
    },
    /** The first who was told everything, was told up to here. */
    begin(at: Reached): void {
      if (reached) return;
      reached = at;
      absorb();
    },
    /** Everything from `from` up to this seq has been told. */
    add(from: number, { seq, mark }: Reached): void {
      // What closes a hole is never too much.
      const closes = reached !== null && from <= reached.seq + 1;
      if (closes || ahead.length < piecesAtMost) ahead.push({ from, seq, mark });
      if (reached) absorb();
    },
  };
}
