import { join } from 'node:path';
import type { NextConfig } from 'next';

// Next as it comes, for comparison: its own server, its own compression, its own scripts.
const config: NextConfig = {
  poweredByHeader: false,
  serverExternalPackages: ['postgres'],
  typescript: { ignoreBuildErrors: true },
  turbopack: { root: join(import.meta.dirname, '../..') },
};
export default config;
