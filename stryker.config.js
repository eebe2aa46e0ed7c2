// `npm run mutate` breaks the code in thousands of ways, one at a time, and counts how often a test fails. For one file:
// `npm run mutate -- --mutate src/driver.ts`. vitest.mutate.config.ts says which tests run.
const folder = 'build/mutation';

export default {
  mutate: ['src/core/**/*.ts', 'src/driver.ts', 'src/inspect/**/*.ts'],
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner', './test/mutants/check-survivors.js'],
  vitest: { configFile: 'vitest.mutate.config.ts', related: false },
  coverageAnalysis: 'perTest',
  thresholds: { high: 95, low: 90, break: 90 },
  // Results are reused as long as neither the code nor its tests change.
  incremental: true,
  incrementalFile: `${folder}/incremental.json`,
  tempDirName: 'build/mutants',
  ignorePatterns: ['build', 'coverage', 'dist'],
  reporters: ['clear-text', 'html', 'survivors', process.stdout.isTTY ? 'progress' : 'progress-append-only'],
  clearTextReporter: { allowEmojis: false, reportTests: false, reportMutants: false },
  htmlReporter: { fileName: `${folder}/report.html` },
};
