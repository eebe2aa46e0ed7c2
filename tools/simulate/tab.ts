// One tab: the decisions of the library, with the smallest possible driver.
import { MessengerAuthError } from '../../src/core/errors.js';
import { OPTIONS } from '../../src/core/options.js';
import { createSession, step, type SessionEvent } from '../../src/core/session.js';

/** What a tab needs. By default, the messenger asks for each token and accepts it at once. */
export interface Surroundings {
  nowMs(): number;
  random(): number;
  /** Calls `answer` now or later; without a text if the request failed. */
  requestToken(answer: (text: string | undefined, retryAfterMs?: number) => void, requestId: number): void;
  /** Calls `loginUser`, so the messenger asks for a token. */
  callLogin?(): void;
  /** Answers the messenger; `undefined` if there is no token. */
  answer?(text: string | undefined): void;
  /** Puts Zendesk's script on the page. */
  load?(): void;
  /** The tab must be told `looked` at this time. It has no other timer. */
  setTimer?(atMs: number): void;
}

export function createTab(around: Surroundings) {
  const events: SessionEvent[] = [];
  let isStepping = false;
  const tab = {
    session: createSession(OPTIONS),
    /** As in the real driver, events that an effect causes are handled after it. */
    tell(...event: SessionEvent): void {
      events.push(event);
      if (isStepping) return;
      isStepping = true;
      for (let next; (next = events.shift());) {
        tab.session = step(tab.session, next, around.nowMs(), around.random());
        for (const effect of tab.session.effects) {
          if (effect[0] === 'login-called' || effect[0] === 'push-called') callLogin();
          else if (effect[0] === 'answered') answer(effect[2]);
          else if (effect[0] === 'token-requested') requestToken(effect[2]);
          else if (effect[0] === 'load-requested') around.load?.();
        }
      }
      isStepping = false;
      around.setTimer?.(tab.session.wakeAtMs);
    },
    ask: () => tab.tell('asked', tab.session.lastLogin!.id),
    accept: () => tab.tell('answered', tab.session.lastLogin!.id, ''),
    reject: (reason: string) => tab.tell('answered', tab.session.lastLogin!.id, reason),
  };
  const { callLogin = tab.ask, answer = tab.accept } = around;
  const requestToken = (requestId: number) =>
    around.requestToken((text, retryAfterMs) => {
      if (text) tab.tell('tokenArrived', requestId, text);
      else tab.tell('tokenFailed', requestId, new MessengerAuthError('token_failed'), retryAfterMs);
    }, requestId);
  return tab;
}
