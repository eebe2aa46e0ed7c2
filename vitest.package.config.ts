import { defineConfig } from 'vitest/config';

// What takes longer than a minute: the packed tarball in projects of their own, where npm and the projects' tools take
// their time, and a life with the example.
export default defineConfig({
  test: {
    environment: 'node',
    globalSetup: 'test/consumers/pack.ts',
    include: ['test/consumers/*.test.ts', 'test/picture/*.slow.ts'],
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 240_000,
    reporters: process.env['CI'] ? ['verbose', 'json'] : ['verbose'],
    outputFile: { json: 'build/test-results/package.json' },
  },
});
