/** What a notice says; it names neither a ballot, nor a choice, nor what a concern is about. */
export const noticeKinds = [
  'ballot.opened',
  'ballot.lastDay',
  'ballot.result',
  'ballot.annulled',
  'room.opened',
  'room.result',
  'booth.named',
  'booth.absent',
  'concern.recibida',
  'concern.en_debate',
  'concern.recogida',
  'concern.no_recogida',
  'amendment.accepted',
  'amendment.rejected',
  'amendment.overtaken',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** How long before the close the last day begins, and how long a ballot must be open to have one, in hours. */
export const lastDayHours = 24;
export const longEnoughHours = 48;

/** More than this is said as «so many and more». */
export const countedAtMost = 99;

/** Where a notice leads. */
export function pathOf({ kind, subject }: { kind: NoticeKind; subject: string }): string {
  if (kind.startsWith('concern.')) return `/planteamientos/${subject}`;
  if (kind.startsWith('amendment.')) return `/enmiendas/${subject}`;
  if (kind.startsWith('booth.')) return `/votaciones/${subject}/caseta`;
  return `/votaciones/${subject}${kind.endsWith('.result') ? '/resultado' : ''}`;
}
