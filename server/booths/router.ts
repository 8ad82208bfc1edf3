import { router } from '../act';
import { enter, open } from './commands/booth';
import { close, sayAbsent } from './commands/standing';
import { begin, cast, look } from './commands/turn';
import { ofBallot } from './queries';

export const boothsRouter = router({ ofBallot, open, close, sayAbsent, enter, look, begin, cast });
