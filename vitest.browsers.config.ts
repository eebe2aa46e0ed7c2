import { defineConfig } from 'vitest/config';

// The tests drive real browsers from Node: two engines at a time, which is what two cores can do.
const engines = (process.env['BROWSERS'] || 'chromium,firefox,webkit').split(',');

export default defineConfig({
  test: {
    environment: 'node',
    include: ['engines', 'proxy', ...engines].map((name) => `test/browsers/${name}.test.ts`),
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: process.env['CI'] ? ['default', 'json'] : ['default'],
    outputFile: { json: 'build/test-results/browsers.json' },
  },
});
