// Tokens that Zendesk refused, and the rate limit for requests after a refusal.
import { type Draft, emit, isDue } from './draft.js';
import { createRefusal, lastRefusal } from './refusal-reason.js';
import { giveUp, retryRequestNow } from './retry.js';
import { fail } from './visitor.js';

// The rate limit for token requests that follow a refusal: one per minute after a burst of five, so never more than 10
// in 5 minutes. Each request moves `followUpsMs` forward by one minute. The burst limits how far it may be ahead of the
// current time (GCRA, a leaky bucket in one number).
const FOLLOW_UP_MS = 60_000;
const FOLLOW_UPS_BURST_MS = 4 * FOLLOW_UP_MS;
// How many refused tokens are remembered. At one per minute, this covers more than the last hour and a half. A tab can
// stay open for a month, so the list needs a limit.
const REFUSED_KEPT = 100;

/** Zendesk refused these tokens. They are never handed over again. After two refusals in a row, the sign-in fails. */
export function refuse(s: Draft, texts: readonly string[]): void {
  s.isSuspected = true;
  s.refused = [...s.refused, ...texts].slice(-REFUSED_KEPT);
  s.tokenToExplain = ['invalid_auth', texts.at(-1)];
  if (s.held && isRefused(s, s.held.raw)) {
    s.held = undefined;
    // The back-off for token requests was planned while this token seemed good. Now a new token is urgent.
    retryRequestNow(s);
  }
  s.refusedInRow += texts.length;
  emit(s, 'token-refused');
  if (s.refusedInRow > 1) fail(s, createRefusal(s, 'invalid_auth'));
}

/** The messenger asked for another token during a login that had no verdict. Do not hand over the same token again. */
export function dropSuspectedToken(s: Draft): void {
  if (s.isSuspected && s.held && s.lastLogin!.given.includes(s.held.raw)) s.held = undefined;
}

export function isRefused(s: Draft, text: string): boolean {
  return s.refused.includes(text);
}

/** A usable token has arrived: nothing waits for the budget any more. What was taken from it stays taken. */
export function endFollowUps(s: Draft): void {
  s.followUpsBlockedUntilMs = 0;
}

/** Takes one request from the budget for requests after a refusal. If none is left, the sign-in counts as failed. */
export function takeFollowUp(s: Draft): boolean {
  s.followUpsBlockedUntilMs = s.followUpsMs - FOLLOW_UPS_BURST_MS;
  const isAllowed = isDue(s, s.followUpsBlockedUntilMs);
  if (isAllowed) s.followUpsMs = Math.max(s.followUpsMs, s.nowMs) + FOLLOW_UP_MS;
  else giveUp(s, lastRefusal(s));
  return isAllowed;
}
