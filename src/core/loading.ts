// Zendesk's script, and the messenger that it starts.
import { type Draft, emit, isDue } from './draft.js';
import { MessengerAuthError, type MessengerErrorCode } from './errors.js';
import { clearFailures, giveUp } from './retry.js';
import { cancelRequest } from './visitor.js';

// The minimum time between a failed load and the next one. If the configuration request is only slow, an earlier load
// would boot a second widget [M 7].
const RELOAD_MS = 30_000;

export function load(s: Draft): void {
  if (s.load === 'loading' || s.load === 'live') return;
  clearFailures(s);
  s.loadError = undefined;
  startLoading(s);
}

export function live(s: Draft): void {
  if (s.load === 'live') return;
  if (s.loadError && s.error === s.loadError) clearFailures(s);
  s.loadError = undefined;
  s.load = 'live';
  emit(s, 'messenger-live', {});
}

export function loadFailed(s: Draft, code: MessengerErrorCode, cause?: unknown): void {
  if (s.load !== 'loading') return;
  s.load = 'failed';
  s.reloadAtMs = code === 'classic_widget' ? Infinity : s.nowMs + (1 + s.random / 3) * RELOAD_MS;
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

export function reload(s: Draft): void {
  if (s.load === 'failed' && !s.hidden && isDue(s, s.reloadAtMs)) startLoading(s);
}

function startLoading(s: Draft): void {
  s.load = 'loading';
  s.loadAtMs = s.nowMs;
  s.scriptRan = false;
  emit(s, 'load-requested', {});
}
