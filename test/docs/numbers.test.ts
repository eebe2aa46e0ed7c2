// The numbers in the documentation's sentences are those that the code has.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { backoffMs, retryAfterMs } from '../../src/core/backoff.js';
import { DAYS, OUTAGE_MS } from '../../tools/simulate/days.js';
import { BETWEEN_REQUESTS_MS, FAILING } from '../../tools/simulate/month.js';
import { MONTHS } from '../../tools/simulate/scenarios.js';
import { ASK_LIMIT_MS } from '../../src/testing/sign-in.js';
import { PROSE } from './read-docs.js';

/** A number that a source keeps to itself. */
function constant(path: string, name: string): number {
  const [, number] = new RegExp(`\\bconst ${name} = ([\\d_]+);`).exec(readFileSync(path, 'utf8')) ?? [];
  if (number === undefined) throw new Error(`${path} has no ${name}`);
  return Number(number.replaceAll('_', ''));
}

const SESSION = 'src/core/session.ts';
const seconds = (ms: number) => `${ms / 1000} s`;
const minutes = (ms: number) => `${ms / 60_000} minutes`;
const grouped = (number: number) => number.toLocaleString('en');
const ordinal = (number: number) => ['first', 'second', 'third', 'fourth', 'fifth'][number - 1]!;

const longestWait = seconds(backoffMs(99, 1));
const reloadMs = constant(SESSION, 'RELOAD_MS');
// A third of it is left to chance.
const reload = `every ${reloadMs / 1000} to ${seconds((reloadMs * 4) / 3)}`;
const giveUp = ordinal(constant(SESSION, 'GIVE_UP'));
const settled = seconds(constant(SESSION, 'SETTLED_MS'));
const followUpMs = constant(SESSION, 'FOLLOW_UP_MS');
const [, burst] = /FOLLOW_UPS_BURST_MS = (\d+) \* FOLLOW_UP_MS/.exec(readFileSync(SESSION, 'utf8'))!;
const inFiveMinutes = Number(burst) + 1 + 300_000 / followUpMs;

it.each([
  ['the longest wait', `a random wait that grows up to ${longestWait}`],
  ['the longest wait, at an outage', `tried again after random waits of up to ${longestWait}`],
  ['the longest Retry-After', `after \`Retry-After\` (at most ${minutes(retryAfterMs('99999', 0)!)})`],
  ['patience', `rejects at once when that is longer than ${seconds(constant(SESSION, 'PATIENCE_MS'))}`],
  ['giving up on tokens', `rejects with \`token_failed\` after the ${giveUp} time`],
  ['giving up on Zendesk', `After the ${giveUp} time \`login()\` rejects with \`login_failed\``],
  ['giving up, in the table of errors', `yes, after growing waits; \`login()\` rejects after the ${giveUp} time`],
  ['loading again', `It is tried again ${reload} while the tab is visible`],
  ['loading again, in the table of errors', `${reload} while somebody wants to sign in`],
  ['requests that follow refusals', `never more than ${inFiveMinutes} token requests in ${minutes(300_000)}`],
  ['an ask after a push', `An ask within ${settled} of a push may be about the token before`],
  ['the repair after it', `anonymous for about ${settled}, until the next sign-in`],
  ['an answer', `about ${grouped(constant('src/browser/token-endpoint.ts', 'MOST_CHARACTERS'))} characters`],
  ['a long token', `More than ${grouped(constant('src/inspect/dissect.ts', 'MOST_LENGTH'))} characters`],
  ['a month', `The first is ${DAYS} days of one tab`],
  ['failures in it', `${FAILING * 100} % of the token requests fail, and for ${minutes(OUTAGE_MS)} of each day all do`],
  ['requests in it', `makes a request about every ${minutes(BETWEEN_REQUESTS_MS / 2)}`],
  ['months', `are means of ${['no', 'one', 'two', 'three', 'four'][MONTHS]} such tabs`],
  ['the longest lead', `renewed ${minutes(constant('src/core/lifetime.ts', 'MAX_LEAD_MS'))} ahead outlive`],
  ['the messenger’s patience', `in \`jwtCallback\`, which gets ${seconds(ASK_LIMIT_MS)}`],
  [
    'runs of scripts',
    `${['once', 'twice', 'three times'][constant('tools/bench/main.ts', 'SCRIPT_RUNS') - 1]} in each round`,
  ],
  ['lives', `in place of [${grouped(readLives())}](test/lives/README.md)`],
])('%s: %s', (_what, sentence) => {
  expect(PROSE.replace(/\s+/g, ' ')).toContain(sentence);
});

function readLives(): number {
  return Number(/'LIVES'\] \?\? (\d+)/.exec(readFileSync('test/lives/lives.ts', 'utf8'))![1]);
}
