import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import './scripts/mend.mjs';

export default defineConfig({
  resolve: { alias: { '~': fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '') } },
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: 'tests/support/global.ts',
    setupFiles: ['tests/support/runtime.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 90_000,
    hookTimeout: 180_000,
  },
});
