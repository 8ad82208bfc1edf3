import './light';
import { startBallots } from './ballots';
import { startEar } from './ear';
import { startLeadingOver, startTicket } from './ticket';

// The page where a sheet is filled in: what any light page has, voting by ear, and the way over to voting without a
// network. Where a vote waits on the phone, other pages have this script too, so that it is sent from any of them.
startEar();
startTicket();
startLeadingOver();
void startBallots();
