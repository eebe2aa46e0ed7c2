// Runs the parts of the test suite, each an npm script, side by side: `node tools/test/main.js quick` for `npm test`,
// `rest` for what that leaves out, `all` for both. Prints a part's output when the part fails.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { addTimes, formatTime } from './results.js';

const PROGRESS_MS = 10_000;
const startedMs = Date.now();
const all = JSON.parse(readFileSync(new URL('parts.json', import.meta.url), 'utf8'));
const waiting = all.filter(({ sets }) => sets.includes(process.argv[2]));
const names = waiting.map(({ name }) => name);
const running = new Map();
const ended = [];

const timer = setInterval(printProgress, PROGRESS_MS);
while (waiting.length + running.size > 0) {
  startWhatIsReady();
  // Nothing runs if the last parts were not started, because a part that they need has failed.
  if (running.size > 0) await Promise.race([...running.values()].map(({ end }) => end));
}
clearInterval(timer);
addTimes(ended);
const failed = ended.filter(({ isGood }) => !isGood).map(({ name }) => name);
console.log(`${failed.length > 0 ? `Failed: ${failed.join(', ')}.` : 'Everything passed.'} ${sinceStart()}`);
process.exitCode = names.length > 0 && failed.length === 0 ? 0 : 1;

/**
 * The first parts in the list whose requirements have passed: as many as there are cores. Nothing runs beside a part that
 * is `alone`, because it uses all cores by itself.
 */
function startWhatIsReady() {
  for (const part of [...waiting]) {
    const needed = (part.after ?? []).filter((name) => names.includes(name));
    const results = needed.map((name) => ended.find((other) => other.name === name));
    const isBroken = results.some((result) => result?.isGood === false);
    if (!isBroken && (!results.every(Boolean) || !hasRoom(part))) continue;
    waiting.splice(waiting.indexOf(part), 1);
    if (isBroken) finish(part, { isGood: false, ms: 0, output: `Not run: it needs ${needed.join(', ')}.\n` });
    else start(part);
  }
}

function hasRoom({ alone }) {
  const isAlone = all.some((part) => part.alone && running.has(part.name));
  return !isAlone && running.size < (alone ? 1 : availableParallelism());
}

function start(part) {
  const partStartedMs = Date.now();
  const run = { output: '' };
  const child = spawn('npm', ['run', '--silent', part.name, ...(part.args ? ['--', ...part.args] : [])], {
    env: { ...part.env, ...process.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => (run.output += text));
  }
  run.end = new Promise((resolve) => {
    child.on('close', (code) => {
      running.delete(part.name);
      resolve(finish(part, { isGood: code === 0, ms: Date.now() - partStartedMs, output: run.output }));
    });
  });
  running.set(part.name, run);
}

function finish({ name }, { isGood, ms, output }) {
  ended.push({ name, ms, isGood });
  console.log(`${isGood ? '✓' : '✗'} ${name.padEnd(16)} ${formatTime(ms)}`);
  if (!isGood) console.log(output);
  // A missing browser or language is no failure, but must be seen.
  else for (const line of output.match(/^.*tests not run.*$/gm) ?? []) console.log(`  ${line}`);
}

function printProgress() {
  const parts = [...running].map(([name, { output }]) => {
    const passed = output.match(/✓/g)?.length;
    return passed ? `${name} (${passed} passed)` : name;
  });
  console.log(`… ${sinceStart()} Running: ${parts.join(', ')}. Waiting: ${waiting.length}.`);
}

function sinceStart() {
  return `${formatTime(Date.now() - startedMs).trim()}.`;
}
