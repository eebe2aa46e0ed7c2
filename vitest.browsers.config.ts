import { defineConfig } from 'vitest/config';

// The tests drive real browsers from Node. One file at a time: browsers that start together starve each other's timers.
export default defineConfig({
  test: {
    environment: 'node',
    include: ['test/browsers/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: process.env['CI'] ? ['default', 'json'] : ['default'],
    outputFile: { json: 'build/test-results/browsers.json' },
  },
});
