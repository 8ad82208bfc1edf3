import { takeCardFromAddress } from './card';

// The one script of the light pages. Everything it does, the page also does without it.
document.documentElement.dataset.script = 'on';
takeCardFromAddress();
