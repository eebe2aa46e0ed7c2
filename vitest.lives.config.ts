import { defineConfig } from 'vitest/config';

// Random lives: a file for each build, so that two cores share them.
export default defineConfig({
  test: {
    environment: 'jsdom',
    maxWorkers: '100%',
    include: ['test/lives/**/*.test.ts'],
    reporters: process.env['CI'] ? ['verbose', 'json'] : ['verbose'],
    outputFile: { json: 'build/test-results/lives.json' },
  },
});
