// Zendesk's script, and the messenger that it starts.
import { answerAsk } from './answers.js';
import { attemptsAllowedAtMs, clearAttempts, returnAttempt, takeAttempt } from './attempts.js';
import { longestWaitMs } from './backoff.js';
import { type Draft, emit, isDue } from './draft.js';
import type { MessengerErrorCode } from './error-codes.js';
import { MessengerAuthError } from './errors.js';
import { clearFailures, failingForMs, giveUp, mayStartOver, retryLoginNow } from './retry.js';
import { dropSession } from './sign-out.js';
import { cancelRequest, end } from './visitor.js';

// The minimum time between a failed load and the next one. If the configuration request is only slow, an earlier load
// would boot a second widget [M 7].
const RELOAD_MS = 30_000;
const RELOAD_SPREAD_MS = 10_000;
// The minimum time between two tags, even if the site calls load() again at once: it may do so whenever a load fails.
const TAG_DISTANCE_MS = 1100;
// A script that always removes the messenger must not start it without end. So the minimum time grows with the number of
// restarts `n` by `n * n * RESTART_MS`: 1 s more at the 10th and 10 s more at the 32nd. A router that replaces the body
// at each visit does not notice that.
const RESTART_MS = 10;

export function load(s: Draft): void {
  if (s.removal) s.removal = 'reload';
  if (s.loadState && (s.loadState !== 'failed' || !mayStartOver(s))) return;
  s.loadState = 'requested';
  clearLoadError(s);
}

export function live(s: Draft): void {
  if (s.loadState === 'live') return;
  const isWanted = !!s.loadState;
  s.loadState = 'live';
  clearLoadError(s);
  // A router can replace the body at each visit while the endpoint fails.
  if (s.failures) returnAttempt(s);
  else clearAttempts(s);
  emit(s, 'messenger-live', {}, s.restarts > 0);
  // A load that counted as failed can still succeed, even after remove().
  if (s.removal || !isWanted) takeOffPage(s);
}

/** The tag is not placed yet, because the page is being parsed or its own tag waits for a consent tool. */
export function loadWaits(s: Draft, loadState: 'parsing' | 'parked'): void {
  if (isStarting(s)) s.loadState = loadState;
}

/** The tag is on the page. */
export function tagPlaced(s: Draft): void {
  // The page's own tag can start the messenger while the page is still being parsed.
  if (!isStarting(s)) return;
  s.loadState = 'started';
  s.loadAtMs = s.nowMs;
}

/** Takes the messenger off the page at the site's wish. The visitor is not signed out. */
export function remove(s: Draft): void {
  end(s);
  // The script cannot be stopped. It would start a messenger after the removal.
  if (s.loadState === 'started') s.removal = 'waiting';
  else takeOffPage(s);
}

function takeOffPage(s: Draft): void {
  s.loadState = s.removal === 'reload' ? 'requested' : undefined;
  s.removal = undefined;
  s.windowOpen = false;
  emit(s, 'messenger-removed');
}

/** The messenger's frame is gone, or it has another tab's previous user. It is started again. */
export function restart(s: Draft): void {
  if (s.loadState !== 'live' && s.loadState !== 'started') return;
  if (s.removal) return takeOffPage(s);
  answerAsk(s);
  dropSession(s);
  // The verdict that a request may wait for does not come any more.
  retryLoginNow(s);
  s.windowOpen = false;
  s.repair = undefined;
  s.loadState = 'requested';
  s.restarts++;
  emit(s, 'messenger-lost');
}

export function loadFailed(s: Draft, code: MessengerErrorCode, cause?: unknown): void {
  if (!isStarting(s)) return;
  // The load is not wanted any more, so its failure does not count.
  if (s.removal) return takeOffPage(s);
  s.loadState = 'failed';
  const waitMs = longestWaitMs(RELOAD_MS + s.chance * RELOAD_SPREAD_MS, failingForMs(s));
  const isPermanent = code === 'classic_widget' || code === 'key_conflict';
  s.reloadAtMs = isPermanent ? Infinity : s.nowMs + waitMs;
  cancelRequest(s);
  s.loadError = new MessengerAuthError(code, '', cause);
  // If a permanent failure has already ended the sign-in, keep that error.
  if (s.wish) s.failure = s.loadError;
  giveUp(s, s.loadError);
  emit(s, 'load-failed', { code });
}

/** Whether the load has begun, and has neither succeeded nor failed. */
function isStarting({ loadState }: Draft): boolean {
  return loadState === 'started' || loadState === 'parsing' || loadState === 'parked';
}

/** Fails the load at its time limit. */
export function limitLoading(s: Draft): void {
  if (s.loadState === 'started' && isDue(s, s.loadAtMs + s.limits.loadTimeoutMs))
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
  const isRetry = s.loadState === 'failed' && s.wish === 'signed-in' && s.page === 'visible' && isDue(s, s.reloadAtMs);
  const isWanted = isRetry || (s.loadState === 'requested' && s.page !== 'prerendered');
  if (!isWanted || !s.hasConsent) return;
  const distanceMs = TAG_DISTANCE_MS + s.restarts * s.restarts * RESTART_MS;
  if (!isDue(s, Math.max(s.loadAtMs + distanceMs, attemptsAllowedAtMs(s)))) return;
  takeAttempt(s);
  s.loadState = 'started';
  s.loadAtMs = s.nowMs;
  s.scriptRan = false;
  emit(s, 'load-requested');
}

/** A failure of the load no longer counts. Any other failure still does. */
function clearLoadError(s: Draft): void {
  if (s.loadError && s.failure === s.loadError) clearFailures(s);
  s.loadError = undefined;
}
