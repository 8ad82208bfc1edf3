import './light';
import { startBallots } from './ballots';

// Any page, where a vote waits on the phone: what it has otherwise, and the sending of it.
void startBallots();
