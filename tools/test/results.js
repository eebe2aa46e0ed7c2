// What the parts took, and how many tests passed and failed. Run as a command, it prints both.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';

const REPORTS = 'build/test-results';
const TIMES = 'build/test-times.json';

export const formatTime = (ms) => `${(ms / 1000).toFixed(1)} s`.padStart(8);

/** Adds to the times of an earlier run: .ci/run has two. */
export function addTimes(parts) {
  mkdirSync('build', { recursive: true });
  writeFileSync(TIMES, JSON.stringify([...readTimes(), ...parts]));
}

function readTimes() {
  return existsSync(TIMES) ? JSON.parse(readFileSync(TIMES, 'utf8')) : [];
}

/** Vitest's JSON reports. */
function readReports() {
  const names = existsSync(REPORTS) ? readdirSync(REPORTS) : [];
  return names
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(join(REPORTS, name), 'utf8')));
}

// A file that could not be loaded has no failed test of its own, but has failed.
const countBroken = ({ testResults }) =>
  testResults.filter(({ status, assertionResults }) => {
    return status === 'failed' && !assertionResults.some((test) => test.status === 'failed');
  }).length;

if (fileURLToPath(import.meta.url) === argv[1]) {
  for (const { name, ms, isGood } of readTimes())
    console.log(`${name.padEnd(16)} ${formatTime(ms)}${isGood ? '' : '  failed'}`);
  const reports = readReports();
  const sum = (count) => reports.reduce((total, report) => total + count(report), 0);
  const passed = sum((report) => report.numPassedTests);
  const failed = sum((report) => report.numFailedTests + countBroken(report));
  if (reports.length > 0) console.log(`${passed} passed, ${failed} failed`);
}
