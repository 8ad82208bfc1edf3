/** Starts the worker, which keeps help, the document and the sheets of open votes for when there is no network. */
export const worker = () =>
  navigator.serviceWorker
    .register('/sw.js')
    .then(() => navigator.serviceWorker.ready)
    .then(({ active }) => active?.postMessage('stock'))
    .catch(() => {});
