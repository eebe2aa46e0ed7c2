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
  /** The instant that is meant, if one can be told, also from a string or from milliseconds. */
  readonly atMs: number | undefined;
}

export function* inspectTimes(payload: JsonObject, nowMs: number): Iterable<Finding> {
  const exp = readTime(payload['exp'], 'exp', nowMs, 'exp_not_number', 'exp_milliseconds');
  const iat = readTime(payload['iat'], 'iat', nowMs, 'iat_not_number', 'iat_milliseconds');
  yield* exp.findings;
  if (exp.atMs !== undefined && exp.atMs <= nowMs) {
    yield find('expired', `The token expired ${describeInstant(exp.atMs, nowMs)}.`);
  }
  yield* iat.findings;
  if (iat.atMs !== undefined && iat.atMs > nowMs + SKEW_MS) {
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
  milliseconds: FindingCode,
): Time {
  if (value === undefined) return { findings: [], atMs: undefined };
  const { atMs, isMilliseconds } = readInstant(value);
  const findings: Finding[] = [];
  if (typeof value !== 'number' || atMs === undefined) {
    const what = typeof value === 'number' ? 'too large a number' : `${describeType(value)}, not a number`;
    const reading = atMs === undefined ? '' : ` Read as one, it lies ${describeInstant(atMs, nowMs)}.`;
    findings.push(find(notNumber, `${name} is ${what}.${reading}`));
  }
  if (isMilliseconds) findings.push(find(milliseconds, `${name} is in milliseconds, not in seconds.`));
  return { findings, atMs };
}

function* inspectNotBefore(value: unknown, nowMs: number): Iterable<Finding> {
  if (value === undefined) return;
  const { atMs, isMilliseconds } = readInstant(value);
  if (typeof value !== 'number' || atMs === undefined || isMilliseconds) {
    yield find('nbf_not_number', 'nbf is not a number of seconds.');
  }
  if (atMs !== undefined && atMs > nowMs + LEEWAY_MS) {
    yield find('nbf_future', `nbf lies ${describeInstant(atMs, nowMs)}: the token is not valid before that.`);
  }
}

function* inspectLifetime(
  { exp, iat }: JsonObject,
  expMs: number | undefined,
  iatMs: number | undefined,
  nowMs: number,
): Iterable<Finding> {
  if (exp === undefined) yield find('exp_missing', 'The token has no exp: it never expires.');
  if (iat === undefined) yield find('iat_missing', 'The token has no iat, the instant when it was signed.');
  if (expMs === undefined) return;
  // Without iat: what is left of it.
  const lifetimeMs = expMs - (iatMs ?? nowMs);
  if (iatMs !== undefined && lifetimeMs <= 0) yield find('exp_before_iat', 'exp does not lie after iat.');
  else if (iatMs !== undefined && lifetimeMs < SHORT_MS) {
    yield find('lifetime_short', `The token lives for ${describeDuration(lifetimeMs)} only.`);
  } else if (lifetimeMs > LONG_MS) yield find('lifetime_long', `The token lives for ${describeLifetime(lifetimeMs)}.`);
}

function describeLifetime(ms: number): string {
  return ms < 365 * LONG_MS ? describeDuration(ms) : 'more than a year';
}
