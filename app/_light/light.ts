import { startAutosave } from './autosave';
import { takeCardFromAddress } from './card';
import { startComforts } from './comforts';
import { startLeaving } from './leaving';
import { startOutbox } from './outbox';

// The one script of the light pages. Everything it does, the page also does without it.
document.documentElement.dataset.script = 'on';
takeCardFromAddress();
startLeaving();
startComforts();
startAutosave();
startOutbox();
// After the page has been read: the worker keeps help and the document for when there is no network.
if ('serviceWorker' in navigator)
  setTimeout(() => navigator.serviceWorker.register('/sw.js').catch(() => {}), 1500);
