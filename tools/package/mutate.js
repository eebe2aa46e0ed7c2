// Breaks the code in thousands of ways, one at a time, and counts how often a test fails: npm run mutate, or for some
// files only npm run mutate -- src/driver.ts. Options such as --concurrency=1 go to Stryker. Fails where the score of a
// part is under the bar, or where a mutant survives that equivalent-mutants.json does not name with the reason.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';

const BAR = 90;
const args = process.argv.slice(2);
const files = args.filter((arg) => !arg.startsWith('-'));
const options = args.filter((arg) => arg.startsWith('-'));
const PARTS = { inspect: /^src\/inspect\//, core: /^src\/(?:core\/|driver)/ };
const NAMED = JSON.parse(readFileSync('test/equivalent-mutants.json', 'utf8'));
const DETECTED = ['Killed', 'Timeout'];
const COUNTED = [...DETECTED, 'Survived', 'NoCoverage'];

const named = new Set();
let isGood = true;
for (const [part, belongs] of Object.entries(PARTS)) {
  const mutated = files.filter((file) => belongs.test(file));
  if (files.length > 0 && mutated.length === 0) continue;
  const report = run(part, mutated);
  const byFolder = {};
  for (const [file, { source, mutants }] of Object.entries(report.files)) {
    if (mutated.length > 0 && !mutated.some((one) => one.split(':')[0] === file)) continue;
    const folder = file.replace(/\/[^/]*$/, file === 'src/driver.ts' ? '/driver.ts' : '');
    const count = (byFolder[folder] ??= { detected: 0, all: 0, named: 0 });
    for (const mutant of mutants.filter(({ status }) => COUNTED.includes(status))) {
      count.all++;
      if (DETECTED.includes(mutant.status)) count.detected++;
      else if (isNamed(file, source, mutant)) count.named++;
    }
  }
  for (const [folder, { detected, all, named }] of Object.entries(byFolder)) {
    const score = all === 0 ? 100 : (100 * detected) / all;
    const rest = all - detected - named;
    console.log(`${folder}: ${score.toFixed(1)} % (${detected} of ${all} mutants; ${named} named, ${rest} not)`);
    isGood &&= score >= BAR && rest === 0;
  }
}
// What is named and does not survive any more is no longer true.
if (files.length === 0) {
  for (const [file, entries] of Object.entries(NAMED)) {
    for (const entry of entries.filter((entry) => !named.has(entry))) {
      console.error(`Named, but it does not survive: ${file}: ${entry.mutant}`);
      isGood = false;
    }
  }
}
process.exitCode = isGood ? 0 : 1;

function run(part, mutated) {
  const report = `build/mutation/${part}.json`;
  rmSync(report, { force: true });
  const args = ['stryker', 'run', 'stryker.config.js', ...options];
  if (mutated.length > 0) args.push('--mutate', mutated.join(','));
  spawnSync('npx', args, { stdio: 'inherit', env: { ...process.env, MUTATED: part } });
  return JSON.parse(readFileSync(report, 'utf8'));
}

/** By its text, not by its place: what stands above it may change. */
function isNamed(file, source, { location: { start, end }, replacement }) {
  const lines = source.split('\n');
  const line = lines[start.line - 1].trim();
  const text = lines.slice(start.line - 1, end.line);
  text.push(text.pop().slice(0, end.column - 1));
  text[0] = text[0].slice(start.column - 1);
  const mutant = `${text.join(' ')} => ${replacement}`.replace(/\s+/g, ' ');
  const entries = (NAMED[file] ?? []).filter((entry) => entry.mutant === mutant && line.startsWith(entry.in ?? ''));
  entries.forEach((entry) => named.add(entry));
  if (entries.length === 0) console.error(`Survived: ${file}:${start.line}: ${mutant}\n  in: ${line}`);
  return entries.length > 0;
}
