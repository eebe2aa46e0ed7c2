// Zendesk's script, and the messenger that it starts.
import { type Draft, emit, isDue } from './draft.js';
import { longestWaitMs } from './backoff.js';
import type { MessengerErrorCode } from './error-codes.js';
import { MessengerAuthError } from './errors.js';
import { clearFailures, failingForMs, giveUp } from './retry.js';
import { cancelRequest } from './visitor.js';

// The minimum time between a failed load and the next one. If the configuration request is only slow, an earlier load
// would boot a second widget [M 7].
const RELOAD_MS = 30_000;
const RELOAD_SPREAD_MS = 10_000;
// The minimum time between two tags, even if the site calls load() again at once: it may do so whenever a load fails.
const TAG_DISTANCE_MS = 1100;

export function load(s: Draft): void {
  if (s.loadState && s.loadState !== 'failed') return;
  s.loadState = 'requested';
  clearLoadError(s);
}

export function live(s: Draft): void {
  if (s.loadState === 'live') return;
  s.loadState = 'live';
  clearLoadError(s);
  emit(s, 'messenger-live', {});
}

export function loadFailed(s: Draft, code: MessengerErrorCode, cause?: unknown): void {
  if (s.loadState !== 'loading') return;
  s.loadState = 'failed';
  const waitMs = longestWaitMs(RELOAD_MS + s.chance * RELOAD_SPREAD_MS, failingForMs(s));
  s.reloadAtMs = code === 'classic_widget' ? Infinity : s.nowMs + waitMs;
  cancelRequest(s);
  s.loadError = new MessengerAuthError(code, '', cause);
  // If a permanent failure has already ended the sign-in, keep that error.
  if (s.wish) s.failure = s.loadError;
  giveUp(s, s.loadError);
  emit(s, 'load-failed', { code });
}

/** Fails the load at its time limit. */
export function limitLoading(s: Draft): void {
  if (s.loadState === 'loading' && isDue(s, s.loadAtMs + s.limits.loadTimeoutMs))
    loadFailed(s, s.scriptRan ? 'messenger_unavailable' : 'script_blocked');
}

/** The visitor or the network came back: a failed load is retried at once, or after the minimum time if the script ran. */
export function reloadOnReturn(s: Draft): void {
  const atMs = s.scriptRan ? s.loadAtMs + s.limits.loadTimeoutMs + RELOAD_MS : 0;
  // A Web Widget (Classic) stays one.
  if (s.reloadAtMs < Infinity) s.reloadAtMs = Math.min(s.reloadAtMs, atMs);
}

/** Puts the tag on the page if that is due: because the site asked for it, or as a retry for a sign-in. */
export function startLoading(s: Draft): void {
  const isRetry = s.loadState === 'failed' && s.wish && s.page === 'visible' && isDue(s, s.reloadAtMs);
  const isWanted = isRetry || (s.loadState === 'requested' && s.page !== 'prerendered');
  if (!isWanted || !isDue(s, s.loadAtMs + TAG_DISTANCE_MS)) return;
  s.loadState = 'loading';
  s.loadAtMs = s.nowMs;
  s.scriptRan = false;
  emit(s, 'load-requested', {});
}

/** A failure of the load no longer counts. Any other failure still does. */
function clearLoadError(s: Draft): void {
  if (s.loadError && s.failure === s.loadError) clearFailures(s);
  s.loadError = undefined;
}
