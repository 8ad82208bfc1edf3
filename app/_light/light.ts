import { startAutosave } from './autosave';
import { takeCardFromAddress } from './card';
import { startComforts } from './comforts';
import { startLeaving } from './leaving';
import { startOutbox } from './outbox';
import { startRaising } from './raise';
import { startTexts } from './texts';
import { startVoice } from './voice';

// The one script of the light pages. Everything it does, the page also does without it.
const worker = () =>
  navigator.serviceWorker
    .register('/sw.js')
    .then(() => navigator.serviceWorker.ready)
    .then(({ active }) => active?.postMessage('stock'))
    .catch(() => {});

takeCardFromAddress();
startLeaving();
// On a workbench page, where React is at home, it only sees to leaving.
if (!document.currentScript?.hasAttribute('data-leave')) {
  startRaising();
  startComforts();
  startVoice();
  startAutosave();
  startOutbox();
  void startTexts();
  // After the page has been read: the worker keeps help and the document for when there is no network.
  if ('serviceWorker' in navigator) setTimeout(worker, 1500);
}
