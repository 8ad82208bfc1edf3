export { nothing } from '../input';
