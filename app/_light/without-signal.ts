import { startBallots } from './ballots';
import { startComforts } from './comforts';
import { startLeaving } from './leaving';
import { startOutbox } from './outbox';
import { startSheet } from './sheet';
import { startTicket } from './ticket';
import { startVoice } from './voice';
import { startWorker } from './worker';

// «Votar sin señal». Nothing is typed on this page, so what keeps typing is left out: here each byte is fetched where
// the network is worst.
startLeaving();
startComforts();
startVoice();
startOutbox();
startTicket();
startSheet();
void startBallots();
startWorker();
