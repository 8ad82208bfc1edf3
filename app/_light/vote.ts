import { startBallots } from './ballots';
import { startComforts } from './comforts';
import { startEar } from './ear';
import { startLeaving } from './leaving';
import { startOutbox } from './outbox';
import { startTexts } from './texts';
import { startLeadingOver, startTicket } from './ticket';
import { startWorker } from './worker';

// The page where a sheet is filled in: what any light page has, but for what it has no use for (a card in the
// address, a concern's form, words kept while they are typed, an article read aloud, a passphrase), voting by ear, and the way
// over to voting without a network.
startLeaving();
startComforts();
startEar();
startTicket();
startLeadingOver();
startOutbox();
void startTexts();
void startBallots();
startWorker();
