import type { NextConfig } from 'next';

const config: NextConfig = {
  distDir: process.env.NEXT_DIST_DIR ?? '.next',
  // We compress ourselves, with brotli where the phone takes it (server/light/compress.ts).
  compress: false,
  poweredByHeader: false,
  // Two copies of yjs in one process refuse each other's documents (docs/decisions/001).
  serverExternalPackages: ['yjs', 'y-protocols', 'lib0', 'ws', 'postgres', 'drizzle-orm'],
  generateEtags: false,
  // An uploaded padrón is a form like any other; server/http/body.ts holds every path to its own limit.
  experimental: { serverActions: { bodySizeLimit: '3mb' } },
  reactStrictMode: true,
  // The type check is a step of its own (npm run check, and the first of npm test).
  typescript: { ignoreBuildErrors: true },
};

export default config;
