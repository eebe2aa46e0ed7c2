// Zendesk's script, and the messenger that it starts.
import { type Draft, emit, isDue } from './draft.js';
import { longestWaitMs } from './backoff.js';
import { MessengerAuthError, type MessengerErrorCode } from './errors.js';
import { clearFailures, giveUp } from './retry.js';
import { cancelRequest } from './visitor.js';

// The minimum time between a failed load and the next one. If the configuration request is only slow, an earlier load
// would boot a second widget [M 7].
const RELOAD_MS = 30_000;
// The minimum time between two tags, even if the site calls load() again at once: it may do so whenever a load fails.
const TAG_DISTANCE_MS = 1100;

export function load(s: Draft): void {
  if (s.load !== 'none' && s.load !== 'failed') return;
  s.load = 'requested';
  s.loadFailingSinceMs = undefined;
  clearLoadError(s);
}

export function live(s: Draft): void {
  if (s.load === 'live') return;
  s.load = 'live';
  s.loadFailingSinceMs = undefined;
  clearLoadError(s);
  emit(s, 'messenger-live', {});
}

export function loadFailed(s: Draft, code: MessengerErrorCode, cause?: unknown): void {
  if (s.load !== 'loading') return;
  s.load = 'failed';
  s.loadFailingSinceMs ??= s.nowMs;
  const waitMs = longestWaitMs((4 / 3) * RELOAD_MS, s.nowMs - s.loadFailingSinceMs) * (3 / 4 + s.random / 4);
  s.reloadAtMs = code === 'classic_widget' ? Infinity : s.nowMs + waitMs;
  cancelRequest(s);
  s.loadError = new MessengerAuthError(code, '', cause);
  // If a permanent failure has already ended the sign-in, keep that error.
  if (s.wish !== 'none') s.error = s.loadError;
  giveUp(s, s.loadError);
  emit(s, 'load-failed', { code });
}

/** Fails the load at its time limit. */
export function limitLoading(s: Draft): void {
  if (s.load === 'loading' && isDue(s, s.loadAtMs + s.limits.loadTimeoutMs))
    loadFailed(s, s.scriptRan ? 'messenger_unavailable' : 'script_blocked');
}

/** The visitor or the network came back: a failed load is retried at once, or after the minimum time if the script ran. */
export function reloadOnReturn(s: Draft): void {
  if (!s.scriptRan) s.reloadAtMs = 0;
  else if (s.reloadAtMs < Infinity)
    s.reloadAtMs = Math.min(s.reloadAtMs, s.loadAtMs + s.limits.loadTimeoutMs + RELOAD_MS);
}

/** Puts the tag on the page if that is due: because the site asked for it, or as a retry for a sign-in. */
export function startLoading(s: Draft): void {
  const isRetry = s.load === 'failed' && s.wish !== 'none' && s.page === 'visible' && isDue(s, s.reloadAtMs);
  const isWanted = isRetry || (s.load === 'requested' && s.page !== 'prerendered');
  if (!isWanted || !isDue(s, s.loadAtMs + TAG_DISTANCE_MS)) return;
  s.load = 'loading';
  s.loadAtMs = s.nowMs;
  s.scriptRan = false;
  emit(s, 'load-requested', {});
}

/** A failure of the load no longer counts. Any other failure still does. */
function clearLoadError(s: Draft): void {
  if (s.loadError && s.error === s.loadError) clearFailures(s);
  s.loadError = undefined;
}
