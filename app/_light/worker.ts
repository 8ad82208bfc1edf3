/** After the page has been read: the worker keeps help, the document and the sheets of open votes for when there is no network. */
export function startWorker(): void {
  if (!('serviceWorker' in navigator)) return;
  const start = () =>
    navigator.serviceWorker
      .register('/sw.js')
      .then(() => navigator.serviceWorker.ready)
      .then(({ active }) => active?.postMessage('stock'))
      .catch(() => {});
  setTimeout(start, 1500);
}
