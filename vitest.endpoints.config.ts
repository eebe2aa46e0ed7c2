import { defineConfig } from 'vitest/config';

// The token endpoints in other languages: each is a program of its own, and all have the same tests.
export default defineConfig({
  test: {
    environment: 'node',
    include: ['test/endpoint-programs/*.test.ts'],
    // They end a test that hangs, on a machine that may be very busy.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    reporters: process.env['CI'] ? ['verbose', 'json'] : ['verbose'],
    outputFile: { json: 'build/test-results/endpoints.json' },
  },
});
