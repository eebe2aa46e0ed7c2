import { defineConfig } from 'vitest/config';

// The packed tarball in projects of their own. Takes minutes, because npm and the tools of the projects do.
export default defineConfig({
  test: {
    environment: 'node',
    globalSetup: 'test/consumers/pack.ts',
    include: ['test/consumers/*.test.ts'],
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 240_000,
    reporters: process.env['CI'] ? ['verbose', 'json'] : ['verbose'],
    outputFile: { json: 'build/test-results/package.json' },
  },
});
