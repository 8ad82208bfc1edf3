export type Person = { name: string; color: string; count: number };

/** Who else is at a text, each name once. */
export function peopleOf(states: ReadonlyMap<number, { [key: string]: unknown }>, self: number): Person[] {
  const people = new Map<string, Person>();
  for (const [client, state] of states) {
    const user = state.user as Omit<Person, 'count'> | undefined;
    if (client === self || !user) continue;
    const same = people.get(user.name);
    if (same) same.count++;
    else people.set(user.name, { name: user.name, color: user.color, count: 1 });
  }
  return [...people.values()];
}
