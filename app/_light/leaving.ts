import { anyChanges, countChanges } from './changes';
import { howMany, pending, sendAll } from './outbox';
import { button, element, notice, owner, say } from './page';
import { forget } from './store';
import { howManyChanges, sendChanges } from './texts';

const mark = 'salida';
const exit = () => document.querySelector<HTMLAnchorElement>('a[data-exit]')?.href;

/** Nothing to be seen any more, nor when somebody comes «back» to this page. */
export function cover(): void {
  document.body.textContent = '';
  document.body.append(element('div', 'cover'));
}

/** The screen is covered before anything else happens; then all that is ours goes, and this entry of the history. */
function leaveAtOnce(to: string): void {
  cover();
  void forget(true);
  try {
    // Tells other windows to leave too; still there on a later visit, it says that the forum was not reached.
    localStorage.setItem(mark, '1');
  } catch {
    // Storage is forbidden here: other windows keep nothing either.
  }
  location.replace(to);
}

/** Signing out on a shared phone takes what is typed and what waits with it; what waits is asked about, on the page. */
async function signOut(event: Event, form: HTMLFormElement): Promise<void> {
  if (pending() === 0 && !anyChanges()) {
    void forget(false);
    return;
  }
  event.preventDefault();
  const leave = async () => {
    await forget(false);
    form.submit();
  };
  const [concerns, changes] = [pending(), await countChanges()];
  if (concerns + changes === 0) return leave();
  const drop = button(say('leave_drop'), leave);
  const send = button(say('leave_send'), async () => {
    await sendAll(true);
    if (changes > 0) await sendChanges();
    if (pending() + (await countChanges()) === 0) await leave();
  });
  const waits = [...(concerns ? [howMany(concerns)] : []), ...(changes ? [howManyChanges(changes)] : [])];
  const asked = notice('salir', 'warn', waits.join(' '), send, drop);
  form.before(asked);
  asked.focus();
}

/** The quick exit and the way to sign out, wherever they stand on the page. */
export function startLeaving(): void {
  // An exit that the network cut off is made good before anything else.
  try {
    // (A kept copy of a page knows nobody, and cannot tell.)
    if (localStorage.getItem(mark) && !document.documentElement.dataset.offline) {
      localStorage.removeItem(mark);
      const to = exit();
      if (owner && to) leaveAtOnce(to);
    }
  } catch {
    // As above.
  }
  document.addEventListener(
    'click',
    (event) => {
      const link = (event.target as Element).closest<HTMLAnchorElement>('a[data-exit]');
      if (!link) return;
      leaveAtOnce(link.href);
      event.preventDefault();
    },
    true,
  );
  addEventListener('storage', ({ key, newValue }) => {
    const to = exit();
    if (key === mark && newValue && to) {
      cover();
      void forget(false);
      location.replace(to);
    }
  });
  document.addEventListener(
    'submit',
    (event) => {
      const form = event.target as HTMLFormElement;
      if (form.getAttribute('action') === '/salir') void signOut(event, form);
    },
    true,
  );
}
