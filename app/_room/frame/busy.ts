import { NoNetwork } from './net';

/**
 * Runs what needs the network, the screen at rest meanwhile, so that nothing is pressed twice.
 * @returns `away` where nobody knows whether it was done: whoever asked looks at what stands, and says so
 */
export async function busy<T>(work: () => Promise<T>): Promise<T | 'away'> {
  const screen = document.getElementById('screen')!;
  const at = document.activeElement as HTMLElement | null;
  screen.toggleAttribute('inert', true);
  screen.setAttribute('aria-busy', 'true');
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof NoNetwork)) throw error;
    return 'away';
  } finally {
    screen.toggleAttribute('inert', false);
    screen.removeAttribute('aria-busy');
    // At rest nothing holds the focus: whoever goes by key is where she was, unless another screen came.
    if (at?.isConnected && document.activeElement === document.body) at.focus({ preventScroll: true });
  }
}
