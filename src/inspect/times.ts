// Zendesk's rules for a token's times: exp, iat and nbf. The caller passes the current time.
import type { Finding, FindingCode } from '../core/findings.js';
import { EXP_LINES, IAT_LINES, UTC_LINES } from './backends.js';
import { createFinding } from './catalogue.js';
import type { JsonObject } from './parse-token.js';
import { readInstant } from './instant.js';
import type { InspectOptions } from './options.js';
import { type ClaimedTimes, findZoneError, hasOffset, isZoneAhead, LOCAL_TIME, UTC_MISTAKE } from './time-zone.js';
import { describeDuration, describeInstant, describeType } from './words.js';

/** How far iat and nbf may be in the future. Messaging has a limit, but its exact value is not known [M 36]. */
export const LEEWAY_MS = 60_000;
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

const NEW_REMEDY = `Set exp to a time in the future, in seconds since 1970: 10 minutes to 1 hour from now.${EXP_LINES}`;
const SERVER_IAT_REMEDY = `Set iat to the current time, in seconds since 1970.${IAT_LINES}`;
const ZONE_REMEDY = 'Set iat to the current time, in seconds since 1970: they are the same in every time zone.';
const SERVER_NBF_REMEDY = 'Remove nbf, or set it to the current time, in seconds since 1970.';

/**
 * Checks `exp`, `iat` and `nbf`.
 *
 * @param leewayMs - how far `iat` may be in the future
 */
export function* inspectTimes(
  payload: JsonObject,
  nowMs: number,
  options: InspectOptions,
  leewayMs: number,
): Iterable<Finding> {
  const exp = readTime(payload['exp'], 'exp', nowMs, 'exp_not_number', 'exp_milliseconds');
  const iat = readTime(payload['iat'], 'iat', nowMs, 'iat_not_number', 'iat_milliseconds');
  const times = { expMs: exp.atMs, iatMs: iat.atMs, nbfMs: readInstant(payload['nbf']).atMs };
  const zoneError = findZoneError(times, nowMs, options.isNew);
  yield* exp.findings;
  if (zoneError) yield createFinding('time_zone_offset', zoneError.message);
  // A token from the future that has expired all the same has two mistakes.
  if (exp.atMs <= nowMs && (!zoneError || zoneError.isAhead)) yield createExpired(times, nowMs, options);
  yield* iat.findings;
  if (!zoneError) yield* inspectIssuedAt(iat.atMs, nowMs, options, leewayMs);
  if (!(zoneError?.isAhead && hasOffset(times.nbfMs, nowMs))) yield* inspectNotBefore(payload['nbf'], nowMs, options);
  yield* inspectLifetime(payload, exp.atMs, iat.atMs, nowMs, zoneError !== undefined);
}

function createExpired(times: ClaimedTimes, nowMs: number, { isNew }: InspectOptions): Finding {
  const message = `The token expired ${describeInstant(times.expMs, nowMs)}.`;
  if (isNew) return createFinding('expired', message, { remedy: NEW_REMEDY });
  const hint = ` If it was signed just now, ${UTC_MISTAKE}.`;
  return createFinding('expired', message + (isNew !== false && hasOffset(times.iatMs, nowMs) ? hint : ''));
}

function* inspectIssuedAt(
  iatMs: number,
  nowMs: number,
  { clock }: InspectOptions,
  leewayMs: number,
): Iterable<Finding> {
  if (!(iatMs > nowMs + SKEW_MS)) return;
  const ahead = `in the future (${describeInstant(iatMs, nowMs)})`;
  const isFar = iatMs > nowMs + leewayMs;
  const code = isFar ? 'iat_future' : 'clock_skew';
  const hasZone = isZoneAhead(iatMs, nowMs);
  const hint = hasZone ? ` If it was signed some minutes ago, most likely ${LOCAL_TIME}.` : '';
  if (clock === 'server') {
    // Nobody has to compare clocks. The code that signs does not use the server's clock as it is, or runs elsewhere.
    const message = `iat is ${isFar ? '' : 'slightly '}${ahead} by the clock of the server that sent the token.${hint}`;
    yield createFinding(code, message, { remedy: hasZone ? ZONE_REMEDY + UTC_LINES : SERVER_IAT_REMEDY });
  } else {
    const cause = 'The clock of the server that signs is ahead, or this clock is behind.';
    const message = `iat is ${isFar ? '' : 'slightly '}${ahead}.${hint === '' ? ` ${cause}` : `${hint} Otherwise, one of the clocks is wrong.`}`;
    yield createFinding(code, message, {
      remedy: hasZone ? `${ZONE_REMEDY} If you do that, correct the clock (NTP).${UTC_LINES}` : undefined,
    });
  }
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

function* inspectNotBefore(value: unknown, nowMs: number, { clock }: InspectOptions): Iterable<Finding> {
  if (value === undefined) return;
  const { atMs, unit } = readInstant(value);
  if (typeof value !== 'number' || Number.isNaN(atMs) || unit !== 'seconds') {
    yield createFinding('nbf_not_number', 'nbf is not a number of seconds.');
  }
  if (atMs > nowMs + LEEWAY_MS) {
    yield createFinding(
      'nbf_future',
      `nbf is in the future (${describeInstant(atMs, nowMs)}). The token is not valid before then.`,
      { remedy: clock === 'server' ? SERVER_NBF_REMEDY : undefined },
    );
  }
}

function* inspectLifetime(
  { exp, iat }: JsonObject,
  expMs: number,
  iatMs: number,
  nowMs: number,
  hasZoneError: boolean,
): Iterable<Finding> {
  if (exp === undefined) yield createFinding('exp_missing', 'The token has no exp, so it never expires.');
  if (iat === undefined) yield createFinding('iat_missing', 'The token has no iat (time of signing).');
  const lifetimeMs = expMs - iatMs;
  if (lifetimeMs <= 0) {
    // A time zone error explains it.
    if (!hasZoneError) yield createFinding('exp_before_iat', 'exp is not after iat.');
  } else if (lifetimeMs < SHORT_MS) {
    yield createFinding('lifetime_short', `The token is valid for only ${describeDuration(lifetimeMs)}.`);
  }
  // Without iat, use the remaining time.
  const longMs = Number.isNaN(iatMs) ? expMs - nowMs : lifetimeMs;
  if (longMs > LONG_MS) yield createFinding('lifetime_long', `The token is valid for ${describeLifetime(longMs)}.`);
}

function describeLifetime(ms: number): string {
  return ms <= 365 * LONG_MS ? describeDuration(ms) : 'more than a year';
}
