// A token's times: exp, iat and nbf. The instant to look at them is a given.
import type { Finding, FindingCode } from '../core/findings.js';
import { find } from './catalogue.js';
import type { JsonObject } from './dissect.js';
import { readInstant } from './instant.js';
import { describeDuration, describeInstant, describeType } from './words.js';

// How far ahead iat and nbf may be. Zendesk's figure is not known; that there is one follows from [M 36].
const LEEWAY_MS = 60_000;
// Answers travel, and servers stamp whole seconds. Beyond that, one of two clocks is wrong.
const SKEW_MS = 5000;
const SHORT_MS = 60_000;
const LONG_MS = 86_400_000;

interface Time {
  readonly findings: readonly Finding[];
  /** The instant that is meant, also by a string or in another unit; NaN where none can be told. */
  readonly atMs: number;
}

export function* inspectTimes(payload: JsonObject, nowMs: number): Iterable<Finding> {
  const exp = readTime(payload['exp'], 'exp', nowMs, 'exp_not_number', 'exp_milliseconds');
  const iat = readTime(payload['iat'], 'iat', nowMs, 'iat_not_number', 'iat_milliseconds');
  yield* exp.findings;
  if (exp.atMs <= nowMs) yield find('expired', `The token expired ${describeInstant(exp.atMs, nowMs)}.`);
  yield* iat.findings;
  if (iat.atMs > nowMs + SKEW_MS) {
    const ahead = `iat lies ${describeInstant(iat.atMs, nowMs)}:`;
    yield iat.atMs > nowMs + LEEWAY_MS
      ? find('iat_future', `${ahead} the clock of the server that signs is ahead, or the clock here is behind.`)
      : find('clock_skew', `${ahead} the clock of the server that signs is a little ahead, or the clock here behind.`);
  }
  yield* inspectNotBefore(payload['nbf'], nowMs);
  yield* inspectLifetime(payload, exp.atMs, iat.atMs, nowMs);
}

function readTime(
  value: unknown,
  name: 'exp' | 'iat',
  nowMs: number,
  notNumber: FindingCode,
  notSeconds: FindingCode,
): Time {
  const { atMs, unit } = readInstant(value);
  const findings: Finding[] = [];
  if (typeof value === 'number') {
    if (Number.isNaN(atMs)) findings.push(find(notNumber, `${name} is too large a number.`));
  } else if (value !== undefined) {
    const reading = Number.isNaN(atMs) ? '' : ` Read as one, it lies ${describeInstant(atMs, nowMs)}.`;
    findings.push(find(notNumber, `${name} is ${describeType(value)}, not a number.${reading}`));
  }
  if (unit !== 'seconds') findings.push(find(notSeconds, `${name} is in ${unit}, not in seconds.`));
  return { findings, atMs };
}

function* inspectNotBefore(value: unknown, nowMs: number): Iterable<Finding> {
  if (value === undefined) return;
  const { atMs, unit } = readInstant(value);
  if (typeof value !== 'number' || Number.isNaN(atMs) || unit !== 'seconds') {
    yield find('nbf_not_number', 'nbf is not a number of seconds.');
  }
  if (atMs > nowMs + LEEWAY_MS) {
    yield find('nbf_future', `nbf lies ${describeInstant(atMs, nowMs)}: the token is not valid before that.`);
  }
}

function* inspectLifetime({ exp, iat }: JsonObject, expMs: number, iatMs: number, nowMs: number): Iterable<Finding> {
  if (exp === undefined) yield find('exp_missing', 'The token has no exp: it never expires.');
  if (iat === undefined) yield find('iat_missing', 'The token has no iat, the instant when it was signed.');
  const lifetimeMs = expMs - iatMs;
  if (lifetimeMs <= 0) yield find('exp_before_iat', 'exp does not lie after iat.');
  else if (lifetimeMs < SHORT_MS) {
    yield find('lifetime_short', `The token lives for ${describeDuration(lifetimeMs)} only.`);
  }
  // Without iat: what is left of it.
  const longMs = Number.isNaN(iatMs) ? expMs - nowMs : lifetimeMs;
  if (longMs > LONG_MS) yield find('lifetime_long', `The token lives for ${describeLifetime(longMs)}.`);
}

function describeLifetime(ms: number): string {
  return ms <= 365 * LONG_MS ? describeDuration(ms) : 'more than a year';
}
