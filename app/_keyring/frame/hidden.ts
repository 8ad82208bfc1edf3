const chooserAtMostMs = 60_000;

// Until when the phone's own chooser may lie over the page.
let until = 0;

/** Whether she is choosing a file: then the page is hidden by her own act. */
export function chooses(now: boolean): void {
  until = now ? Date.now() + chooserAtMostMs : 0;
}

/**
 * Locks whenever the page is hidden. While she chooses a file it is covered instead, so that nothing is seen in the
 * list of open programs, and locked when that takes longer than a minute.
 */
export function whenHidden(lock: () => void): void {
  let timer = 0;
  document.addEventListener('visibilitychange', () => {
    clearTimeout(timer);
    const hidden = document.visibilityState === 'hidden';
    const left = until - Date.now();
    if (hidden && left > 0) timer = window.setTimeout(lock, left);
    // A phone may let no clock run while something else is on its screen.
    else if (hidden || (until > 0 && left <= 0)) lock();
    if (!hidden || left <= 0) until = 0;
    document.body.hidden = hidden && left > 0;
  });
}
