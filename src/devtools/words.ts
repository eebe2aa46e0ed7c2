// The facts of the panel in words. Nothing here contains a token, an e-mail address or an id.
import type { MessengerSnapshot } from '../index.js';
import type { StoredIdentity } from '../core/stored-identity.js';
import type { Observation, Tally } from './observation.js';

/** The status in words. */
export function describeStatus({ status, error }: MessengerSnapshot): string {
  switch (status) {
    case 'signed-in':
      return 'Signed in';
    case 'signing-in':
      return 'Signing in…';
    case 'signed-out':
      return 'Nobody is signed in';
    case 'failed':
      return `The sign-in failed: ${error?.code ?? 'unknown'}`;
  }
}

export function describeLength(ms: number): string {
  const s = Math.round(Math.abs(ms) / 1000);
  if (s < 120) return `${s} s`;
  if (s < 7200) return `${Math.round(s / 60)} min`;
  return s < 172_800 ? `${Math.round(s / 3600)} h` : `${Math.round(s / 86_400)} days`;
}

/** Says when it is, or was: `in 5 min`, `5 s ago`, `just now`. */
export function describeInstant(atMs: number, nowMs: number): string {
  const ms = atMs - nowMs;
  if (Math.abs(ms) < 1000) return ms > 0 ? 'now' : 'just now';
  return ms > 0 ? `in ${describeLength(ms)}` : `${describeLength(ms)} ago`;
}

export function describeToken({ expiresAtMs, status }: MessengerSnapshot, nowMs: number): string {
  if (expiresAtMs === undefined) return status === 'signed-in' ? 'its expiry is not known' : 'none';
  return expiresAtMs > nowMs ? `expires ${describeInstant(expiresAtMs, nowMs)}` : 'has expired';
}

export function describeRenewal({ refreshAtMs }: MessengerSnapshot, nowMs: number): string {
  if (refreshAtMs === undefined) return 'not planned';
  return refreshAtMs > nowMs ? describeInstant(refreshAtMs, nowMs) : 'due';
}

export function describeTally({ count, lastMs }: Tally, nowMs: number): string {
  if (lastMs === undefined) return 'none';
  const last = `last ${describeInstant(lastMs, nowMs)}`;
  return count === 0 ? `before the panel, ${last}` : `${count}, ${last}`;
}

/** Says whose identity the browser has stored, and whether it fits the library's own record. */
export function describeStored({ storedId, isAnonymous, record }: StoredIdentity): string {
  if (storedId && isAnonymous) return 'an anonymous visitor’s';
  if (!storedId) return record ? 'only a record of a user' : 'none';
  if (!record) return 'a user’s, without a record';
  return record.startsWith(`${storedId}:`) ? 'a user’s, recorded' : 'a user’s, recorded for another';
}

/** Without consent nothing is loaded, so a messenger that is live has it. */
export function describeConsent({ consent }: Observation, { status, live }: MessengerSnapshot): string {
  if (consent === 'withdrawn') return 'withdrawn';
  if (consent === 'given' || live || status === 'signed-in' || status === 'signing-in') return 'given';
  return 'not given, or nothing was loaded';
}

export function describeMessenger({ live }: MessengerSnapshot, version: string | undefined): string {
  return live ? `live, build ${version ?? 'unknown'}` : 'not on the page';
}

export function describeTabs(count: number, { losses }: Observation, nowMs: number): string {
  const tabs = count === 1 ? 'only this one has the panel' : `${count} have the panel`;
  return losses.lastMs === undefined ? tabs : `${tabs}; user lost ${describeInstant(losses.lastMs, nowMs)}`;
}
