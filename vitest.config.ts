import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // A file that needs a page says so itself: // @vitest-environment jsdom
    environment: 'node',
    maxWorkers: '100%',
    // Ends a test that hangs. Nothing here waits in real time, but the machine may be busy with something else.
    testTimeout: 180_000,
    include: ['test/**/*.test.ts'],
    exclude: [
      ...configDefaults.exclude,
      'test/browsers/**',
      'test/lives/**',
      'test/consumers/**',
      'test/endpoint-programs/**',
    ],
    typecheck: { enabled: true, include: ['test/types/**/*.test-d.ts'], tsconfig: './tsconfig.json' },
    coverage: { include: ['src/**'], reporter: ['text-summary'], reportsDirectory: 'coverage' },
    reporters: process.env['CI'] ? ['default', 'json'] : ['default'],
    outputFile: { json: 'build/test-results/unit.json' },
  },
});
