// The numbers in the documentation's sentences are the numbers in the code. A sentence may be worded in any way: the number
// in it stands between two comments that no reader sees, `<!-- n:longest-wait -->30 s<!-- /n -->`.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { backoffMs, longestWaitMs, retryAfterMs } from '../../src/core/backoff.js';
import { OPTIONS } from '../../src/core/options.js';
import { EXPLAIN_MS } from '../../src/core/explanation.js';
import { ASK_TIMEOUT_MS } from '../../src/testing/sign-in.js';
import { DAYS, OUTAGE_MS } from '../../tools/simulate/days.js';
import { BETWEEN_REQUESTS_MS, FAILING } from '../../tools/simulate/month.js';
import { MONTHS, OUTAGE_TABS } from '../../tools/simulate/scenarios.js';
import { findLooseMarks, readNumbers } from './read-numbers.js';
import { PAGES } from './read-docs.js';

/** The number that follows this text in a source, which does not export it. */
function constant(path: string, before: string): number {
  const [, after] = readFileSync(path, 'utf8').split(before);
  const [digits] = /^[\d_]+/.exec(after ?? '') ?? [];
  if (!digits) throw new Error(`${path} has no number after "${before}"`);
  return Number(digits.replaceAll('_', ''));
}

const reloadS = constant('src/core/loading.ts', 'const RELOAD_MS = ') / 1000;
const followUpMs = constant('src/core/refusals.ts', 'const FOLLOW_UP_MS = ');
const followUpsAtOnce = constant('src/core/refusals.ts', 'const FOLLOW_UPS_BURST_MS = ');
const { engines } = JSON.parse(readFileSync('package.json', 'utf8')) as { engines: { node: string } };

const WORDS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const ORDINALS = ['', 'first', 'second', 'third', 'fourth', 'fifth'];
const FRACTIONS: Readonly<Record<string, string>> = {
  6: 'a sixth',
  10: 'a tenth',
  20: 'a twentieth',
  50: 'a fiftieth',
};
const count = (number: number) => [number.toLocaleString('en'), ...WORDS.slice(number, number + 1)];
const seconds = (ms: number) => ['s', 'seconds'].map((unit) => `${ms / 1000} ${unit}`).concat(`${ms / 1000}-second`);
const minutes = (ms: number) =>
  ['min', 'minutes'].map((unit) => `${ms / 60_000} ${unit}`).concat(`${ms / 60_000}-minute`);

/** Each number by its name, in every form in which a sentence may have it. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  /** The longest wait before a failed request is retried, if it has not failed for long. */
  'longest-wait': seconds(backoffMs(99, 1)),
  /** The longest wait before a retry of what has failed for hours. */
  'longest-later-wait': minutes(longestWaitMs(0, Infinity)),
  /** How long a wait may be, as a fraction of the time for which every try has failed. */
  'failing-fraction': [FRACTIONS[Math.round(1 / longestWaitMs(0, 1))]!],
  /** How many requests, tags and calls are allowed while nothing succeeds, and how far apart the later ones are. */
  'attempts-at-once': count(constant('src/core/attempts.ts', 'const BURST = ')),
  'attempt-distance': minutes(constant('src/core/attempts.ts', 'const ATTEMPT_MS = ')),
  'outage-tabs': count(OUTAGE_TABS),
  /** The minimum time between two token requests, even if the site calls login() whenever one fails. */
  'request-distance': seconds(constant('src/core/retry.ts', 'const REQUEST_DISTANCE_MS = ')),
  /** The minimum time between two tags of Zendesk's script. */
  'tag-distance': seconds(constant('src/core/loading.ts', 'const TAG_DISTANCE_MS = ')),
  'longest-retry-after': minutes(retryAfterMs('99999', 0)!),
  /** A `Retry-After` that is longer than this makes `login()` reject at once. */
  patience: seconds(constant('src/core/retry.ts', 'const PATIENCE_MS = ')),
  /** After the third failure, `login()` rejects. */
  'failures-before-giving-up': [
    ...count(constant('src/core/retry.ts', 'const GIVE_UP = ')),
    ORDINALS[constant('src/core/retry.ts', 'const GIVE_UP = ')]!,
  ],
  /** How often Zendesk's script is loaded again at first. A quarter of it is random. */
  'load-retry': ['s', 'seconds'].map((unit) => `${reloadS} to ${(reloadS * 4) / 3} ${unit}`),
  /** How many token requests may follow refusals. */
  'requests-in-5-minutes': count(followUpsAtOnce + 1 + 300_000 / followUpMs),
  /** After this time, an ask is about the token that was handed over last. */
  settling: seconds(constant('src/core/asks.ts', 'const SETTLED_MS = ')),
  /** How long the messenger may take to come up, unless the page says otherwise. */
  'load-timeout': seconds(OPTIONS.loadTimeoutMs),
  /** How long an error waits for the doctor's file. */
  'doctor-wait': seconds(EXPLAIN_MS),
  'answer-characters': count(constant('src/browser/token-endpoint.ts', 'const MAX_CHARACTERS = ')),
  'token-characters': count(constant('src/inspect/parse-token.ts', 'const MAX_LENGTH = ')),
  /** How long the messenger waits for the answer of a `jwtCallback`. */
  'messenger-limit': seconds(ASK_TIMEOUT_MS),
  /** How long before its end a token is renewed at most. */
  'longest-lead': minutes(constant('src/core/lifetime.ts', 'const MAX_LEAD_MS = ')),
  /** How early a renewed token is handed over at most. */
  'push-lead': minutes(constant('src/core/login.ts', 'const PUSH_LEAD_MS = ')),
  /** How often the stored key is looked at during a sign-out. */
  'sign-out-look': [`${constant('src/core/sign-out.ts', 'const LOOK_MS = ')} ms`],
  /** How long a sign-out takes at most. */
  'sign-out-limit': seconds(constant('src/core/sign-out.ts', 'const SIGN_OUT_MS = ')),
  /** How long it takes at most when another sign-in waits for it. */
  'change-limit': seconds(constant('src/core/sign-out.ts', 'const CHANGE_MS = ')),
  /** How long the end of a delayed sign-out is watched for. */
  'late-watch': minutes(constant('src/core/sign-out.ts', 'const LATE_AFTER_RESET_MS = ')),
  /** The simulated month of one tab. */
  days: [`${DAYS} days`],
  'failing-share': [`${FAILING * 100} %`, `${FAILING * 100}%`],
  outage: minutes(OUTAGE_MS),
  'between-requests': minutes(BETWEEN_REQUESTS_MS / 2),
  'tabs-in-mean': count(MONTHS),
  /** How often the bench measures scripts in each round. */
  'script-runs': count(constant('tools/bench/main.ts', 'const SCRIPT_RUNS = ')).flatMap((text) => [
    text,
    `${text} times`,
  ]),
  /** The scenarios that were recorded with Zendesk's messenger. */
  traces: [String(JSON.parse(readFileSync('test/testing/messenger-traces.json', 'utf8')).scenarios.length)],
  /** The random lives of one test run. */
  lives: count(constant('test/lives/lives.ts', "'LIVES'] ?? ")),
  /** The oldest version of Node. */
  node: [engines.node.replace('>=', '')],
};

const numbers = readNumbers(PAGES);

it.each(numbers)('$file:$line has the value of $name', ({ name, text }) => {
  expect(Object.keys(KNOWN)).toContain(name);
  expect(KNOWN[name]).toContain(text);
});

it('the pages state every number that has a name', () => {
  expect([...new Set(numbers.map(({ name }) => name))].sort()).toEqual(Object.keys(KNOWN).sort());
});

it('no comment around a number is misspelled, alone or at the start of a line', () => {
  expect(findLooseMarks(PAGES)).toEqual([]);
});

describe('reading the numbers', () => {
  const read = (page: string) => readNumbers(new Map([['page.md', page]]));
  const loose = (page: string) => findLooseMarks(new Map([['page.md', page]]));

  it('finds each with its place, and a line break within it is a space', () => {
    expect(read('A\n\nB <!-- n:one -->5 s<!-- /n --> or <!-- n:two -->10\nminutes<!-- /n -->')).toEqual([
      { name: 'one', text: '5 s', file: 'page.md', line: 3 },
      { name: 'two', text: '10 minutes', file: 'page.md', line: 3 },
    ]);
  });

  it.each([
    ['no end', 'A <!-- n:one -->5 s'],
    ['no start', 'A 5 s<!-- /n -->'],
    ['another start before its end', 'A <!-- n:one -->5 s <!-- n:two -->6 s<!-- /n -->'],
    ['no spaces', 'A <!--n:one-->5 s<!--/n-->'],
    ['a name at its end', 'A <!-- n:one -->5 s<!-- /n:one -->'],
    // Markdown takes a line that begins with a comment as HTML, and leaves the rest of the line as it is.
    ['its place at the start of a line', 'A\n<!-- n:one -->5 s<!-- /n --> `b`'],
    ['its place at the start of an item', '- <!-- n:one -->5 s<!-- /n --> `b`'],
  ])('finds one with %s', (_, page) => {
    expect(loose(page)).toEqual([expect.stringMatching(/^page\.md:\d /)]);
  });

  it('accepts one within a line', () => {
    expect(loose('A <!-- n:one -->5 s<!-- /n -->\n\n<!-- size:main -->1 kB<!-- /size -->')).toEqual([]);
  });
});
