import { link, notice, owner, say } from './page';

/** With what this tab may fill in a sheet of one ballot without a network, and from when that vote counts (docs/decisions/111). */
export type Ticket = {
  owner: string;
  ballot: string;
  manifest: string;
  key: string;
  ticket: string;
  /** From when its vote counts, in words, by the forum's clock. */
  since: string;
};
const kind = 'boleto ';

function kept(): Ticket[] {
  try {
    return Object.keys(sessionStorage).flatMap((place) =>
      place.startsWith(kind) ? (JSON.parse(sessionStorage.getItem(place)!) as Ticket) : [],
    );
  } catch {
    return [];
  }
}

/** Takes the ticket that this page of hers brings. Another's, or of a session that is over, does not stay in the tab. */
export function startTicket(): void {
  const given = document.getElementById('boleto')?.dataset;
  try {
    // A kept copy knows nobody: there, what the tab has stays.
    if (!document.documentElement.dataset.offline)
      for (const one of kept()) if (one.owner !== owner) sessionStorage.removeItem(kind + one.ballot);
    if (given?.ticket) sessionStorage.setItem(kind + given.ballot, JSON.stringify({ ...given, owner }));
  } catch {
    // Storage is forbidden here: nothing could be kept of a sheet either.
  }
}

/** A press in the voting screens that no network would take: led to where one can vote without. */
export function startLeadingOver(): void {
  const ballot = document.getElementById('boleto')?.dataset.ballot;
  if (!ballot) return;
  document.addEventListener(
    'submit',
    (event) => {
      if (navigator.onLine) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const there = link(say('ballot_offline_link'), `/votaciones/${ballot}/sin-senal`);
      notice('sin-senal', 'warn', say('ballot_offline'), there).focus();
      scrollTo(0, 0);
    },
    true,
  );
}

export const ticketOf = (ballot: string): Ticket | undefined => kept().find((one) => one.ballot === ballot);
