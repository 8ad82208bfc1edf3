import { pending } from './outbox';
import { say } from './page';

/** The screen is covered before anything else happens; then all that is ours goes, and the entry in the history. */
function leaveAtOnce(link: HTMLAnchorElement): void {
  link.addEventListener('click', (event) => {
    event.preventDefault();
    const cover = document.createElement('div');
    cover.className = 'cover';
    document.body.replaceChildren(cover);
    try {
      localStorage.clear();
      sessionStorage.clear();
    } catch {
      // Storage is forbidden here: there is nothing of ours in it.
    }
    location.replace(link.href);
  });
}

/** Signing out on a shared phone takes what is typed and what waits with it; what waits is asked about. */
function signOut(form: HTMLFormElement): void {
  form.addEventListener('submit', (event) => {
    if (pending() > 0 && !confirm(say('leave', pending()))) {
      event.preventDefault();
      return;
    }
    try {
      localStorage.clear();
    } catch {
      // As above.
    }
  });
}

export function startLeaving(): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a[data-exit]')) leaveAtOnce(link);
  for (const form of document.querySelectorAll<HTMLFormElement>('form[action="/salir"]')) signOut(form);
}
