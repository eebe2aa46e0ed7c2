// The messenger asks for a token at each `loginUser`, and after a 401. An ask must never stay unanswered [M 28].
import { type Draft, emit } from './draft.js';
import type { Repair } from './state.js';

// The messenger waits 500 ms after each try of a request. After the last try it waits once more, and then signs the
// visitor out [M 27].
export const TRY_MS = 550;

/** Answers the open ask, if there is one. Without `text`: no token. */
export function answerAsk(s: Draft, text?: string): void {
  if (s.askedAtMs) emit(s, 'answered', { withToken: !!text }, text);
  s.askedAtMs = undefined;
}

/** Answers the open ask, if there is one, with no token. The messenger then signs the visitor out silently [M 27]. */
export function dismissAsk(s: Draft): void {
  if (s.askedAtMs) {
    s.isOut = !!s.user;
    planRepair(s, 2 * TRY_MS, 'now');
  }
  answerAsk(s);
}

/** Plans another `loginUser` for when the messenger's own retries have ended, because they could undo it. */
export function planRepair(s: Draft, triesMs: number, repair: Repair): void {
  if (s.repair !== 'now') s.repair = repair;
  s.triesEndAtMs = s.nowMs + triesMs;
}
