import { defineConfig } from 'vitest/config';

// The quick tests that a mutant can fail, because each runs hundreds of times. Tests that try thousands of random values
// are not among them: they take seconds, and would kill a mutant only by chance.
export default defineConfig({
  test: {
    environment: 'node',
    testTimeout: 60_000,
    include: ['core', 'driver', 'life', 'inspect'].map((folder) => `test/${folder}/**/*.test.ts`),
    exclude: ['test/core/session/random-events.test.ts', 'test/inspect/never-throws.test.ts'],
    isolate: false,
  },
});
