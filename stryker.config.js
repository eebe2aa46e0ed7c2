// What tools/package/mutate.js gives to Stryker, for one of its two parts at a time. vitest.mutate.config.ts says which tests run.
const part = process.env['MUTATED'];
const folder = 'build/mutation';

export default {
  mutate: part === 'inspect' ? ['src/inspect/**/*.ts'] : ['src/core/**/*.ts', 'src/driver.ts'],
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'vitest.mutate.config.ts', related: false },
  coverageAnalysis: 'perTest',
  // What was seen once is not run again while neither the code nor its tests change.
  incremental: true,
  incrementalFile: `${folder}/${part}-incremental.json`,
  tempDirName: 'build/mutants',
  ignorePatterns: ['build', 'coverage', 'dist'],
  reporters: ['clear-text', 'json', 'html', process.stdout.isTTY ? 'progress' : 'progress-append-only'],
  clearTextReporter: { allowEmojis: false, reportTests: false, reportMutants: false },
  jsonReporter: { fileName: `${folder}/${part}.json` },
  htmlReporter: { fileName: `${folder}/${part}.html` },
};
