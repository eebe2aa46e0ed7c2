// Zendesk's rules for a token's times: exp, iat and nbf. The caller passes the current time.
import type { Finding, FindingCode } from '../core/findings.js';
import { createFinding } from './catalogue.js';
import type { JsonObject } from './parse-token.js';
import { readInstant } from './instant.js';
import { describeDuration, describeInstant, describeType } from './words.js';

// How far iat and nbf may be in the future. Zendesk has a limit, but its exact value is not known [M 36].
const LEEWAY_MS = 60_000;
// A small difference is normal: responses take time, and servers use whole seconds. Above this, one of the clocks is
// wrong.
const SKEW_MS = 5000;
// A token's lifetime should be within these limits.
const SHORT_MS = 60_000;
const LONG_MS = 86_400_000;

interface Time {
  readonly findings: readonly Finding[];
  /** The time that the claim means, even if it is a string or in another unit. NaN if it is not readable. */
  readonly atMs: number;
}

/** Checks `exp`, `iat` and `nbf`. */
export function* inspectTimes(payload: JsonObject, nowMs: number): Iterable<Finding> {
  const exp = readTime(payload['exp'], 'exp', nowMs, 'exp_not_number', 'exp_milliseconds');
  const iat = readTime(payload['iat'], 'iat', nowMs, 'iat_not_number', 'iat_milliseconds');
  yield* exp.findings;
  if (exp.atMs <= nowMs) yield createFinding('expired', `The token expired ${describeInstant(exp.atMs, nowMs)}.`);
  yield* iat.findings;
  if (iat.atMs > nowMs + SKEW_MS) {
    const ahead = `(${describeInstant(iat.atMs, nowMs)}).`;
    yield iat.atMs > nowMs + LEEWAY_MS
      ? createFinding(
          'iat_future',
          `iat is in the future ${ahead} The clock of the server that signs is ahead, or this clock is behind.`,
        )
      : createFinding(
          'clock_skew',
          `iat is slightly in the future ${ahead} The clock of the server that signs is ahead, or this clock is behind.`,
        );
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
    if (Number.isNaN(atMs)) findings.push(createFinding(notNumber, `${name} is a number that is too large.`));
  } else if (value !== undefined) {
    const reading = Number.isNaN(atMs) ? '' : ` As a number, it would be ${describeInstant(atMs, nowMs)}.`;
    findings.push(createFinding(notNumber, `${name} is ${describeType(value)}, not a number.${reading}`));
  }
  if (unit !== 'seconds') findings.push(createFinding(notSeconds, `${name} is in ${unit}, not in seconds.`));
  return { findings, atMs };
}

function* inspectNotBefore(value: unknown, nowMs: number): Iterable<Finding> {
  if (value === undefined) return;
  const { atMs, unit } = readInstant(value);
  if (typeof value !== 'number' || Number.isNaN(atMs) || unit !== 'seconds') {
    yield createFinding('nbf_not_number', 'nbf is not a number of seconds.');
  }
  if (atMs > nowMs + LEEWAY_MS) {
    yield createFinding(
      'nbf_future',
      `nbf is in the future (${describeInstant(atMs, nowMs)}). The token is not valid before then.`,
    );
  }
}

function* inspectLifetime({ exp, iat }: JsonObject, expMs: number, iatMs: number, nowMs: number): Iterable<Finding> {
  if (exp === undefined) yield createFinding('exp_missing', 'The token has no exp, so it never expires.');
  if (iat === undefined) yield createFinding('iat_missing', 'The token has no iat (time of signing).');
  const lifetimeMs = expMs - iatMs;
  if (lifetimeMs <= 0) yield createFinding('exp_before_iat', 'exp is not after iat.');
  else if (lifetimeMs < SHORT_MS) {
    yield createFinding('lifetime_short', `The token is valid for only ${describeDuration(lifetimeMs)}.`);
  }
  // Without iat, use the remaining time.
  const longMs = Number.isNaN(iatMs) ? expMs - nowMs : lifetimeMs;
  if (longMs > LONG_MS) yield createFinding('lifetime_long', `The token is valid for ${describeLifetime(longMs)}.`);
}

function describeLifetime(ms: number): string {
  return ms <= 365 * LONG_MS ? describeDuration(ms) : 'more than a year';
}
