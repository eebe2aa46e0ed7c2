// How long the parts took, and how many tests passed and failed. As a command, it prints both.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const REPORTS = 'build/test-results';
const TIMES = 'build/test-times.json';
const read = (path) => JSON.parse(readFileSync(path, 'utf8'));
const readTimes = () => (existsSync(TIMES) ? read(TIMES) : []);

export const formatTime = (ms) => `${(ms / 1000).toFixed(1)} s`.padStart(8);

/** Adds to the times of an earlier run: .ci/run has two. */
export function addTimes(parts) {
  mkdirSync('build', { recursive: true });
  writeFileSync(TIMES, JSON.stringify(process.env['CI'] ? [...readTimes(), ...parts] : parts));
}

if (import.meta.filename === process.argv[1]) {
  for (const { name, ms } of readTimes()) console.log(`${name.padEnd(16)} ${formatTime(ms)}`);
  // Vitest's JSON reports.
  const names = existsSync(REPORTS) ? readdirSync(REPORTS).filter((name) => name.endsWith('.json')) : [];
  const reports = names.map((name) => read(join(REPORTS, name)));
  // A file that could not be loaded has no failed test of its own, but has failed.
  const countBroken = ({ testResults }) =>
    testResults.filter(({ status, assertionResults }) => {
      return status === 'failed' && !assertionResults.some((test) => test.status === 'failed');
    }).length;
  const sum = (count) => reports.reduce((total, report) => total + count(report), 0);
  const passed = sum((report) => report.numPassedTests);
  const failed = sum((report) => report.numFailedTests + countBroken(report));
  if (reports.length > 0) console.log(`${passed} passed, ${failed} failed`);
}
