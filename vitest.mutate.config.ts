import { defineConfig } from 'vitest/config';

// The tests that a mutation can fail, and that are quick, for each runs hundreds of times. Without those that try
// thousands of random values: they take seconds, and chance would decide what survives.
const tests = process.env['MUTATED'] === 'inspect' ? ['inspect'] : ['core', 'driver', 'life'];

export default defineConfig({
  test: {
    environment: 'node',
    testTimeout: 60_000,
    include: tests.map((folder) => `test/${folder}/**/*.test.ts`),
    exclude: ['test/core/session/random-events.test.ts', 'test/inspect/never-throws.test.ts'],
    isolate: false,
  },
});
