import { findChromium } from './browser';

// Run once before the browser tests: two that install one at the same time would stand in each other's way.
await findChromium();
