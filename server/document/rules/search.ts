/** A passage as stretches, with those that were looked for marked. */
export function marks(passage: string, begin: string, end: string): { text: string; hit: boolean }[] {
  return passage
    .split(begin)
    .flatMap((part, i) => {
      if (i === 0) return [{ text: part, hit: false }];
      const [hit, ...rest] = part.split(end);
      return [
        { text: hit!, hit: true },
        { text: rest.join(''), hit: false },
      ];
    })
    .filter(({ text }) => text !== '');
}
