/** What one batch of questions may weigh. */
export const batchAtMost = 10;

/** Questions whose answer is as long as the forum is: each counts as several. The others count as one. */
export const heavy: Readonly<Record<string, number>> = {
  'concerns.open': 8,
  'ballots.published': 8,
  'ballots.trackers': 5,
  'ballots.roll': 5,
  'document.canonical': 5,
  'document.printable': 5,
};

/** What leaves as a file: as long as the forum is, and what is made of it costs besides. */
const openFile = /^\/api\/open\/(?:document\/)?[^/]+\.(json|csv|xml|docx|pdf)$/;

/** How much a request asks for. @param path decoded, without its query. */
export function weightOf(path: string): { asked: number; weight: number } {
  if (openFile.test(path)) return { asked: 1, weight: 8 };
  if (!path.startsWith('/api/trpc/')) return { asked: 1, weight: 1 };
  const names = path.slice('/api/trpc/'.length).split(',');
  return { asked: names.length, weight: names.reduce((sum, name) => sum + (heavy[name] ?? 1), 0) };
}
