import { cover } from './leaving';
import { link, notice, owner, say } from './page';
import { drop, hasForgotten } from './store';

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

// Who leaves does so in one tab, and the others hold tickets and begun choices of hers. Two things tell them: this place,
// which goes with all that is hers wherever she leaves (store.ts), also without a network; and the forum's cookie, which
// goes with her session and becomes another's when somebody else signs in (server/session.ts).
const place = (of: string) => `${kind}${of} `;
const isSignedIn = (of: string) => document.cookie.split('; ').includes(`quien=${of}`);

/** Whose tickets and choices are in this tab. */
let holder: string | undefined;
const looksOn = ['visibilitychange', 'pageshow', 'click', 'submit'];
/** Nobody tells a page that a cookie has gone. */
const lookMs = 3000;
/** Forgets them where she has left, before a press does anything with them. */
function look(event?: Event): void {
  // (Where she leaves from this very page, nothing comes between.)
  if (!holder || hasForgotten()) return;
  if (isSignedIn(holder) && localStorage.getItem(place(holder)) !== null) return;
  drop(place(holder));
  holder = undefined;
  for (const one of kept()) sessionStorage.removeItem(kind + one.ballot);
  // The quick exit leads where it leads, whoever is here.
  if ((event?.target as Element | null)?.closest?.('a[data-exit]')) return;
  event?.preventDefault();
  event?.stopImmediatePropagation();
  cover();
  // What comes is the page as it is for whoever is here now; a form that was sent is not sent again.
  location.replace(location.pathname);
}

/** Takes the ticket that this page of hers brings. Another's, or of a session that is over, does not stay in the tab. */
export function startTicket(): void {
  const given = document.getElementById('boleto')?.dataset;
  try {
    // A kept copy knows nobody: there, what the tab has stays, unless she has left meanwhile.
    if (!document.documentElement.dataset.offline) {
      // A page may still come for somebody who has just signed out: nothing is taken that nobody would take away.
      const hers = owner && isSignedIn(owner) ? owner : '';
      for (const one of kept()) if (one.owner !== hers) sessionStorage.removeItem(kind + one.ballot);
      if (!hers) return;
      localStorage.setItem(place(hers), '');
      if (given?.ticket) sessionStorage.setItem(kind + given.ballot, JSON.stringify({ ...given, owner }));
    }
  } catch {
    // Storage is forbidden here: nothing could be kept of a sheet either.
    return;
  }
  holder = owner || kept()[0]?.owner;
  look();
  for (const when of looksOn) addEventListener(when, look, true);
  setInterval(look, lookMs);
  // Another tab that leaves at once says so in two words, and the second one leads this page elsewhere (leaving.ts).
  addEventListener('storage', () => setTimeout(look, 100));
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
      const there = link(say('ballot_offline_link'), `/votaciones/${ballot}/sin-senal`);
      notice('sin-senal', 'warn', say('ballot_offline'), there).focus();
      scrollTo(0, 0);
    },
    true,
  );
}

export const ticketOf = (ballot: string): Ticket | undefined => kept().find((one) => one.ballot === ballot);
