// Adds up what vitest wrote in build/test-results and prints one line: how many tests passed, how many failed.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = 'build/test-results';
const reports = (existsSync(FOLDER) ? readdirSync(FOLDER) : [])
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(readFileSync(join(FOLDER, name), 'utf8')));

// A file that could not even be loaded has no failed test of its own, and still failed.
const countBroken = ({ testResults }) =>
  testResults.filter(({ status, assertionResults }) => {
    return status === 'failed' && !assertionResults.some((test) => test.status === 'failed');
  }).length;
const sum = (count) => reports.reduce((total, report) => total + count(report), 0);

const passed = sum((report) => report.numPassedTests);
const failed = sum((report) => report.numFailedTests + countBroken(report));
console.log(`${passed} passed, ${failed} failed`);
