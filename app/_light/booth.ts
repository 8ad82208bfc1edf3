import { startEar } from './ear';

// The assembly's tablet: nobody is signed in there, and nothing is kept, so none of what other pages have.
startEar();
