// Reads the server's clock from a response, and compares it with this computer's clock.
import { inspectToken, type Finding, type TokenProduct } from '../inspect/index.js';
import { readInstant } from '../inspect/instant.js';
import { parseToken } from '../inspect/parse-token.js';
import { describeDuration } from '../inspect/words.js';
import { createEndpointFinding, type TokenEndpointFinding, type EndpointFinding } from './endpoint-findings.js';
import type { TokenResponse } from './fetch-token.js';

/** The time at which a response arrived, by two clocks. */
export interface ArrivalTimes {
  readonly localMs: number;
  /** By the `Date` header. Absent if there is none. */
  readonly serverMs: number | undefined;
}

// A smaller difference does no harm. It can also come from the response time.
const SKEW_MS = 60_000;

/** Returns the server's time when the response arrived, or `undefined` if it has no readable `Date` header. */
export function readServerTimeMs({ headers }: TokenResponse): number | undefined {
  // The same calculation as in the library: a cache forwards the Date and adds its Age.
  const serverMs = Date.parse(headers.get('date') ?? '') + (Number(headers.get('age')) || 0) * 1000;
  return Number.isNaN(serverMs) ? undefined : serverMs;
}

/** Reports clocks that differ by more than a minute. */
export function checkClock(response: TokenResponse): EndpointFinding[] {
  const difference = describeDifference(readServerTimeMs(response), response.receivedAtMs);
  if (difference === undefined) return [];
  const message = `${difference} The token's times were checked against the server's clock.`;
  return [createEndpointFinding('endpoint_clock', message)];
}

function describeDifference(serverMs: number | undefined, localMs: number): string | undefined {
  const aheadMs = (serverMs ?? localMs) - localMs;
  if (Math.abs(aheadMs) <= SKEW_MS) return undefined;
  const where = aheadMs > 0 ? 'ahead of' : 'behind';
  return `The server's clock is ${describeDuration(Math.abs(aheadMs))} ${where} this computer's.`;
}

/**
 * The two clocks differ, and only one of them can be right. If the token's times are right by the server's clock only, the
 * finding about the clocks becomes an error: the server may be the one that is wrong.
 *
 * @param findings - all findings, with those of the token by the server's clock
 * @param product - what the token is for; `undefined` for messaging
 */
export function addSecondClock(
  findings: readonly TokenEndpointFinding[],
  token: unknown,
  { serverMs, localMs }: ArrivalTimes,
  product?: TokenProduct,
): TokenEndpointFinding[] {
  const difference = describeDifference(serverMs, localMs);
  const isKnown = (code: string) => findings.some((finding) => finding.code === code);
  const isNewError = ({ part, severity, code }: Finding) => part === 'time' && severity === 'error' && !isKnown(code);
  const isWrong = inspectToken(token, { nowMs: localMs, product }).some(isNewError);
  if (difference === undefined || !isWrong) return [...findings];
  const { payload } = parseToken(token);
  const hasExpired = readInstant(payload?.['exp']).atMs <= localMs;
  const says = hasExpired ? 'the token has expired' : 'the token is not valid yet';
  const message = `${difference} By this computer's clock, ${says}. If the server's clock is wrong, Zendesk refuses the token.`;
  return findings.map((finding) =>
    finding.code === 'endpoint_clock'
      ? createEndpointFinding('endpoint_clock', message, { severity: 'error' })
      : finding,
  );
}
