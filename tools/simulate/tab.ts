// One tab: the library's own decisions, and the least of a driver around them. Nothing is decided here.
import { OPTIONS } from '../../src/core/options.js';
import { createSession, step, type SessionEvent } from '../../src/core/session.js';
import type { Session } from '../../src/core/state.js';

/** What a tab needs of its world. Whatever it calls may tell it the answer at once, or later. */
export interface Surroundings {
  nowMs(): number;
  random(): number;
  requestToken(fetchId: number): void;
  /** `loginUser`, which makes the messenger ask. */
  callLogin(loginId: number): void;
  /** The messenger gets what it asked for; no text: there is no token. */
  answer(text: string | undefined): void;
}

export interface Tab {
  /** As it is after the last step. Its `wakeAtMs` is the one timer: whoever runs the clock tells it `looked` then. */
  session: Session;
  tell(...event: SessionEvent): void;
}

export function createTab(around: Surroundings): Tab {
  const events: SessionEvent[] = [];
  let isStepping = false;
  const tab: Tab = {
    session: createSession(OPTIONS),
    // What an action sets off comes after it, as in the real driver.
    tell(...event) {
      events.push(event);
      if (isStepping) return;
      isStepping = true;
      for (let next; (next = events.shift());) {
        tab.session = step(tab.session, next, around.nowMs(), around.random());
        for (const action of tab.session.actions) {
          if (action[0] === 'token-requested') around.requestToken(action[2]);
          else if (action[0] === 'login-called' || action[0] === 'push-called') around.callLogin(action[2]);
          else if (action[0] === 'answered') around.answer(action[2]);
        }
      }
      isStepping = false;
    },
  };
  return tab;
}
