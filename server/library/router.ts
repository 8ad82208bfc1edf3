import { router } from '../act';
import { item, list } from './queries';

export const libraryRouter = router({ list, item });
