import { createHash } from 'node:crypto';
import { type Present, presenceFrame, type Said } from './protocol';

/** Who somebody is to the others: made from the actor, never from what the client says. */
export type Identity = { personId: string | null; name: string; color: string };
/** One end of the presence of a text. `identity` is null for who neither tells nor is told. */
export type Party = { readonly identity: Identity | null; send(frame: Uint8Array): void };

// Dark enough to be read on white at 7:1.
const colors = ['#8a1c1c', '#7a3a00', '#4f4a00', '#1d5a1d', '#00525a', '#1a3f9c', '#5a2a8a', '#8a1466'];

/** One of eight colours: steady for a person within a text, and telling nothing across texts. */
export function colorOf(textId: string, personId: string): string {
  const [byte] = createHash('sha256').update(`${textId} ${personId}`).digest();
  return colors[byte! % colors.length]!;
}

const everyMs = 1000;

type Seat = { party: Party; clock: number; at: number; late: NodeJS.Timeout | null };

/** Who is at a text now. Nothing of it is written down. */
export function startPresence(parties: () => Iterable<Party>) {
  const seats = new Map<number, Seat>();
  const seatOf = (party: Party) => [...seats].find(([, seat]) => seat.party === party);

  // Clients believe the newer clock: ours only grows, over reconnects and restarts too.
  const clock = (seat?: Seat) => Math.max(Date.now(), (seat?.clock ?? 0) + 1);

  const present = (client: number, seat: Seat): Present => ({
    client,
    clock: seat.clock,
    state: { user: { name: seat.party.identity!.name, color: seat.party.identity!.color } },
  });

  function tell(from: Party, frame: Uint8Array): void {
    for (const party of parties()) if (party !== from && party.identity) party.send(frame);
  }

  function show(client: number, seat: Seat): void {
    seat.late = null;
    seat.at = Date.now();
    seat.clock = clock(seat);
    tell(seat.party, presenceFrame([present(client, seat)]));
  }

  function leave(party: Party): void {
    const found = seatOf(party);
    if (!found) return;
    const [client, seat] = found;
    if (seat.late) clearTimeout(seat.late);
    seats.delete(client);
    tell(party, presenceFrame([{ client, clock: clock(seat), state: null }]));
  }

  function sit(party: Party, client: number): Seat | null {
    const taken = seats.get(client);
    if (taken && taken.party.identity!.personId !== party.identity!.personId) return null;
    // The same person came back on a new socket before the old one was found dead.
    if (taken?.late) clearTimeout(taken.late);
    const seat: Seat = { party, clock: taken?.clock ?? 0, at: 0, late: null };
    seats.set(client, seat);
    return seat;
  }

  return {
    /**
     * What a client said. It speaks only for itself: for the client it named first. Told to the others at most
     * once a second, a departure at once.
     */
    say(party: Party, said: readonly Said[]): void {
      if (!party.identity) return;
      const mine = seatOf(party)?.[0] ?? said.find((one) => one.here)?.client;
      const own = said.find((one) => one.client === mine);
      if (mine === undefined || !own) return;
      if (!own.here) {
        leave(party);
        return;
      }
      const seat = seatOf(party)?.[1] ?? sit(party, mine);
      if (!seat || seat.late) return;
      const wait = seat.at + everyMs - Date.now();
      if (wait <= 0) show(mine, seat);
      else seat.late = setTimeout(() => show(mine, seat), wait);
    },
    /** Everybody else who is here, for who has just come or asks. */
    greet(party: Party): void {
      if (!party.identity) return;
      const others = [...seats].filter(([, seat]) => seat.party !== party && seat.at > 0);
      // A client that was here before forgot the others when it went, but not their clocks.
      for (const [, seat] of others) seat.clock = clock(seat);
      if (others.length > 0) party.send(presenceFrame(others.map(([client, seat]) => present(client, seat))));
    },
    leave,
  };
}
export type Presence = ReturnType<typeof startPresence>;
