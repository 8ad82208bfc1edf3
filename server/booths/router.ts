import { router } from '../act';
import { close, enter, open } from './commands/booth';
import { begin, cast, look } from './commands/turn';
import { ofBallot } from './queries';

export const boothsRouter = router({ ofBallot, open, close, enter, look, begin, cast });
