import './light';
import { startEar } from './ear';

// The page where a sheet is filled in: what any light page has, and voting by ear.
startEar();
