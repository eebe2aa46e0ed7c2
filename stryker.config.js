// Which tests run is vitest.mutate.config.ts's; npm run mutate names the files.
export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'vitest.mutate.config.ts', related: false },
  coverageAnalysis: 'perTest',
  incremental: true,
  concurrency: 1,
  tempDirName: 'build/mutate',
  ignorePatterns: ['build', 'coverage', 'dist', 'examples', 'test/browsers'],
  allowConsoleColors: false,
  reporters: ['clear-text', 'json'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false, reportScoreTable: true },
};
