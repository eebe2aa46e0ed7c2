// Three ways to integrate: this library, and the two that are written by hand most often.
import { MessengerAuthError } from '../../src/core/errors.js';
import type { Integration, Page } from './month.js';
import { createTab } from './tab.js';

/** This library: its core decides, the page has what the browser has. */
function ours(page: Page): Integration {
  let answerAsk: (text: string) => void = () => {};
  let cancelTimer = () => {};
  const tab = createTab({
    nowMs: page.nowMs,
    random: page.random,
    requestToken(fetchId) {
      page.fetchToken((text) => {
        if (text) tell('tokenArrived', fetchId, text);
        else tell('tokenFailed', fetchId, new MessengerAuthError('token_failed'));
      });
    },
    callLogin: () => page.loginUser(),
    answer: (text) => text && answerAsk(text),
  });
  const tell: typeof tab.tell = (...event) => {
    tab.tell(...event);
    cancelTimer();
    cancelTimer = page.startTimer(tab.session.wakeAtMs, () => tell('looked', {}));
  };
  return {
    load() {
      tell('login');
      tell('live');
    },
    wake: () => tell('woke', false, false),
    ask(answer) {
      answerAsk = answer;
      tell('asked', tab.session.loginId);
    },
    accepted: () => tell('answered', tab.session.loginId, ''),
  };
}

/** The token that came with the page answers every ask. */
function frozen(page: Page): Integration {
  let token = '';
  return {
    load: () =>
      page.fetchToken((text) => {
        if (!text) return;
        token = text;
        page.loginUser();
      }),
    wake() {},
    ask: (answer) => answer(token),
    accepted() {},
  };
}

/** A token is fetched when the messenger asks, and no sooner. */
function fetching(page: Page): Integration {
  return {
    load: () => page.loginUser(),
    wake() {},
    ask: (answer) => page.fetchToken((text) => text && answer(text)),
    accepted() {},
  };
}

export const INTEGRATIONS = {
  'this library': ours,
  'one token for ever': frozen,
  'fetched when asked': fetching,
} satisfies Record<string, (page: Page) => Integration>;
