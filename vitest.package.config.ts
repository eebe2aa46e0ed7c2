import { defineConfig } from 'vitest/config';

// What is slow: the packed tarball in projects of their own, where npm and the projects' tools take minutes, and what
// the bench measures.
export default defineConfig({
  test: {
    environment: 'node',
    globalSetup: 'test/consumers/pack.ts',
    include: ['test/consumers/*.test.ts', 'test/*/*.slow.ts'],
    maxWorkers: 2,
    testTimeout: 300_000,
    hookTimeout: 600_000,
    reporters: process.env['CI'] ? ['verbose', 'json'] : ['verbose'],
    outputFile: { json: 'build/test-results/package.json' },
  },
});
