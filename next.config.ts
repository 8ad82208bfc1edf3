import type { NextConfig } from 'next';

const config: NextConfig = {
  distDir: process.env.NEXT_DIST_DIR ?? '.next',
  // We compress ourselves, with brotli where the phone takes it (server/light/compress.ts).
  compress: false,
  poweredByHeader: false,
  // Two copies of yjs in one process refuse each other's documents (docs/decisions/001).
  serverExternalPackages: ['yjs', 'y-protocols', 'lib0', 'ws', 'postgres', 'drizzle-orm'],
  // What a phone does not need of Yjs' ground (10 kB).
  turbopack: {
    resolveAlias: {
      'lib0/logging': { browser: './app/_editor/quiet/logging.ts' },
      'lib0/buffer': { browser: './app/_editor/quiet/buffer.ts' },
      'lib0/broadcastchannel': { browser: './app/_editor/quiet/broadcastchannel.ts' },
    },
  },
  generateEtags: false,
  // What a shared link shows stands in the head for whoever asks; by default only known robots get it there.
  htmlLimitedBots: /.*/,
  // An uploaded padrón is a form like any other; server/http/body.ts holds every path to its own limit.
  experimental: { serverActions: { bodySizeLimit: '3mb' } },
  reactStrictMode: true,
  // The type check is a step of its own (npm run check, and the first of npm test).
  typescript: { ignoreBuildErrors: true },
};

export default config;
