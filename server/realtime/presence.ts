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

/** Somebody at a text in another process, as it says. `person`: a hash that is the same for the same person. */
export type Abroad = { client: number; clock: number; person: string; state: object | null };

const personOf = (textId: string, personId: string | null) =>
  createHash('sha256').update(`seat ${textId} ${personId}`).digest('base64url').slice(0, 12);

// A client says every fifteen seconds that it is still here.
const abroadAtMostMs = 40_000;

type Guest = Abroad & { from: string; at: number };
type Seat = { party: Party; clock: number; at: number; late: NodeJS.Timeout | null };

/**
 * Who is at a text now, here and in other processes. Nothing of it is written down.
 * @param out tells the other processes who is here.
 */
export function startPresence(
  textId: string,
  parties: () => Iterable<Party>,
  out: (present: Abroad[]) => void = () => {},
) {
  const seats = new Map<number, Seat>();
  const guests = new Map<number, Guest>();
  const seatOf = (party: Party) => [...seats].find(([, seat]) => seat.party === party);

  // Clients believe the newer clock: ours only grows, over reconnects and restarts too.
  const clock = (seat?: { clock: number }) => Math.max(Date.now(), (seat?.clock ?? 0) + 1);

  const present = (client: number, seat: Seat): Present => ({
    client,
    clock: seat.clock,
    state: { user: { name: seat.party.identity!.name, color: seat.party.identity!.color } },
  });

  const abroad = (client: number, seat: Seat, here = true): Abroad => ({
    ...present(client, seat),
    person: personOf(textId, seat.party.identity!.personId),
    ...(here ? {} : { state: null }),
  });

  function tell(from: Party | null, frame: Uint8Array): void {
    for (const party of parties()) if (party !== from && party.identity) party.send(frame);
  }

  function show(client: number, seat: Seat): void {
    seat.late = null;
    seat.at = Date.now();
    seat.clock = clock(seat);
    tell(seat.party, presenceFrame([present(client, seat)]));
    out([abroad(client, seat)]);
  }

  function leave(party: Party): void {
    const found = seatOf(party);
    if (!found) return;
    const [client, seat] = found;
    if (seat.late) clearTimeout(seat.late);
    seats.delete(client);
    seat.clock = clock(seat);
    tell(party, presenceFrame([{ client, clock: seat.clock, state: null }]));
    out([abroad(client, seat, false)]);
  }

  function dismiss(client: number, guest: Guest): void {
    guests.delete(client);
    tell(null, presenceFrame([{ client, clock: clock(guest), state: null }]));
  }

  /** Other machines' clocks are not ours: what is told here carries our own. */
  function receive(from: string, said: Abroad): void {
    const { client } = said;
    // She is at this side now; what is said of her over there is of before.
    if (seats.has(client)) return;
    const known = guests.get(client);
    if (said.state === null) {
      if (known?.from === from) dismiss(client, known);
      return;
    }
    if (known && known.person !== said.person) return;
    const guest = { ...said, from, at: Date.now(), clock: clock(known) };
    guests.set(client, guest);
    tell(null, presenceFrame([guest]));
  }

  function sit(party: Party, client: number): Seat | null {
    const taken = seats.get(client);
    if (taken && taken.party.identity!.personId !== party.identity!.personId) return null;
    const guest = guests.get(client);
    if (guest && guest.person !== personOf(textId, party.identity!.personId)) return null;
    guests.delete(client);
    // The same person came back on a new socket before the old one was found dead.
    if (taken?.late) clearTimeout(taken.late);
    const seat: Seat = { party, clock: taken?.clock ?? guest?.clock ?? 0, at: 0, late: null };
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
      for (const [, guest] of guests) guest.clock = clock(guest);
      const all = [...others.map(([client, seat]) => present(client, seat)), ...guests.values()];
      if (all.length > 0) party.send(presenceFrame(all));
    },
    leave,
    /** Who is here, for another process. */
    here: () => [...seats].filter(([, seat]) => seat.at > 0).map(([client, seat]) => abroad(client, seat)),
    /** What another process says of those who are there. */
    hear(from: string, said: readonly Abroad[]): void {
      for (const one of said) receive(from, one);
    },
    /** Lets those go of whom nothing has been heard for long: their process may be dead. */
    sweep(): void {
      const long = Date.now() - abroadAtMostMs;
      for (const [client, guest] of guests) if (guest.at < long) dismiss(client, guest);
    },
  };
}
export type Presence = ReturnType<typeof startPresence>;
