import { defineConfig } from 'vitest/config';

const engines = (process.env['BROWSERS'] || 'chromium,firefox,webkit').split(',');
const files = ['engines', 'proxy', ...engines, ...(engines.includes('chromium') ? ['chromium-stories'] : [])];

// The tests drive real browsers from Node: a file for each engine, side by side, and in each some visitors at a time.
export default defineConfig({
  test: {
    environment: 'node',
    include: files.map((name) => `test/browsers/${name}.test.ts`),
    maxWorkers: 3,
    maxConcurrency: 6,
    // Not bounds on what the library does: they end a test that hangs, on a machine that may be very busy.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // Prints each test as it ends.
    reporters: process.env['CI'] ? ['verbose', 'json'] : ['verbose'],
    outputFile: { json: 'build/test-results/browsers.json' },
  },
});
